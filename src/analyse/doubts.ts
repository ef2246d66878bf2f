import type { BlindSpot } from '../model/blind-spot.ts';
import type { Component } from '../model/component.ts';
import { type Case, fillOf } from './cases.ts';
import { hadRoom } from './full-of-collecting.ts';
import type { View } from './view.ts';

/** Less of its ceiling than this, and a resource had room. */
const room = 0.9;
/** Loads closer together than this are about the same. */
const further = 1.07;
/** The share that is left to what filled only after goodput had stopped following. */
const afterwards = 0.3;
/** The share that is left to what each request suddenly cost more, where it cannot be seen why. */
const suddenly = 0.5;

type Scene = {
  readonly view: View;
  readonly plateau: number | undefined;
  readonly components: readonly Component[];
  readonly blind: readonly BlindSpot[];
};

/**
 * What speaks against a saturated resource with nothing saturated below it, as the share that is left to it. What had room when goodput stopped following is not
 * what stopped it. A processor that each request suddenly costs more is full of something else (collections, reclaim), where that is what cannot be seen.
 */
export function shareInDoubt(each: { readonly one: Case; readonly onset: number }, scene: Scene): number {
  const { plateau, view } = scene;
  const isLate =
    plateau !== undefined && isFurther(each.onset, plateau, view) && (fillOf(each.one, plateau) ?? 1) < room;
  const isDear = computes(each.one) && isHidden(each.one, scene) && hadRoom(each, view);
  return (isLate ? afterwards : 1) * (isDear ? suddenly : 1);
}

/** By a clearly higher load, not by a later window of about the same: where only answers are counted all of a plateau lies at one rate. */
function isFurther(onset: number, plateau: number, { windows }: View): boolean {
  const [here, there] = [windows[plateau]?.load ?? 0, windows[onset]?.load ?? 0];
  return onset > plateau && there > further * here;
}

const computes = ({ resource }: Case): boolean =>
  resource.layer !== 'hold' && (resource.unit === 'cores' || resource.unit === 'event loops');

/** Something in the component itself, or in what runs on it, should be looked at and has no data. */
const isHidden = ({ resource }: Case, { blind, components }: Scene): boolean =>
  blind.some(
    (spot) =>
      spot.component === resource.component ||
      components.some(({ name, on }) => name === spot.component && on === resource.component),
  );
