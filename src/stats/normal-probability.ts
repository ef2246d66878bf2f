import { gammaProbabilities } from './gamma-probabilities.ts';

/**
 * The probability that a standard normal variable lies at or below z: Φ(z) = ½ Q(½, z²/2) for z < 0  (DLMF 7.11.2).
 * simple-statistics has it from a table of four digits only.
 *
 * @example normalProbability(1.96) // => 0.9750021048517796
 */
export function normalProbability(z: number): number {
  const tail = gammaProbabilities(0.5, (z * z) / 2).above / 2;
  return z > 0 ? 1 - tail : tail;
}
