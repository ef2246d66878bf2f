import type { Random } from '../../../src/model/random.ts';

/** Evenly in [low, high). */
export const between = (random: Random, low: number, high: number): number => low + (high - low) * random();

/** A whole number, both ends included. */
export const whole = (random: Random, low: number, high: number): number =>
  low + Math.floor(random() * (high - low + 1));

/** Whether it happens. */
export const chance = (random: Random, share: number): boolean => random() < share;

/** One of several, all alike. */
export function pick<T>(random: Random, of: readonly [T, ...T[]]): T {
  return of[Math.floor(random() * of.length)] ?? of[0];
}

/** Rounded to so many digits that count, so that worlds read well. */
export const rounded = (value: number, digits = 3): number => Number(value.toPrecision(digits));
