/** The three coefficients of the Universal Scalability Law. */
export type UslCoefficients = {
  /** α: the share of work that waits for its turn. */
  readonly contention: number;
  /** β: the cost of keeping each pair consistent. */
  readonly coherency: number;
  /** γ: throughput at a load of one. */
  readonly unit: number;
};

/**
 * Throughput at a concurrency N by the Universal Scalability Law: X = γN / (1 + α(N − 1) + βN(N − 1))  (Gunther 2007, eq. 4.31; γ after Schwartz 2015).
 *
 * @example uslThroughput({ contention: 0.02, coherency: 0.02, unit: 1 }, 4) // => 3.0769
 */
export function uslThroughput({ contention, coherency, unit }: UslCoefficients, load: number): number {
  return (unit * load) / (1 + contention * (load - 1) + coherency * load * (load - 1));
}
