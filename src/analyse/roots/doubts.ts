import type { BlindSpot } from '../../model/blind-spot.ts';
import type { Component } from '../../model/component.ts';
import { atCeiling, noRoom } from '../../model/full.ts';
import { further } from '../../model/further.ts';
import { median } from '../../stats/median.ts';
import { sum } from '../../stats/sum.ts';
import { hadRoom } from '../saturation/full-of-collecting.ts';
import { usedByLine } from '../saturation/rough-capacity.ts';
import { type Case, computes, fillOf, isSame, sumAt } from '../seen/cases.ts';
import type { View } from '../seen/view.ts';

/** Less of its ceiling than this, and a resource had room. */
const room = 0.9;
/** Where only answers are counted it is their time that shows where goodput stops following, and at processors it is three times as long from here on (M/M/2). */
const roomBehindAnswers = 0.8;
/** What differs by so much from what a line says does so by more than chance. */
const clearly = 1.05;
/** So many more lends than carried answers need are no chance, and no few that were late. */
const again = 1.25;
/** The share that is left to what filled only after goodput had stopped following, or did more than all that was carried needs. */
const afterwards = 0.3;
/** The share that is left to what leaves some of its ceiling unused meanwhile. */
const unused = 0.5;
/** … and to one of several instances, which has less to do at times, when more goes to the others. */
const unusedAtTimes = 0.75;
/** The share that is left to what each request suddenly cost more, where it cannot be seen why. */
const suddenly = 0.5;

type Scene = {
  readonly view: View;
  readonly plateau: number | undefined;
  readonly components: readonly Component[];
  readonly blind: readonly BlindSpot[];
  /** Every resource as it was read. */
  readonly around?: readonly Case[];
};

/**
 * What speaks against a saturated resource with nothing saturated below it, as the share that is left to it. What had room when goodput stopped following is not
 * what stopped it. A processor that each request suddenly costs more is full of something else (collections, reclaim), where that is what cannot be seen; and a single thread in any case.
 */
export function shareInDoubt(each: { readonly one: Case; readonly onset: number }, scene: Scene): number {
  const { plateau, view } = scene;
  const isLate =
    plateau !== undefined &&
    isFurther(each.onset, plateau, view) &&
    (view.answersOnly
      ? fullestOf(each.one, plateau, scene) < roomBehindAnswers
      : fullestOf(each.one, plateau, scene) < room || didItAll(each.one, plateau, view));
  const didMore =
    didMoreThanCarried(each.one, scene) || (plateau !== undefined && didAllThatCame(each.one, plateau, view));
  const isDear = isDearer(each, view) && (isHidden(each.one, scene) || mayCollect(each.one, scene));
  return (isLate || didMore ? afterwards : 1) * (isDear ? suddenly : 1);
}

/** It used no more than all that was asked for costs by the line through the windows before, and that was less than it has: it did its work for all of it. */
function didItAll(one: Case, plateau: number, view: View): boolean {
  const [used, ceiling] = [one.usage[plateau], one.ceiling[plateau]];
  if (!computes(one) || used === undefined || ceiling === undefined) return false;
  const expected = usedByLine(one, view, plateau);
  if (expected === undefined) return false;
  return used <= clearly * expected.value && clearly * expected.value < ceiling;
}

/** It did its work for all that was asked for, carried or not, wherever goodput no longer followed, and had some left: what stopped goodput lies elsewhere. */
function didAllThatCame(one: Case, plateau: number, view: View): boolean {
  if (!computes(one)) return false;
  const late = view.windows.map((_, i) => i).filter((i) => i >= plateau && one.usage[i] !== undefined);
  const kept = late.filter((i) => {
    const expected = usedByLine(one, view, i, plateau)?.value ?? Number.POSITIVE_INFINITY;
    return (one.usage[i] ?? 0) >= expected / clearly && (fillOf(one, i) ?? 1) < room;
  });
  return late.length > 0 && kept.length === late.length;
}

/**
 * A full hold that lends plainly more often than all that was ever carried needs, at as many lends a request as at low load, is not what kept goodput from that: it is asked again and again for what was given up behind it
 * (retries), and does that.
 */
function didMoreThanCarried(one: Case, { view, around = [] }: Scene): boolean {
  const alike = around.filter(({ resource }) => isSame(resource, one.resource));
  if (one.resource.layer !== 'hold' || alike.length === 0) return false;
  const done = view.windows.map((_, i) => sumAt(alike, 'completions', i));
  const visits = view.low.flatMap((i) => {
    const [lent, good] = [done[i], view.windows[i]?.goodput ?? 0];
    return lent === undefined || good <= 0 ? [] : [lent / good];
  });
  const best = Math.max(0, ...view.windows.map(({ goodput }) => goodput));
  const isFull = (i: number): boolean => (fillOf(one, i) ?? 0) >= atCeiling;
  const lent = Math.max(0, ...done.flatMap((value, i) => (value !== undefined && isFull(i) ? [value] : [])));
  return visits.length > 0 && lent > again * median(visits) * best;
}

/** The first instance that fills may be another than the fullest at the end. */
const fullestOf = (one: Case, i: number, { around = [] }: Scene): number =>
  Math.max(
    ...[one, ...around.filter(({ resource }) => isSame(resource, one.resource))].map((each) => fullestIn(each, i)),
  );

/** Space may fill in the middle of a window, and end it otherwise than it began. */
function fullestIn(one: Case, i: number): number {
  const [peak, ceiling] = [one.peaks?.[i], one.ceiling[i]];
  const mean = fillOf(one, i) ?? 1;
  return one.resource.kind === 'space' && peak !== undefined && ceiling ? Math.max(mean, peak / ceiling) : mean;
}

/**
 * The share that is left to processors that are throttled in most periods, or in some windows full, and yet leave some of their ceiling unused where goodput no longer follows the load: work waits there
 * for ever more, and what limits has always something to do.
 */
export function shareUnused({ one }: { readonly one: Case }, { view, plateau, around = [] }: Scene): number {
  if (plateau === undefined || !computes(one)) return 1;
  const fills = view.windows.flatMap((_, i) => (i < plateau ? [] : (fillOf(one, i) ?? [])));
  const alike = around.filter(({ resource }) => isSame(resource, one.resource));
  const fill = sum(fills) / fills.length;
  if (fills.length === 0 || fill >= atCeiling) return 1;
  return alike.length > 1 && fill >= noRoom ? unusedAtTimes : unused;
}

/** By a clearly higher load, not by a later window of about the same: where only answers are counted all of a plateau lies at one rate. */
function isFurther(onset: number, plateau: number, { windows }: View): boolean {
  const [here, there] = [windows[plateau]?.load ?? 0, windows[onset]?.load ?? 0];
  return onset > plateau && there > further * here;
}

/** Each request costs more than before, and by more than chance. */
function isDearer({ one, onset }: { readonly one: Case; readonly onset: number }, view: View): boolean {
  if (!computes(one) || !hadRoom({ one, onset }, view)) return false;
  const [used, expected] = [one.usage[onset], usedByLine(one, view, onset)];
  return used === undefined || expected === undefined || used > expected.high;
}

/**
 * A machine's threads share cores and slow each other down; one thread does the same work in the same time. Processors that such a thread runs on are full of collections too,
 * where nobody tells of these.
 */
const mayCollect = (one: Case, scene: Scene): boolean =>
  isOneThread(one) || (seenOn(one, scene).some(isOneThread) && !seenOn(one, scene).some(tellsCollections));

const isOneThread = ({ resource }: Case): boolean => resource.unit === 'event loops';
const tellsCollections = ({ resource, queueReads }: Case): boolean =>
  resource.resource === 'heap' || (queueReads?.includes('collect') ?? false);

/** What is read of the component itself and of what runs on it. */
const seenOn = ({ resource }: Case, { around = [], components }: Scene): readonly Case[] =>
  around.filter(
    (one) =>
      one.resource.component === resource.component ||
      components.some(({ name, on }) => name === one.resource.component && on === resource.component),
  );

/** Something in the component itself, or in what runs on it, should be looked at and has no data. */
const isHidden = ({ resource }: Case, { blind, components }: Scene): boolean =>
  blind.some(
    (spot) =>
      spot.component === resource.component ||
      components.some(({ name, on }) => name === spot.component && on === resource.component),
  );
