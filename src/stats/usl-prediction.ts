import type { Interval } from '../model/interval.ts';
import { studentTQuantile } from './student-t-quantile.ts';
import type { UslFit } from './usl.ts';
import { uslSlopes } from './usl-slopes.ts';
import { uslThroughput } from './usl-throughput.ts';

const names = ['contention', 'coherency', 'unit'] as const;

/**
 * The throughput that a fitted law gives at a concurrency, with its interval by the delta method: √(g′Σg) with the gradient g of the law, by Student's t
 * (Bates & Watts 1988, 2.3.2). R's `usl` puts one constant band round the whole curve: at a load of 1 its specsdm91 may be −41.
 *
 * @example uslPrediction(fitted, 1) // => 90 (50 to 130) for specsdm91
 */
export function uslPrediction(fit: UslFit, load: number, level = 0.95): Interval & { readonly kind: 'interval' } {
  const law = { contention: fit.contention.value, coherency: fit.coherency.value, unit: fit.unit.value };
  const slopes = uslSlopes(law, load);
  const variance = names.reduce(
    (sum, one) => names.reduce((rest, other) => rest + slopes[one] * fit.covariances[one][other] * slopes[other], sum),
    0,
  );
  const value = uslThroughput(law, load);
  const reach = studentTQuantile((1 + level) / 2, fit.df) * Math.sqrt(Math.max(0, variance));
  return { kind: 'interval', value, low: value - reach, high: value + reach };
}
