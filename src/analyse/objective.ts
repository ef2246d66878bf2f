import { duration, percent, rate } from '../model/in-words.ts';
import type { Interval } from '../model/interval.ts';
import type { Objectives } from '../model/objectives.ts';
import type { Window } from '../model/sheet.ts';
import { type PerSecond, perSecond } from '../model/units.ts';
import type { View } from './view.ts';

/** An objective that is crossed from some load on. `sustained`: goodput still followed the load there, so the objective binds before the machine does. */
export type Crossing = {
  readonly text: string;
  readonly above: PerSecond | undefined;
  readonly upTo: PerSecond;
  readonly sustained: boolean;
  readonly rate: Interval;
};

/** One objective as a rule over a window: its words and by what factor the window stands to the limit (above 1 is crossed). */
export type Rule = { readonly text: string; readonly strain: (window: Window) => number | undefined };

/** The objectives as rules. Client latency is only compared with client objectives, whatever the window holds. */
export function rulesOf(objectives: Objectives): readonly Rule[] {
  const latency = objectives.latency.map(({ quantile, limit }) => ({
    text: `p${Number((quantile * 100).toPrecision(4))} ≤ ${duration(limit)}`,
    strain: (window: Window): number | undefined => {
      const seen = quantileOf(window, quantile);
      return seen === undefined ? undefined : seen / limit;
    },
  }));
  const { errors } = objectives;
  if (errors === undefined) return latency;
  return [
    ...latency,
    {
      text: `errors ≤ ${percent(errors)}`,
      strain: (window) => (errors > 0 ? window.errors / errors : window.errors * 1e9),
    },
  ];
}

function quantileOf(window: Window, quantile: number): number | undefined {
  const { p50, p90, p99 } = window.latency;
  if (quantile <= 0.5) return p50;
  return quantile <= 0.9 ? p90 : p99;
}

/** The first objective crossed, by load; a crossing must hold to the highest load, one lapse in four allowed. */
export function crossingOf(view: View, overloaded: readonly boolean[], objectives: Objectives): Crossing | undefined {
  const found = rulesOf(objectives).flatMap((rule) => {
    const at = firstCrossed(view, rule);
    return at === undefined ? [] : [{ rule, at }];
  });
  const first = found.toSorted((a, b) => a.at - b.at)[0];
  if (!first) return undefined;
  const { rule, at } = first;
  const [here, before] = [view.windows[at], view.windows[at - 1]];
  if (!here) return undefined;
  return {
    text: `${rule.text} was crossed at ${rate(here.load)}`,
    above: before?.load,
    upTo: here.load,
    sustained: overloaded[at] !== true,
    rate: between(before, here, rule),
  };
}

function firstCrossed(view: View, rule: Rule): number | undefined {
  const crossed = view.windows.map((window) => (rule.strain(window) ?? 0) > 1);
  const start = crossed.findIndex((here, i) => {
    const rest = crossed.slice(i);
    return here && rest.filter(Boolean).length >= 0.75 * rest.length;
  });
  return start < 0 ? undefined : start;
}

/** Between the last load that met the objective and the first that did not; the point where the strain, on a log scale, would be 1. */
function between(before: Window | undefined, here: Window, rule: Rule): Interval {
  if (!before) return { kind: 'at-most', high: here.load };
  const [low, high] = [Math.log(rule.strain(before) || 1e-3), Math.log(rule.strain(here) || 1)];
  const share = high > low ? Math.min(1, Math.max(0, -low / (high - low))) : 0;
  return {
    kind: 'interval',
    value: perSecond(before.load + share * (here.load - before.load)),
    low: before.load,
    high: here.load,
  };
}
