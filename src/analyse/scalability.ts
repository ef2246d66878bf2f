import type { Scalability } from '../model/finding.ts';
import { rate } from '../model/in-words.ts';
import type { Interval } from '../model/interval.ts';
import { type UslFit, usl } from '../stats/usl.ts';
import type { View } from './seen/view.ts';

/** The fit needs this many points below the ceiling (R usl and usl4j refuse or warn below 6). */
const leastPoints = 6;

/** How throughput bends is told by loads that differ by this factor at least in what is inside. */
const varied = 2;

/** A law whose maximum lies below this share of what was carried is not the law of these points. */
const rejectedBelow = 0.9;

/**
 * Contention and coherency by the Universal Scalability Law on concurrency and throughput (Gunther 2007), concurrency being what was in flight.
 * Only windows that were sustained count, since the law knows no finite servers and a growing queue is no concurrency in service; only load of our own,
 * since the traffic of others is a mix that moves; and it is told only where the intervals say something. A peak is told only where the points
 * carry a downturn.
 */
export function scalabilityOf(view: View, overloaded: readonly boolean[]): Scalability {
  if (view.windows.some(({ health }) => health.verdict === 'foreign'))
    return notCarried(
      'contention and coherency are told of load of our own only: the mix of other traffic moves with its rate',
    );
  const points = view.windows.flatMap((window, i) => {
    const n = window.inFlight?.mean;
    return overloaded[i] || n === undefined || n < 1 ? [] : [{ n, x: window.goodput }];
  });
  if (points.length < leastPoints) return tooFew(points.length);
  const inside = points.map(({ n }) => n);
  if (Math.max(...inside) < varied * Math.min(...inside))
    return notCarried(
      `contention and coherency need loads that differ: of ${points.length} sustained windows the fullest had less than twice as many requests inside as the emptiest`,
    );
  const fitted = usl(
    points.map((point) => point.n),
    points.map((point) => point.x),
  );
  if (fitted.kind === 'refused') return notCarried(fitted.because);
  return told(fitted, Math.max(...points.map(({ n }) => n)), Math.max(...points.map(({ x }) => x)));
}

/** @param seen the highest concurrency that was seen, and `carried` the highest throughput */
function told(fitted: UslFit, seen: number, carried: number): Scalability {
  const { contention, coherency, unit, limit, peak, retrograde } = fitted;
  if (saysNothing(contention) && saysNothing(coherency))
    return notCarried('the intervals of contention and coherency both reach from nothing to everything');
  if (peak && peak.throughput < rejectedBelow * carried)
    return notCarried(
      `the law is rejected: its maximum is ${rate(peak.throughput)}, and ${rate(carried)} were carried`,
    );
  const turns = retrograde ? peak : undefined;
  const downturn = turns === undefined ? 'not-supported' : turns.load <= seen ? 'seen' : 'extrapolated';
  return { kind: 'fitted', contention, coherency, unit, ...(limit ? { limit } : {}), peak: turns?.load, downturn };
}

const notCarried = (because: string): Scalability => ({ kind: 'not-carried', because });

const tooFew = (count: number): Scalability =>
  notCarried(
    `contention and coherency need ${leastPoints} sustained windows with at least one request inside; there are ${count}`,
  );

const saysNothing = (value: Interval): boolean => value.kind !== 'interval' || value.high - value.low >= 1;
