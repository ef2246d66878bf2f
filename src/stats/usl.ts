import { MultivariateLinearRegression } from 'ml-regression';
import { bisect } from 'simple-statistics';
import type { Interval } from '../model/interval.ts';
import { fiellerRatio } from './fieller-ratio.ts';
import { studentTQuantile } from './student-t-quantile.ts';
import { uslBounded } from './usl-bounded.ts';
import { type UslCovariances, type UslPoint, uslSearch } from './usl-search.ts';
import { type UslCoefficients, uslThroughput } from './usl-throughput.ts';

type Coefficient = Interval & { readonly kind: 'interval' };

/** The law fitted, with its goodness. */
export type UslFit = {
  readonly kind: 'fitted';
  readonly contention: Coefficient;
  readonly coherency: Coefficient;
  readonly unit: Coefficient;
  readonly covariances: UslCovariances;
  readonly residualSd: number;
  /** Points less the coefficients that are not at their bound. */
  readonly df: number;
  /** Where throughput is highest; undefined where the law never turns down. */
  readonly peak: { readonly load: number; readonly throughput: number } | undefined;
  /** What throughput would only near if there were contention alone, γ/α (Amdahl 1967); undefined where nothing is excluded. */
  readonly limit: Interval | undefined;
  /** Whether the points carry a downturn at all: without coherency the law fits clearly worse. */
  readonly retrograde: boolean;
};

/** A fit, or the sentence that says why there is none. */
export type Usl = UslFit | { readonly kind: 'refused'; readonly because: string };

/** R's usl and usl4j refuse fewer points, too. */
const fewest = 6;

/**
 * The Universal Scalability Law X = γN / (1 + α(N − 1) + βN(N − 1)) by least squares on X with α, β ≥ 0, γ free (not normalised by one noisy first point).
 * Intervals are Student's t(n − p) on the standard errors; R's `usl` uses n − 1. A coefficient at its bound has the interval from 0 to where the
 * profile likelihood drops by as much (Bates & Watts 1988, 6.1). A downturn is supported where the best law without one has a misfit larger by more than
 * t² variances: the same likelihood ratio. (AICc would deny it up to seven points even where throughput falls before one's eyes, as in specsdm91.)
 *
 * @param load concurrency, 1 or more
 * @param throughput above 0
 * @example usl([1, 2, 4, 6, 8, 10], [1, 1.8868, 3.0769, 3.5294, 3.5398, 3.3557]) // => contention and coherency 0.02, unit 1, peak at 7
 */
export function usl(load: readonly number[], throughput: readonly number[], level = 0.95): Usl {
  const because = refusal(load, throughput);
  if (because !== undefined) return { kind: 'refused', because };
  const best = uslBounded(load, throughput, linearStart(load, throughput));
  if (risesFaster(load, throughput, best))
    return { kind: 'refused', because: 'throughput rises faster than load, which the law does not know' };
  const df = load.length - Object.values(best.at).filter((value) => value > 0).length;
  const t = studentTQuantile((1 + level) / 2, df);
  const bound = (name: 'contention' | 'coherency'): Coefficient => {
    if (best.at[name] > 0) return around(best, name, t);
    return { kind: 'interval', value: 0, low: 0, high: profileEnd(load, throughput, best, name, t ** 2 / df) };
  };
  const [contention, coherency, unit] = [bound('contention'), bound('coherency'), around(best, 'unit', t)];
  const without = uslBounded(load, throughput, { ...best.at, coherency: 0 }, { coherency: 0 });
  return {
    kind: 'fitted',
    contention,
    coherency,
    unit,
    covariances: best.covariances,
    residualSd: Math.sqrt(best.ssr / df),
    df,
    peak: peakOf(best.at),
    limit: limitOf(best, df, level),
    retrograde: best.at.coherency > 0 && without.ssr > best.ssr * (1 + t ** 2 / df),
  };
}

function limitOf({ at, covariances }: UslPoint, df: number, level: number): Interval | undefined {
  if (at.contention === 0) return undefined;
  const estimate = (name: 'contention' | 'unit') => ({ value: at[name], error: Math.sqrt(covariances[name][name]) });
  const covariance = covariances.unit.contention;
  return fiellerRatio(estimate('unit'), estimate('contention'), { df, covariance, level });
}

/** Whether a law with a contention below 0, as no queue has, fits clearly better: superlinear points are named, not clipped. */
function risesFaster(load: readonly number[], throughput: readonly number[], best: UslPoint): boolean {
  if (best.at.contention > 0) return false;
  const free = uslSearch(load, throughput, best.at, ['contention', 'coherency', 'unit']);
  const df = load.length - 3;
  const t = studentTQuantile(0.975, df);
  return free.at.contention < 0 && best.ssr > free.ssr * (1 + t ** 2 / df);
}

function around(best: UslPoint, name: keyof UslCoefficients, t: number): Coefficient {
  const [value, reach] = [best.at[name], t * Math.sqrt(best.covariances[name][name])];
  return { kind: 'interval', value, low: value - reach, high: value + reach };
}

function refusal(load: readonly number[], throughput: readonly number[]): string | undefined {
  const distinct = new Set(load).size;
  if (load.length !== throughput.length) return `there are ${load.length} loads but ${throughput.length} throughputs`;
  if (distinct < fewest) return `the law needs ${fewest} different loads, and there are ${distinct}`;
  if (load.some((n) => !(n >= 1)))
    return `the law says nothing below a concurrency of 1, and the lowest is ${Math.min(...load)}`;
  if (throughput.some((x) => !(x > 0))) return 'the law needs throughput above 0 everywhere';
  return undefined;
}

/** N/X = 1/γ + (α/γ)(N − 1) + (β/γ)N(N − 1) is linear: a start, not an answer, for it weighs the points otherwise. */
function linearStart(load: readonly number[], throughput: readonly number[]): UslCoefficients {
  const top = Math.max(...load);
  const { weights } = new MultivariateLinearRegression(
    load.map((n) => [(n - 1) / top, (n * (n - 1)) / top ** 2]),
    load.map((n, i) => [n / (throughput[i] ?? 1)]),
    { statistics: false },
  );
  const [first = 0, second = 0, constant = 0] = weights.map(([w]) => w);
  const unit = constant > 0 ? 1 / constant : Math.max(...load.map((n, i) => (throughput[i] ?? 0) / n));
  return {
    contention: Math.max(1e-3, (first / top) * unit),
    coherency: Math.max(1e-6, (second / top ** 2) * unit),
    unit,
  };
}

/** How far a coefficient at 0 can rise before the misfit, with the others fitted anew, grows by t² variances. */
function profileEnd(
  load: readonly number[],
  throughput: readonly number[],
  best: UslPoint,
  name: 'contention' | 'coherency',
  growth: number,
): number {
  const excess = (value: number) => {
    const held = { [name]: value };
    return uslBounded(load, throughput, { ...best.at, ...held }, held).ssr - best.ssr * (1 + growth);
  };
  let top = 1 / Math.max(...load) ** 2;
  while (excess(top) < 0 && top < 1e6) top *= 2;
  return bisect(excess, 0, top, 60, top * 1e-4);
}

function peakOf(law: UslCoefficients): { readonly load: number; readonly throughput: number } | undefined {
  if (law.coherency === 0 || law.contention >= 1) return undefined;
  const load = Math.sqrt((1 - law.contention) / law.coherency);
  return { load, throughput: uslThroughput(law, load) };
}
