import { betaProbability } from './beta-probability.ts';

/**
 * The probability that Student's t with `df` degrees of freedom lies at or below t
 * (Abramowitz & Stegun 26.7.1: one tail is ½ I_{df/(df+t²)}(df/2, ½)).
 *
 * @param df above 0; need not be whole
 * @example studentTProbability(1, 1) // => 0.75
 */
export function studentTProbability(t: number, df: number): number {
  const tail = betaProbability(df / (df + t * t), df / 2, 0.5) / 2;
  return t > 0 ? 1 - tail : tail;
}
