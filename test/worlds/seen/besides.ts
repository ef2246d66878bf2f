import { type Random, seeded } from '../../../src/model/random.ts';

/** What is used of a ceiling besides the requests' work: how much now, and its integral so far; the work itself leaves it no more room than there is. */
export type Besides = {
  readonly at: (now: number, usedTime: number, size: number) => { readonly level: number; readonly total: number };
};

/** How long it takes until it is something else (s). */
const memory = 60;

/** A share of the ceiling that wanders about its mean of one standard deviation and is never below nought. */
export function besidesOf(deviation: number, seed: number): Besides {
  const random = seeded(seed);
  let wander = normal(random);
  let last: { readonly now: number; readonly usedTime: number } | undefined;
  let level = deviation * Math.max(0, 1 + wander);
  let total = 0;
  return {
    at(now, usedTime, size) {
      if (deviation === 0) return { level: 0, total: 0 };
      const before = last ?? { now, usedTime };
      const passed = now - before.now;
      if (passed > 0) {
        const kept = Math.exp(-passed / memory);
        wander = kept * wander + Math.sqrt(1 - kept * kept) * normal(random);
        level = deviation * Math.max(0, 1 + wander);
        const worked = usedTime < before.usedTime ? usedTime : usedTime - before.usedTime;
        total += Math.max(0, Math.min(level * size * passed, size * passed - worked));
      }
      last = { now, usedTime };
      return { level: level * size, total };
    },
  };
}

/** Box and Muller (1958). */
const normal = (random: Random): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
