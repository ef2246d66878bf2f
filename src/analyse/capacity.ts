import type { Capacity } from '../model/finding.ts';
import type { Interval } from '../model/interval.ts';
import type { Sheet, Window } from '../model/sheet.ts';
import { type PerSecond, perSecond } from '../model/units.ts';
import { minimumOf } from './minimum.ts';
import type { Crossing } from './objective.ts';
import { countedRate, isWaste, meanRate, onPlateau, plateauOf, type Range } from './plateau.ts';
import { followedUpTo } from './turned-away.ts';
import type { View } from './view.ts';

/**
 * The highest rate of good answers that is sustained. Where the load went beyond it: the plateau, that is the mean goodput of the overloaded windows that are alike
 * (never the last step, which may already fall). Where they show no plateau, because all that was too much failed, it lies between what was carried and
 * the first load that was too much, and there where the line of the first saturated resource ends. Else it is at least the best window.
 * The headline is the lower of the physical and the objective's.
 *
 * @param own what the first saturated resource alone would carry, by its line through the calm windows; less than was carried where that was lent
 * @param done for how many requests it did the work in the windows that were too much, where that is counted: what is done in vain then is known
 */
export function capacityOf(
  view: View,
  overloaded: readonly boolean[],
  crossing: Crossing | undefined,
  { axis, own, done }: Pick<Seen, 'axis'> & Partial<Pick<Seen, 'own' | 'done'>>,
): Capacity | undefined {
  if (view.windows.length === 0) return undefined;
  if (crossing?.sustained) return { rate: crossing.rate, binds: 'objective', provenance: 'reached' };
  const calm = view.windows.filter((_, i) => !overloaded[i]);
  const carried = Math.max(0, ...calm.map((window) => window.goodput));
  const over = view.windows.filter((window, i) => overloaded[i] && isBeyond(window, carried, axis));
  if (over.length === 0) return bestOf(view);
  if (own?.kind === 'interval' && own.high < carried) return { rate: own, binds: 'physical', provenance: 'reached' };
  return { rate: toppedOut({ calm, over, axis, own, done }), binds: 'physical', provenance: 'reached' };
}

/**
 * Where saturation was not reached: the least of what the resources alone would carry, as far as their lines reach, and never less than was carried.
 * Beyond that nothing is claimed: the bound stays. Where one ends below what was carried, that was lent.
 *
 * @param withoutEnd how far those are known to carry that show no end: what the others would carry beyond that says nothing of the target
 */
export function extrapolated(
  capacity: Capacity | undefined,
  own: readonly Interval[],
  withoutEnd = Number.POSITIVE_INFINITY,
): Capacity | undefined {
  if (capacity?.provenance !== 'lower-bound' || capacity.rate.kind !== 'at-least') return capacity;
  const carried = capacity.rate.low;
  const lent = minimumOf(own.filter((rate) => rate.kind === 'interval' && rate.high < carried));
  if (lent) return { ...capacity, rate: lent, provenance: 'extrapolated' };
  const least = minimumOf(own);
  if (!least || least.value < carried || least.value > withoutEnd) return capacity;
  const rate = { ...least, low: Math.max(least.low, carried) };
  return { ...capacity, rate, provenance: 'extrapolated' };
}

/** What was carried while the target kept up: all that can be said where something runs out with time and not with load. */
export function carriedCapacity(view: View, overloaded: readonly boolean[]): Capacity | undefined {
  const low = carriedBy(view, overloaded);
  return low === undefined
    ? undefined
    : { rate: { kind: 'at-least', low }, binds: 'physical', provenance: 'lower-bound' };
}

/** The highest rate of good answers in a window in which the target kept up. */
export function carriedBy(view: View, overloaded: readonly boolean[]): PerSecond | undefined {
  const calm = view.windows.filter((_, i) => !overloaded[i]);
  return calm.length === 0 ? undefined : perSecond(Math.max(...calm.map((window) => window.goodput)));
}

const bestOf = (view: View): Capacity => ({
  rate: { kind: 'at-least', low: Math.max(...view.windows.map((window) => window.goodput)) },
  binds: 'physical',
  provenance: 'lower-bound',
});

/**
 * Where on the way from what was carried to what broke down it lies: nearer to the first, since it takes some more than it carries to break a target down within a window; in 60 such worlds of the
 * benchmark the middle is at 0.26, the quartiles at 0.09 and 0.42, and one in seven lies below what was carried for a while.
 */
const ofTheWay = 1 / 3;
const notForLong = 1 / 4;

const nothing: Range = { value: 0, low: 0, high: 0 };

/** Where some are turned away while others pass, goodput goes on rising with the load: no more than this multiple of what was carried whole counts as sustained, and where nothing was, the lowest load was too much already. */
const selective = 1.2;

/** What fell behind at less than was carried at another time had another reason than its load: a restart, a batch, what an overload before it had left behind. */
const isBeyond = ({ load, goodput }: Window, carried: number, axis: Sheet['axis']): boolean =>
  load > carried || (axis === 'throughput' && goodput >= onPlateau * carried);

type Seen = {
  readonly calm: readonly Window[];
  readonly over: readonly Window[];
  readonly axis: Sheet['axis'];
  readonly own: Interval | undefined;
  readonly done: Range | undefined;
};

/** From the windows in which the target did not keep up, and the best of those before. */
function toppedOut({ calm, over, axis, own, done }: Seen): Interval {
  const kept = calm.map(countedRate).toSorted((a, b) => b.low - a.low)[0] ?? nothing;
  const best = Math.max(kept.value, ...over.map((window) => window.goodput));
  const tooMuch = axis === 'arrivals' ? Math.min(...over.map((window) => window.load)) : Number.POSITIVE_INFINITY;
  // Where only answers are counted nothing is claimed beyond the most of them.
  const most = axis === 'arrivals' ? Math.max(tooMuch, best) : Math.max(...[...calm, ...over].map(({ load }) => load));
  const [first] = over.toSorted((a, b) => a.load - b.load);
  if (axis === 'arrivals' && calm.length === 0 && first && best > selective * first.goodput)
    return { kind: 'at-most', high: countedRate({ ...first, goodput: first.load }).high };
  const plateau = plateauOf(over, best);
  // Where overload itself makes work dearer less is done there than was carried before.
  const worked = done && done.high >= kept.low ? done : undefined;
  if (plateau) return onTop(plateau, { calm, over, axis, own, done: worked }, { kept, tooMuch, most });
  return worked ? brokenDown(worked, kept, tooMuch) : between(kept, most, own);
}

type Ends = { readonly kept: Range; readonly tooMuch: number; readonly most: number };

/** What a plateau says: as many as were worked for where that is counted, else as were answered well, unless that is known to be less than could be. */
function onTop(
  plateau: readonly Window[],
  { calm, over, axis, own, done }: Seen,
  { kept, tooMuch, most }: Ends,
): Interval {
  const top = meanRate(plateau, axis === 'arrivals');
  const followed =
    axis === 'arrivals' ? followedUpTo([...calm, ...over].toSorted((a, b) => a.load - b.load)) : undefined;
  if (followed && top.value > followed.value) {
    const passed = done && done.value < top.value ? done : top;
    if (passed.value > followed.value) return turnedAway(followed, passed);
    // What goes on rising then passes by what is full, from a cache.
    return passed.high < followed.low ? { kind: 'interval', ...passed } : within(passed, kept, tooMuch);
  }
  if (done) return within(done, kept, tooMuch);
  return isWaste(plateau, { over, own, followed })
    ? between(highest(kept, top), most, own)
    : within(top, kept, tooMuch);
}

/** What was done while goodput broke down is what could have been carried, and no less than what was. */
function brokenDown(worked: Range, kept: Range, tooMuch: number): Interval {
  const { value, low, high } = within(worked, kept, Math.max(tooMuch, worked.value));
  return { kind: 'interval', value, low: Math.min(low, Math.max(kept.value, kept.low)), high };
}

/** Between what was carried whole and what came through, as far as that is not much more. */
function turnedAway(followed: Range, top: Range): Interval {
  const most = selective * followed.value;
  const high = Math.max(followed.value, Math.min(top.high, most));
  return { kind: 'interval', value: (followed.value + Math.min(top.value, most)) / 2, low: followed.low, high };
}

const highest = (a: Range, b: Range): Range => (a.value >= b.value ? a : b);

/** Somewhere between what was carried and where the line of what is first ends, or what was too much: where overload wastes what was carried, nothing says where it began to. */
function between(carried: Range, tooMuch: number, own: Interval | undefined): Interval {
  const isOwn = own?.kind === 'interval' && own.value > carried.value && own.value < tooMuch;
  const [end, high] = isOwn ? [own.value, Math.min(own.high, tooMuch)] : [tooMuch, tooMuch];
  const from = Math.max(carried.value, end / 2);
  const low = Math.min(carried.low, carried.value - notForLong * (high - carried.value));
  return { kind: 'interval', value: isOwn ? end : from + ofTheWay * (end - from), low: Math.max(0, low), high };
}

/** What a window carried without falling behind is carried; what it fell behind at is too much, unless more than that was carried after all. */
function within(rate: Range, kept: Range, tooMuch: number): Interval & Range {
  const { value, low, high } = rate.value < kept.value ? { ...kept, high: Math.max(kept.high, rate.high) } : rate;
  const top = tooMuch >= value ? Math.min(high, tooMuch) : high;
  return { kind: 'interval', value, low: Math.min(value, Math.max(low, kept.low)), high: Math.max(value, top) };
}
