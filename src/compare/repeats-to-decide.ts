import { normalQuantile } from '../stats/normal-quantile.ts';
import { studentTQuantile } from '../stats/student-t-quantile.ts';

/** More repeats than this are no plan. */
const most = 100;

/**
 * How many runs a side decide, in four cases of five, whether two set-ups differ or are the same: the fewest for which the interval by Student's t
 * either leaves out 0 or lies inside ± `margin`, with room for a shift that comes out less clear (Cohen 1988, 2.4). Undefined above a hundred.
 *
 * @param shift how far apart the logarithms lie, as far as is known
 * @param spread the relative standard deviation from run to run
 * @param margin the logarithm of what is negligible
 * @example repeatsToDecide(0.1, 0.03, 0.03) // => 3
 */
export function repeatsToDecide(shift: number, spread: number, margin: number): number | undefined {
  const room = Math.max(Math.abs(shift), margin - Math.abs(shift));
  const byNormal = 2 * (((normalQuantile(0.975) + normalQuantile(0.8)) * spread) / room) ** 2;
  for (let runs = Math.max(2, Math.floor(byNormal)); runs <= most; runs++) {
    const df = 2 * runs - 2;
    const reach = (studentTQuantile(0.975, df) + studentTQuantile(0.8, df)) * spread * Math.sqrt(2 / runs);
    if (reach <= room) return runs;
  }
  return undefined;
}
