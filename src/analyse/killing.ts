import type { Interval } from '../model/interval.ts';
import { sum } from '../stats/sum.ts';
import type { Case } from './cases.ts';
import { latencyOf, type View } from './view.ts';

/**
 * Standard deviations by which the number inside rises above its mean now and then: by three for a moment of a quarter of an hour, by four of half a day, by five of a month, where a request takes a second. What lasts
 * is somewhere there. (In eight runs of the benchmark that were killed at load, what was carried lies 3.3 to 5.9 below.)
 */
export const peaks = { often: 3, rarely: 4, hardly: 5 } as const;

type Run = { readonly view: View; readonly sustained: readonly boolean[] };

/**
 * What kills when it is full does so at the peaks of what is inside, not at its mean: arrivals at random that each stay for a while are n ± √n (Poisson; Little 1961), and there must be room
 * for the highest of them.
 *
 * @param rate where the mean would be at the ceiling (requests a second)
 */
export function killing(
  rate: Interval | undefined,
  alike: readonly Case[],
  { view, sustained }: Run,
): Interval | undefined {
  const stays = alike.every(doesKill) ? staysIn(view, sustained) : undefined;
  if (rate?.kind !== 'interval' || stays === undefined) return rate;
  const leaving = (end: number, deviations: number): number => {
    const room = (end * stays) / alike.length;
    const inside = ((Math.sqrt(deviations ** 2 + 4 * room) - deviations) / 2) ** 2;
    return (inside * alike.length) / stays;
  };
  const value = leaving(rate.value, peaks.rarely);
  const low = value - Math.hypot(value - leaving(rate.low, peaks.rarely), value - leaving(rate.value, peaks.hardly));
  const high = value + Math.hypot(leaving(rate.high, peaks.rarely) - value, leaving(rate.value, peaks.often) - value);
  return { kind: 'interval', value, low: Math.max(0, low), high };
}

/** Told by what it refuses: those that were killed, at its limit or at all. */
export const doesKill = ({ resource, refusedAtLimit, refusalsReads }: Case): boolean =>
  resource.kind === 'space' && (refusedAtLimit === true || refusalsReads?.includes('kills') === true);

/** How long a request is inside (s), over the windows in which the target kept up. */
export function staysIn({ windows }: View, sustained: readonly boolean[]): number | undefined {
  const seen = windows.flatMap((window, i) => {
    const mean = window.inFlight?.mean ?? window.throughput * (latencyOf(window) ?? Number.NaN);
    return sustained[i] && Number.isFinite(mean) ? [{ mean, done: window.throughput }] : [];
  });
  const done = sum(seen.map((each) => each.done));
  return done > 0 ? sum(seen.map(({ mean }) => mean)) / done : undefined;
}
