import type { Interval } from '../../model/interval.ts';
import { median } from '../../stats/median.ts';
import { normalProbability } from '../../stats/normal-probability.ts';
import { sum } from '../../stats/sum.ts';
import type { Case } from '../seen/cases.ts';
import { latencyOf, type View } from '../seen/view.ts';

/**
 * Standard deviations by which the number inside rises above its mean now and then: by three for a moment of a quarter of an hour, by four of half a day, by five of a month, where a request takes a second. What lasts
 * is somewhere there. (In eight runs of the benchmark that were killed at load, what was carried lies 3.3 to 5.9 below.)
 */
export const peaks = { often: 3, rarely: 4, hardly: 5 } as const;

/** How unlike the times are that requests stay, as a Gini coefficient, where that is not told: exponential. */
const unlike = 0.5;
/** Standard deviations from the middle to the 99th of a hundred. */
const to99th = 2.326;

/**
 * How far what is inside scatters, against arrivals at random. Of those that come at even intervals each is there after so long with the probability p that it stays as long: n Σ p (1 − p) ÷ Σ p, which is n times the Gini
 * coefficient of how long they stay (of exponential times ½; of lognormal ones 2 Φ(σ ÷ √2) − 1: Aitchison & Brown 1957). Of several instances to which they go at random each takes a part of the even stream only.
 */
export function scatter(instances: number, { evenly = false, windows, low }: View): number {
  if (!evenly) return 1;
  const spreads = low.flatMap((i) => {
    const { p50 = 0, p99 = 0 } = windows[i]?.latency ?? {};
    return p50 > 0 && p99 >= p50 ? [Math.log(p99 / p50) / to99th] : [];
  });
  const gini = spreads.length > 0 ? 2 * normalProbability(median(spreads) / Math.SQRT2) - 1 : unlike;
  return Math.sqrt(1 - (1 - gini) / instances);
}

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
    const off = deviations * scatter(alike.length, view);
    const inside = ((Math.sqrt(off ** 2 + 4 * room) - off) / 2) ** 2;
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
