import { rate } from '../model/in-words.ts';
import type { LoadWindow, RequestRecord, StepRecord } from '../model/load-record.ts';
import type { Note } from '../model/note.ts';
import { shortfall } from '../model/shortfall.ts';
import { lengthOf } from '../model/span.ts';
import { type PerSecond, perSecond } from '../model/units.ts';
import { median } from '../stats/median.ts';
import { sum } from '../stats/sum.ts';

/** Loads up to this share of the highest tell what of a kind usually fails. */
const quiet = 0.7;
/** One of several kinds falls behind by chance by no more standard deviations than this. */
const noise = 3.5;

/** A kind of request that falls behind, in a window in which others do not: how many good answers it had a second, of how many that were asked for. */
export type Behind = { readonly name: string; readonly good: PerSecond; readonly offered: PerSecond };

/** How many requests a second were served well in the proportions in which they were asked for, and which kind set that; undefined where all are served alike. */
export type ServedWhole = { readonly goodput: PerSecond; readonly behind: Behind } | undefined;

/**
 * Where one kind of request waits for what is full and others do not, good answers go on rising with the load though no more of the whole are served: at the measured mix the target carries what the kind that falls
 * behind most has, divided by its share (the forced flow law, Denning and Buzen 1978). What of a kind fails at any load is usual, and counts for nothing.
 *
 * @param windows in the order of time; those of others' load tell of no kinds
 */
export function servedWhole(windows: readonly LoadWindow[]): readonly ServedWhole[] {
  const steps = windows.map((window) => (isStep(window) && window.requests.length > 1 ? window : undefined));
  const usual = usualOf(steps.flatMap((step) => step ?? []));
  return steps.map((step) => step && wholeOf(step, usual));
}

const isStep = (window: LoadWindow): window is StepRecord => 'requests' in window;

/** Which part of each kind is answered well at low load. */
function usualOf(steps: readonly StepRecord[]): ReadonlyMap<string, number> {
  const top = Math.max(0, ...steps.map(({ offered }) => offered));
  const calm = steps.filter(({ offered }) => offered <= quiet * top);
  const parts = Map.groupBy(
    calm.flatMap((step) =>
      comingIn(step).map(({ one, good }) => ({ name: one.name, part: partOf(good, one.offered) })),
    ),
    ({ name }) => name,
  );
  return new Map([...parts].map(([name, all]) => [name, median(all.map(({ part }) => part))]));
}

/**
 * Good answers of each kind a second that came in the window. A record counts those that were due in it, whenever they ended, but its goodput is of the answers that came: what is left over was late, and of each kind as many
 * as it has inside (Little 1961).
 */
function comingIn(step: StepRecord): readonly { readonly one: RequestRecord; readonly good: number }[] {
  const time = lengthOf(step.span);
  const due = sum(step.requests.map(({ good }) => good)) / time;
  const late = Math.max(0, due - step.goodput);
  const inside = step.requests.map(({ offered, latency }) => offered * (latency.mean ?? latency.p50 ?? 0));
  const all = sum(inside);
  return step.requests.map((one, i) => {
    const share = all > 0 ? (inside[i] ?? 0) / all : 0;
    return { one, good: Math.max(0, one.good / time - late * share) };
  });
}

const partOf = (good: number, offered: number): number => (offered > 0 ? Math.min(1, good / offered) : 1);

function wholeOf(step: StepRecord, usual: ReadonlyMap<string, number>): ServedWhole {
  const time = lengthOf(step.span);
  const kinds = comingIn(step).flatMap(({ one, good }) => {
    const expected = (usual.get(one.name) ?? 1) * one.offered;
    return expected > 0 ? [{ one, expected, good, served: good / expected }] : [];
  });
  const all = sum(kinds.map(({ expected }) => expected));
  if (step.goodput >= (1 - shortfall) * all) return undefined;
  const [least] = kinds
    .filter(({ expected, good }) => expected - good > noise * Math.sqrt(expected / time))
    .toSorted((a, b) => a.served - b.served);
  if (!least || least.served * all >= step.goodput) return undefined;
  const { name, offered } = least.one;
  return { goodput: perSecond(least.served * all), behind: { name, good: perSecond(least.good), offered } };
}

/** Which kind of request sets what is carried of the whole. */
export function ofKinds(whole: readonly ServedWhole[]): readonly Note[] {
  const [least] = whole.flatMap((one) => one ?? []).toSorted((a, b) => a.goodput - b.goodput);
  if (!least) return [];
  const { name, good, offered } = least.behind;
  const text = `${name} falls behind first: ${rate(good)} of the ${rate(offered)} that were asked for were answered well, while others went on; what is carried is told for all in the proportions in which they were asked for`;
  return [{ about: 'load', text }];
}
