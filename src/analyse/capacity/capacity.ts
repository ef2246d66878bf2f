import type { Capacity } from '../../model/finding.ts';
import { further } from '../../model/further.ts';
import type { Interval } from '../../model/interval.ts';
import type { Sheet, Window } from '../../model/sheet.ts';
import { shortfall } from '../../model/shortfall.ts';
import { type PerSecond, perSecond } from '../../model/units.ts';
import { countedRate, onPlateau, type Range } from '../seen/plateau.ts';
import { chance, type View } from '../seen/view.ts';
import { minimumOf } from './minimum.ts';
import type { Crossing } from './objective.ts';
import { type Seen, toppedOut } from './topped-out.ts';

type Given = Pick<Seen, 'axis' | 'mayFall' | 'kills' | 'hot'> &
  Partial<Pick<Seen, 'own' | 'done'>> & { readonly passed?: number | undefined; readonly lent?: boolean };

/**
 * The highest rate of good answers that is sustained. Where the load went beyond it: the plateau, that is the mean goodput of the overloaded windows that are alike
 * (never the last step, which may already fall). Where they show no plateau, because all that was too much failed, it lies between what was carried and
 * the first load that was too much, and halfway to where the line of the first saturated resource ends. Else it is at least the best window.
 * The headline is the lower of the physical and the objective's.
 *
 * @param own what the first saturated resource alone would carry, by its line through the calm windows; less than was carried where that was lent
 * @param mayFall whether what is first has no ceiling, as a lock: one window of overload then does not show how high the hill was before it
 * @param kills whether what is first kills what it holds when that is too much at a moment
 * @param hot the instance that is first, where it has clearly more of the work than the others
 * @param lent whether what is first gave more than its ceiling for a while
 * @param passed at which load what is first was full, where a cache lets answers pass by it, so that goodput follows the load all the same
 * @param done for how many requests it did the work in the windows that were too much, where that is counted: what is done in vain then is known
 */
export function capacityOf(
  view: View,
  overloaded: readonly boolean[],
  crossing: Crossing | undefined,
  { passed, lent = false, ...given }: Given,
): Capacity | undefined {
  const { axis, own, done, ...first } = given;
  if (view.windows.length === 0) return undefined;
  if (crossing?.sustained) return { rate: crossing.rate, binds: 'objective', provenance: 'reached' };
  const calm = view.windows.filter((_, i) => !overloaded[i]);
  const carried = Math.max(0, ...calm.map((window) => window.goodput));
  const answered = Math.max(...view.windows.map((window) => window.goodput));
  if (passed !== undefined && own?.kind === 'interval' && own.value < answered) {
    return { rate: besideCache(own, passed, view), binds: 'physical', provenance: 'reached' };
  }
  const behind = view.windows.filter((_, i) => overloaded[i]);
  const over = behind.filter((window) => isBeyond(window, carried, axis) && !isLeftBehind(window, carried, behind));
  if (over.length === 0) return bestOf(view);
  if (own?.kind === 'interval' && (lent ? own.value : own.high) < carried)
    return { rate: own, binds: 'physical', provenance: 'reached' };
  return { rate: toppedOut({ calm, over, axis, own, done, ...first }), binds: 'physical', provenance: 'reached' };
}

/** No more fails than this where all is carried. */
const hardly = 0.001;
const follows = 0.99;

/** Where the line of what a cache feeds ends, no later than where that was full; unless all was carried there and beyond: then before so much fails that it plainly was not. */
function besideCache(own: Range, passed: number, { windows }: View): Interval {
  const whole = windows.filter(({ load, goodput, errors }) => errors <= hardly && goodput >= follows * load);
  const [most] = whole.map(countedRate).toSorted((a, b) => b.value - a.value);
  if (!most || most.value <= Math.max(own.value, passed))
    return { kind: 'interval', ...own, high: Math.max(own.value, Math.min(own.high, passed)) };
  const failing = windows.filter(({ load, goodput }) => load > most.value && goodput < (1 - shortfall) * load);
  const high = Math.min(own.high, ...failing.map(({ load }) => load));
  return { kind: 'interval', ...most, high: Math.max(most.high, high) };
}

/** Where more was carried in windows that tell nothing of the resources, that is carried at least, and nothing is told beyond it. Whether an objective was met there is another question. */
export function noLessThan(capacity: Capacity | undefined, carried: number): Capacity | undefined {
  if (capacity === undefined || capacity.rate.kind === 'at-most' || capacity.binds === 'objective') return capacity;
  const { rate, provenance } = capacity;
  // What was reached is known within its interval; more that was carried shows that it was not.
  const told = rate.kind === 'at-least' ? rate.low : provenance === 'reached' ? rate.high : rate.value;
  if (carried <= told) return capacity;
  return { ...capacity, rate: { kind: 'at-least', low: carried }, provenance: 'lower-bound' };
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

/** What fell behind at less than was carried at another time had another reason than its load: a restart, a batch, what an overload before it had left behind. */
const isBeyond = ({ load, goodput }: Window, carried: number, axis: Sheet['axis']): boolean =>
  load > carried || (axis === 'throughput' && goodput >= onPlateau * carried);

/** After a higher load that was too much a target may stay behind at a load that it carried before, as far as chance can tell the two apart. */
function isLeftBehind(window: Window, carried: number, behind: readonly Window[]): boolean {
  const isAfterHigher = behind.some(({ span, load }) => span.from < window.span.from && load >= further * window.load);
  return isAfterHigher && window.load <= carried + chance(window);
}
