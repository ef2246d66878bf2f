import type { Resource } from '../world.ts';
import { type Meter, makeMeter, shownBy } from './meter.ts';

type Collected = Extract<Resource, { kind: 'heap' }>;

/** The most of the CPU that collecting takes: beyond it nothing would ever be done. */
const mostShare = 0.98;

/** A collected heap: the fuller it is, the more of the CPU goes into collecting it. */
export type Heap = {
  readonly kind: 'heap';
  readonly heap: Collected;
  readonly meter: Meter;
  collections: number;
  collectionTime: number;
};

export const makeHeap = (heap: Collected, now: number): Heap => ({
  kind: 'heap',
  heap,
  meter: makeMeter(now, heap.base),
  collections: 0,
  collectionTime: 0,
});

/** How many times as much CPU work costs as without collecting. */
export function collectingFactor({ heap, meter }: Heap): number {
  const free = 1 - meter.used / heap.heap;
  return 1 / (1 - (free > 0 ? Math.min(mostShare, heap.cost / free) : mostShare));
}

/** So much CPU time went into collecting; a collection frees what is not live. */
export function collect(heap: Heap, seconds: number): void {
  heap.collectionTime += seconds;
  heap.collections += heap.heap.each / Math.max(heap.heap.each, heap.heap.heap - heap.meter.used);
}

export const lookAtHeap = (heap: Heap, now: number) => ({
  size: heap.heap.heap,
  ...shownBy(heap.meter, now),
  more: {
    live: heap.meter.used,
    collections: Math.floor(heap.collections),
    collectionTime: heap.collectionTime,
  },
});
