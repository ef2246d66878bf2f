import type { Script } from '../model/script.ts';

/**
 * What all workers of a load count together, each number added to atomically: requests so far, walks so far, and for each feeder the rows it has given.
 * They belong to the run: no step sets them back.
 */
export type Counters = {
  readonly buffer: SharedArrayBuffer;
  /** Adds one and tells what there was before. */
  readonly next: (of: Counted) => number;
  readonly giveBack: (of: Counted) => void;
};

export type Counted = 'requests' | 'walks' | { readonly feeder: number };

const fixed = ['requests', 'walks'];
const placeOf = (of: Counted): number => (typeof of === 'string' ? fixed.indexOf(of) : fixed.length + of.feeder);

/** New counters for a script, or a view of those that another thread opened. */
export function countersOf(
  { feeders }: Pick<Script, 'feeders'>,
  buffer: SharedArrayBuffer = new SharedArrayBuffer((fixed.length + feeders.length) * Int32Array.BYTES_PER_ELEMENT),
): Counters {
  const numbers = new Int32Array(buffer);
  return {
    buffer,
    next: (of) => Atomics.add(numbers, placeOf(of), 1),
    giveBack: (of) => {
      Atomics.sub(numbers, placeOf(of), 1);
    },
  };
}
