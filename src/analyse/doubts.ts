import type { BlindSpot } from '../model/blind-spot.ts';
import type { Component } from '../model/component.ts';
import { type Case, fillOf, isSame } from './cases.ts';
import { hadRoom } from './full-of-collecting.ts';
import { further, type View } from './view.ts';

/** Less of its ceiling than this, and a resource had room. */
const room = 0.9;
/** The share that is left to what filled only after goodput had stopped following. */
const afterwards = 0.3;
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
    plateau !== undefined && isFurther(each.onset, plateau, view) && fullestOf(each.one, plateau, scene) < room;
  const isDear = computes(each.one) && (isHidden(each.one, scene) || isOneThread(each.one)) && hadRoom(each, view);
  return (isLate ? afterwards : 1) * (isDear ? suddenly : 1);
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

/** By a clearly higher load, not by a later window of about the same: where only answers are counted all of a plateau lies at one rate. */
function isFurther(onset: number, plateau: number, { windows }: View): boolean {
  const [here, there] = [windows[plateau]?.load ?? 0, windows[onset]?.load ?? 0];
  return onset > plateau && there > further * here;
}

const computes = ({ resource }: Case): boolean =>
  resource.layer !== 'hold' && (resource.unit === 'cores' || resource.unit === 'event loops');

/** A machine's threads share cores and slow each other down; one thread does the same work in the same time. */
const isOneThread = ({ resource }: Case): boolean => resource.unit === 'event loops';

/** Something in the component itself, or in what runs on it, should be looked at and has no data. */
const isHidden = ({ resource }: Case, { blind, components }: Scene): boolean =>
  blind.some(
    (spot) =>
      spot.component === resource.component ||
      components.some(({ name, on }) => name === spot.component && on === resource.component),
  );
