import type { Component } from '../../model/component.ts';
import { type Case, computes, fillOf, isCollected } from '../seen/cases.ts';
import type { View } from '../seen/view.ts';
import { roughCapacity } from './rough-capacity.ts';

/** Collections that take this share of a processor are what fills it. */
export const muchOfIt = 0.2;
/** A processor whose own line ends this far beyond the load at which it was full would have had room. */
const beyond = 1.1;

type Full = { readonly one: Case; readonly onset: number };

/**
 * Whether a processor (or a quota, or the thread of an event loop) is full of collections: a heap of what runs on it filled no later, collecting takes much of the
 * processor, and without it the line through the windows before would have ended well beyond the load at which it was full.
 */
export function fullOfCollecting(
  processor: Full,
  heap: Full,
  { view, components }: { readonly view: View; readonly components: readonly Component[] },
): boolean {
  if (!isCollected(heap.one) || !mayCarry(processor.one, heap.one, components) || heap.onset > processor.onset)
    return false;
  return shareCollecting(processor.one, heap.one, processor.onset) >= muchOfIt && hadRoom(processor, view);
}

/** Whether by the line through the windows before it would have had room at the load at which it was full: each request cost more there, for as much as it was used. */
export const hadRoom = ({ one, onset }: Full, view: View): boolean =>
  roughCapacity(one, view, onset) * Math.min(1, fillOf(one, onset) ?? 1) >
  beyond * (view.windows[onset]?.load ?? Number.POSITIVE_INFINITY);

export const mayCarry = (one: Case, heap: Case, components: readonly Component[]): boolean =>
  computes(one) &&
  (one.resource.component === heap.resource.component ||
    components.some(({ name, on }) => name === heap.resource.component && on === one.resource.component));

/** Which share of a processor collecting takes in a window; told as a share of the time, or as processors that collect. */
export function shareCollecting({ ceiling }: Case, { queue, queueReads = '' }: Case, at: number): number {
  const collecting = queue?.[at] ?? 0;
  return queueReads.startsWith('$number') ? collecting / (ceiling[at] ?? Number.POSITIVE_INFINITY) : collecting;
}
