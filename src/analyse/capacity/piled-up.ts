import { timeIn } from '../../model/cell.ts';
import type { Backlog, Capacity } from '../../model/finding.ts';
import { perSecond } from '../../model/units.ts';
import { firstOf } from '../roots/first.ts';
import type { Judged } from '../roots/judged.ts';
import { type Case, isSame } from '../seen/cases.ts';
import { backlogAt, pilesUpAt } from '../seen/overload.ts';
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
 * Where ever so little is left behind, or so much was before that it is not worked off within a window, what is first does all it can, and not what is offered.
 */
export function workedOff({ one, from, piles }: PiledUp, judged: readonly Judged[], view: View): Capacity {
  const tooMuch = view.windows[from]?.load ?? perSecond(0);
  const count = countIn(one, judged, view);
  const behind = behindIn({ one, piles }, judged, view);
  const isCalm = behind.map((is, i) => !is && backlogAt(one, view, i) === 'stays');
  const kept = Math.max(0, ...view.windows.slice(0, from).map(({ goodput }, i) => (isCalm[i] ? goodput : 0)));
  const overloaded = isCalm.map((is, i) => !is || i >= from);
  const done = doneBy(count, behind, { view, overloaded, plateau: from });
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

/** For each window of the view: whether what waits grows, or is more than is done in the whole window, whatever is offered there: it was left behind before. */
export function behindIn(
  { one, piles }: Pick<PiledUp, 'one' | 'piles'>,
  judged: readonly Judged[],
  view: View,
): readonly boolean[] {
  const count = countIn(one, judged, view);
  return view.windows.map((window, i) => {
    const isMore = (one.queue?.[i] ?? 0) > (count[i] ?? window.load) * timeIn(window);
    return piles[i] === true || isMore || backlogAt(one, view, i) === 'grows';
  });
}

/** What all its instances completed in each window. */
const countIn = (one: Case, judged: readonly Judged[], view: View): ReturnType<typeof countOf> =>
  countOf(
    judged.flatMap((each) => (isSame(each.one.resource, one.resource) ? [each.one] : [])),
    view,
  );

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
