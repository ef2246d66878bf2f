/**
 * The number in [0, 1) that belongs to (seed, index, lane): the same wherever and in whatever order it is asked for,
 * so that any number of workers draw what one would have drawn. mulberry32's mixing (Ettinger) over a counter; `lane` keeps uses apart.
 */
export function draw(seed: number, index: number, lane: number): number {
  let mixed = (seed + Math.imul(index + 1, 0x6d2b79f5) + Math.imul(lane + 1, 0x9e3779b1)) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
}
