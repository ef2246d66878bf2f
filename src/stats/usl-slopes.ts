import { type UslCoefficients, uslThroughput } from './usl-throughput.ts';

/** How throughput at a concurrency changes with each coefficient: the partial derivatives of the law. */
export function uslSlopes(at: UslCoefficients, load: number): UslCoefficients {
  const throughput = uslThroughput(at, load);
  return {
    contention: -(throughput ** 2 * (load - 1)) / (at.unit * load),
    coherency: -(throughput ** 2 * (load - 1)) / at.unit,
    unit: throughput / at.unit,
  };
}
