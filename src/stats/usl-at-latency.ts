import { type UslCoefficients, uslThroughput } from './usl-throughput.ts';

/**
 * The concurrency at which the law makes a request last so long, and its throughput there: R = N/X (Little 1961), the positive root of
 * βN² + (α − β)N + (1 − α) − γR = 0.
 *
 * @param latency in the time unit of the throughput
 * @throws RangeError for a latency below that of a single request, 1/γ, naming that
 * @example uslAtLatency({ contention: 0.06, coherency: 0.06, unit: 40 }, 0.05) // => { load: 4.203, throughput: 84.06 }
 */
export function uslAtLatency(
  law: UslCoefficients,
  latency: number,
): { readonly load: number; readonly throughput: number } {
  const { contention, coherency, unit } = law;
  if (latency < 1 / unit)
    throw new RangeError(`a latency of ${latency} is below that of a single request by the law, ${1 / unit}`);
  const slope = contention - coherency;
  const rest = 1 - contention - unit * latency;
  if (coherency === 0 && contention === 0)
    throw new RangeError('without contention and coherency latency does not grow');
  const root = Math.sqrt(slope ** 2 - 4 * coherency * rest);
  const load = coherency === 0 ? -rest / contention : (root - slope) / (2 * coherency);
  return { load, throughput: uslThroughput(law, load) };
}
