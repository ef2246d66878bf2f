import { atCeiling } from '../../model/full.ts';
import { median } from '../../stats/median.ts';
import { sum } from '../../stats/sum.ts';
import { doneBy, lowHoldTime } from '../holds/hold-time.ts';
import { from, keptLonger } from '../holds/kept-longer.ts';
import { roughCapacity } from '../saturation/rough-capacity.ts';
import { type Case, fillOf, isSame, known } from '../seen/cases.ts';
import { concluded, hiddenBelow, type LeftOver, type Placed, unseen } from './left-over.ts';

/** A leaf for which so much more waits than at low load is asked for more. */
const slower = 1.5;
/** So near to where goodput stops must a line end, and so full must be what is read there. */
const asMuch = 0.1;
const nearlyFull = 0.9;

/** A leaf for which more waits than at low load. */
function isAskedMore({ resource, queue }: Case, { view, plateau }: Placed): boolean {
  const [low, late] = [known(queue, view.low), known(queue, from(view, plateau))];
  return resource.layer !== 'hold' && low.length > 0 && late.length > 0 && median(late) > slower * median(low);
}

/** Of what waits for it nothing was read where goodput stopped following, though there was before. */
const isUnheard = ({ queue }: Case, { view, plateau }: Placed): boolean =>
  known(queue, view.low).length > 0 && known(queue, from(view, plateau)).length === 0;

/**
 * What is full where goodput stops following although nobody tells what waits for it: a hold whose units are kept by nothing but their own work; else what the line through the windows before tells, or the last that was read.
 */
export function fullUnheard(cases: readonly Case[], placed: Placed, onset: number): readonly LeftOver[] {
  const alone = fullByThemselves(cases, placed, onset);
  return alone.length > 0 ? alone : byItsLine(cases, placed, onset);
}

/** Holds whose units are all in use where goodput stops, kept by nothing but their own work: that shows without anybody telling how long answers take. */
export const fullByThemselves = (cases: readonly Case[], placed: Placed, onset: number): readonly LeftOver[] =>
  cases
    .filter((one) => isFullByItself(one, placed))
    .map((one) => ({ one, onset, own: concluded * hiddenBelow(one.resource.component, placed) }));

/** What was not read where goodput stopped following, or was all but full there with more waiting at a leaf or nobody telling what waits, and of which the line through the windows before ends just where goodput did. */
function byItsLine(cases: readonly Case[], placed: Placed, onset: number): readonly LeftOver[] {
  const { view, plateau, deepest, waitsFor } = placed;
  const top = Math.max(...view.windows.map(({ goodput }) => goodput));
  const ending = cases.filter((one) => {
    const fills = from(view, plateau).flatMap((i) => fillOf(one, i) ?? []);
    const isLow =
      fills.length > 0 && !(Math.min(...fills) >= nearlyFull && (isAskedMore(one, placed) || isUnheard(one, placed)));
    const isBelow = deepest.every((hold) => waitsFor(hold.one.resource, one.resource));
    if (['space', 'external'].includes(one.resource.kind) || one.ceiling[plateau] === undefined || isLow || !isBelow)
      return false;
    return Math.abs(roughCapacity(one, view, plateau) / top - 1) <= asMuch || wasFullAtTop(one, placed);
  });
  return ending.map((one) => ({ one, onset, own: concluded * unseen(placed) }));
}

/** The last that was read of it, while goodput followed still and was about as high as ever, found it full and each unit kept no longer than at low load: it answers in line with those who wait for it, and no more. */
function wasFullAtTop(one: Case, { view, plateau }: Placed): boolean {
  const last = one.usage.findLastIndex((used) => used !== undefined);
  const [fill, low] = [fillOf(one, last) ?? 0, lowHoldTime(one, view)];
  const [used, done] = [one.usage[last], doneBy(one, view, last)];
  if (last < 0 || last >= plateau || fill < atCeiling || low === undefined || used === undefined || !done) return false;
  const top = Math.max(...view.windows.map(({ goodput }) => goodput));
  return (view.windows[last]?.goodput ?? 0) >= (1 - asMuch) * top && used / done <= (1 + asMuch) * low;
}

/** Whether who waits is told. What counts only those that were accepted, and never counts any, tells nothing: a server that accepts when a thread is free leaves all others in the kernel (Puma). */
function isWaitTold({ queue, queueReads, refusals }: Case): boolean {
  const isSilent = queueReads?.includes('accepted') === true && queue?.every((value) => (value ?? 0) === 0) === true;
  return refusals !== undefined || (queue !== undefined && !isSilent);
}

/** A hold that nothing tells the waiting for: all of its units are in use where goodput stops, and each as long as where load is low. What keeps them would keep them longer. */
function isFullByItself(one: Case, placed: Placed): boolean {
  const { view, plateau, deepest, waitsFor, around } = placed;
  if (one.resource.layer !== 'hold' || isWaitTold(one) || lowHoldTime(one, view) === undefined) return false;
  const fills = from(view, plateau).flatMap((i) => fillOf(one, i) ?? []);
  const isFull = fills.length > 0 && fills.every((fill) => fill >= atCeiling);
  const isBelow = deepest.every((hold) => waitsFor(hold.one.resource, one.resource));
  const units = sum(
    around.flatMap((each) => (isSame(each.resource, one.resource) ? (each.ceiling[plateau] ?? 0) : [])),
  );
  return isFull && isBelow && keptLonger(one, placed) <= asMuch * units;
}
