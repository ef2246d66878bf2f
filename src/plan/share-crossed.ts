/** Whether a share is above what is allowed; `unsure` where it looks so but chance could have done it. */
export type Crossed = 'yes' | 'no' | 'unsure';

/** Two-sided 95 % of the normal distribution. */
const z = 1.959964;

/**
 * Compares a share of counts with what is allowed. Latency quantiles are tested so too: p99 ≤ limit means that at most 1 % lies above it.
 * It is `yes` only where the 95 % score interval lies beyond what is allowed, and `no` only where it lies within (Wilson 1927); where even none of them
 * could not show that, because they are too few, none of them is `no`. Counts need not be whole: of answers that go together fewer count.
 *
 * @example shareCrossed(30, 1000, 0.01) // => 'yes': the interval is 2.1 % to 4.3 %
 */
export function shareCrossed(over: number, of: number, allowed: number): Crossed {
  if (of === 0) return 'no';
  const { low, high } = scoreInterval(over / of, of);
  if (low > allowed) return 'yes';
  const areTooFew = scoreInterval(0, of).high > allowed;
  return high <= allowed || (areTooFew && over === 0) ? 'no' : 'unsure';
}

function scoreInterval(share: number, of: number): { readonly low: number; readonly high: number } {
  const centre = share + z ** 2 / (2 * of);
  const spread = z * Math.sqrt((share * (1 - share)) / of + z ** 2 / (4 * of ** 2));
  return { low: (centre - spread) / (1 + z ** 2 / of), high: (centre + spread) / (1 + z ** 2 / of) };
}
