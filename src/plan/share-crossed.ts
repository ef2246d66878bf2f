/** Whether a share is above what is allowed; `unsure` where it looks so but chance could have done it. */
export type Crossed = 'yes' | 'no' | 'unsure';

/** Two-sided 95 % of the normal distribution. */
const z = 1.959964;

/**
 * Compares a share of counts with what is allowed. Latency quantiles are tested so too: p99 ≤ limit means that at most 1 % lies above it.
 * Within the allowance is `no`; beyond it is `yes` only where the lower end of the 95 % score interval is beyond it as well (Wilson 1927).
 *
 * @example shareCrossed(30, 1000, 0.01) // => 'yes': the interval is 2.1 % to 4.3 %
 */
export function shareCrossed(over: number, of: number, allowed: number): Crossed {
  if (of === 0 || over / of <= allowed) return 'no';
  return lowerEnd(over, of) > allowed ? 'yes' : 'unsure';
}

function lowerEnd(over: number, of: number): number {
  const share = over / of;
  const centre = share + z ** 2 / (2 * of);
  const spread = z * Math.sqrt((share * (1 - share)) / of + z ** 2 / (4 * of ** 2));
  return (centre - spread) / (1 + z ** 2 / of);
}
