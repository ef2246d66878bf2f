import type { Scalability } from '../model/finding.ts';
import type { Interval } from '../model/interval.ts';
import { usl } from '../stats/usl.ts';
import type { View } from './view.ts';

/** The fit needs this many points below the ceiling (R usl and usl4j refuse or warn below 6). */
const leastPoints = 6;

/**
 * Contention and coherency by the Universal Scalability Law on concurrency and throughput (Gunther 2007), concurrency being what was in flight.
 * Only windows that were sustained count, since the law knows no finite servers; told only where the intervals say something.
 */
export function scalabilityOf(view: View, overloaded: readonly boolean[]): Scalability {
  const points = view.windows.flatMap((window, i) => {
    const n = window.inFlight?.mean;
    return overloaded[i] || n === undefined || n < 1 ? [] : [{ n, x: window.goodput }];
  });
  if (points.length < leastPoints) return tooFew(points.length);
  const fitted = usl(
    points.map((point) => point.n),
    points.map((point) => point.x),
  );
  if (fitted.kind === 'refused') return { kind: 'not-carried', because: fitted.because };
  const { contention, coherency, unit } = fitted;
  if (saysNothing(contention) && saysNothing(coherency)) {
    return {
      kind: 'not-carried',
      because: 'the intervals of contention and coherency both reach from nothing to everything',
    };
  }
  return { kind: 'fitted', contention, coherency, unit, peak: fitted.peak?.load };
}

const tooFew = (count: number): Scalability => ({
  kind: 'not-carried',
  because: `contention and coherency need ${leastPoints} sustained windows with at least one request inside; there are ${count}`,
});

const saysNothing = (value: Interval): boolean => value.kind !== 'interval' || value.high - value.low >= 1;
