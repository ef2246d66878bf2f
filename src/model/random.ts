/** The next number in [0, 1). */
export type Random = () => number;

/**
 * Numbers from a seed, the same on every machine: mulberry32 (Tommy Ettinger, public domain), 32 bits of state.
 *
 * @example seeded(1)() // => 0.6270739405881613
 */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
