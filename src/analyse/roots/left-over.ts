import type { BlindSpot } from '../../model/blind-spot.ts';
import type { Component } from '../../model/component.ts';
import { blindBelow } from '../seen/blind-below.ts';
import type { Case } from '../seen/cases.ts';
import type { View } from '../seen/view.ts';
import type { WaitsFor } from '../seen/waits-for.ts';

/** What is concluded because nothing else is left, and how much less for each place that cannot be seen. */
export const concluded = 0.92;
const perBlindSpot = 0.8;

/** A hold that is full because something below keeps its work, and since when. */
export type Held = { readonly one: Case; readonly onset: number };

/** A resource that is the limit because nothing else is left, or because nothing is read of it since it was full. */
export type LeftOver = {
  readonly one: Case;
  readonly onset: number;
  readonly own: number;
  readonly by?: 'silence';
};

export type Given = {
  readonly view: View;
  /** Position from which on goodput no longer follows. */
  readonly plateau: number | undefined;
  readonly held: readonly Held[];
  readonly around: readonly Case[];
  readonly waitsFor: WaitsFor;
  readonly components: readonly Component[];
  readonly blind: readonly BlindSpot[];
  /** Nobody says what calls what. */
  readonly undeclared: boolean;
};

/** With the holds that wait for no other. */
export type Placed = Given & { readonly plateau: number; readonly deepest: readonly Held[] };

/** What is left where some places in a component or below it cannot be seen. */
export const hiddenBelow = (component: string, given: Pick<Given, 'blind' | 'components'>): number =>
  perBlindSpot ** blindBelow(component, given).length;

/** What lies below the holds and cannot be seen may be the limit as well. */
export function unseen({ deepest, blind, components }: Placed): number {
  const below = new Set(deepest.flatMap((hold) => blindBelow(hold.one.resource.component, { blind, components })));
  return perBlindSpot ** (deepest.length === 0 ? blind.length : below.size);
}
