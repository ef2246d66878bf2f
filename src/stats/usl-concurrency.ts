import { type UslCoefficients, uslThroughput } from './usl-throughput.ts';

/**
 * At which concurrencies the Universal Scalability Law gives a throughput: the roots of βXN² + (αX − βX − γ)N + (1 − α)X = 0,
 * below the peak and beyond it. `high` is undefined without coherency, where throughput never falls.
 *
 * @throws RangeError for a throughput beyond the law's maximum, naming that, and for a law that never rises
 * @example uslConcurrency({ contention: 0.02, coherency: 0.02, unit: 1 }, 3.0769).low // => 4
 */
export function uslConcurrency(
  law: UslCoefficients,
  throughput: number,
): { readonly low: number; readonly high: number | undefined } {
  const { contention, coherency, unit } = law;
  if (contention >= 1)
    throw new RangeError(`with a contention of ${contention} throughput never rises with load, and has no concurrency`);
  const slack = unit + (coherency - contention) * throughput;
  const start = (1 - contention) * throughput;
  const root = slack ** 2 - 4 * coherency * throughput * start;
  if (slack <= 0 || root < 0)
    throw new RangeError(`a throughput of ${throughput} is beyond the law's maximum of ${maximum(law)}`);
  const far = slack + Math.sqrt(root);
  return {
    low: (2 * start) / far,
    high: coherency > 0 && throughput > 0 ? far / (2 * coherency * throughput) : undefined,
  };
}

function maximum(law: UslCoefficients): number {
  if (law.coherency === 0) return law.unit / law.contention;
  return uslThroughput(law, Math.sqrt((1 - law.contention) / law.coherency));
}
