import { timeIn } from '../model/cell.ts';
import type { Findings } from '../model/finding.ts';
import { atCeiling } from '../model/full.ts';
import { further } from '../model/further.ts';
import { duration, percent, rate } from '../model/in-words.ts';
import type { Sheet, Window } from '../model/sheet.ts';
import { shortfall } from '../model/shortfall.ts';
import { sum } from '../stats/sum.ts';
import { casesOf, fillOf, nameOf } from './seen/cases.ts';
import { usualFailures } from './seen/usual-failures.ts';
import type { View } from './seen/view.ts';

/** More than so much of what is asked for, beyond what fails at any load, fails there. */
const much = 0.1;

type Failing = { readonly window: Window; readonly i: number; readonly lost: number };

/**
 * Times at which much failed of a load that was carried at other times: the load alone is not why, and the answer about the load says nothing of them. Told with what was full just then. Windows that
 * support no claim count as well: that answers failed in them is known. Where goodput stops following the load they are what it is about. Of days it is
 * what failed on one of them alone.
 */
export function outagesOf(sheet: Sheet, view: View, plateau: number | undefined): Findings['notes'] {
  const usual = usualFailures(view);
  const whole = view.windows.filter((window) => lostIn(window) <= usual + shortfall);
  const carried = Math.max(0, ...whole.map(({ load }) => load));
  const isOutage = (window: Window): boolean =>
    window.cell === undefined &&
    plateau === undefined &&
    lostIn(window) >= usual + much &&
    window.aside?.cut !== true &&
    window.load <= further * carried;
  const failing = sheet.windows.flatMap((window, i): readonly Failing[] =>
    window.aside?.incident === true || isOutage(window) ? [{ window, i, lost: lostIn(window) }] : [],
  );
  if (failing.length === 0) return [];
  return [{ about: 'load', text: inWords(failing, fullThen(sheet, failing)) }];
}

const lostIn = ({ load, goodput }: Window): number => (load > 0 ? 1 - goodput / load : 0);

/** What was full in all of those windows in which it was read, and not in most of the others. */
function fullThen(sheet: Sheet, failing: readonly Failing[]): readonly string[] {
  const all: View = { windows: sheet.windows, index: sheet.windows.map((_, i) => i), low: [] };
  const there = new Set(failing.map(({ i }) => i));
  const full = casesOf(sheet, all).filter((one) => {
    const fills = all.index.flatMap((i) => {
      const fill = fillOf(one, i);
      return fill === undefined ? [] : [{ isThere: there.has(i), isFull: fill >= atCeiling }];
    });
    const [then, otherwise] = [fills.filter(({ isThere }) => isThere), fills.filter(({ isThere }) => !isThere)];
    const fullElsewhere = otherwise.filter(({ isFull }) => isFull).length;
    return then.length > 0 && then.every(({ isFull }) => isFull) && fullElsewhere < otherwise.length / 2;
  });
  return [...new Set(full.map(nameOf))];
}

function inWords(failing: readonly Failing[], full: readonly string[]): string {
  const between = (values: readonly number[], word: (value: number) => string): string => {
    const [low, high] = [word(Math.min(...values)), word(Math.max(...values))];
    return low === high ? low : `${low} to ${high}`;
  };
  const spans = failing.map(({ window: { span } }) => span);
  const from = Math.min(...spans.map((span) => span.from));
  const isDays = failing.some(({ window }) => window.cell !== undefined);
  const time = isDays
    ? sum(failing.map(({ window }) => timeIn(window)))
    : Math.max(...spans.map((span) => span.to)) - from;
  const lost = between(
    failing.map((one) => one.lost),
    percent,
  );
  const loads = between(
    failing.map(({ window }) => window.load),
    rate,
  );
  const then = full.length > 0 ? `full just then: ${full.join(', ')}` : 'nothing that is observed was full just then';
  const at = new Date(from * 1000).toISOString();
  const since = isDays ? `${at.slice(0, 10)} ${at.slice(11, 16)} UTC` : `${at.slice(11, 19)} UTC`;
  const other = isDays ? 'on other days' : 'at other times';
  return `from ${since} on, for ${duration(time)}${isDays ? ' in all' : ''}, ${lost} failed of ${loads}, which was carried ${other}: the load alone is not why (${then})`;
}
