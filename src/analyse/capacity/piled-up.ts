import type { Backlog, Capacity } from '../../model/finding.ts';
import { perSecond } from '../../model/units.ts';
import { firstOf } from '../roots/first.ts';
import type { Judged } from '../roots/judged.ts';
import { type Case, isSame } from '../seen/cases.ts';
import { pilesUpAt } from '../seen/overload.ts';
import { bracketAt, type View } from '../seen/view.ts';
import { countOf, doneBy } from './done-in-overload.ts';

/** Work that piles up before what is first while goodput follows the load: nobody waits for it. */
export type PiledUp = {
  readonly one: Case;
  /** Position from which on it does. */
  readonly from: number;
  /** For each window of the view: whether it does there. */
  readonly piles: readonly boolean[];
};

/** What piles up before the first resource, up to the highest load; undefined where goodput stops following, which tells the end itself. */
export function piledUpOf(judged: readonly Judged[], view: View, plateau: number | undefined): PiledUp | undefined {
  const [first] = plateau === undefined ? firstOf(judged, view) : [];
  if (!first) return undefined;
  const { one, saturation } = first.judged;
  const piles = saturation.saturated.map((is, i) => is && pilesUpAt(one, view, i));
  const from = piles.indexOf(true);
  return from >= 0 && from === saturation.onset && piles.at(-1) === true ? { one, from, piles } : undefined;
}

/**
 * What is worked off a second is what is sustained, however fast requests are answered that only leave work behind: as many requests as what is first completes the work of, by the line of what it completes for each
 * where nothing piles up (see doneInOverload); no less than was offered there, and no more than what was too much. Where it counts nothing, what was offered while nothing piled up is all that is known.
 */
export function workedOff({ one, from, piles }: PiledUp, judged: readonly Judged[], view: View): Capacity {
  const tooMuch = view.windows[from]?.load ?? perSecond(0);
  const kept = Math.max(0, ...view.windows.slice(0, from).map(({ goodput }) => goodput));
  const alike = judged.flatMap((each) => (isSame(each.one.resource, one.resource) ? [each.one] : []));
  const overloaded = piles.map((_, i) => i >= from);
  const done = doneBy(countOf(alike, view), piles, { view, overloaded, plateau: from });
  const within = (rate: number): number => Math.min(Math.max(rate, kept), tooMuch);
  if (done) {
    const rate = {
      kind: 'interval',
      value: within(done.value),
      low: within(done.low),
      high: within(done.high),
    } as const;
    return { rate, binds: 'backlog', provenance: 'reached' };
  }
  if (kept === 0) return { rate: { kind: 'at-most', high: tooMuch }, binds: 'backlog', provenance: 'reached' };
  return { rate: { kind: 'at-least', low: kept }, binds: 'backlog', provenance: 'lower-bound' };
}

/** How fast it piles up at the highest load, and from where on. */
export function backlogOf({ one, from, piles }: PiledUp, view: View): Backlog {
  const last = piles.lastIndexOf(true);
  return {
    resource: one.resource,
    from: bracketAt(view, from),
    growth: one.backlog?.[last] ?? 0,
    at: view.windows[last]?.load ?? perSecond(0),
  };
}
