import { mean, sum } from 'simple-statistics';
import type { Interval } from '../model/interval.ts';
import { line } from './line.ts';
import { studentTQuantile } from './student-t-quantile.ts';

/** Two straight segments that meet at a knee: y = intercept + slope · x + bend · max(0, x − knee). */
export type TwoSegment = {
  readonly intercept: number;
  readonly slope: number;
  readonly bend: number;
  /** The knee with its profile-likelihood interval; an end at the first or last x means that it is open there. */
  readonly knee: Interval & { readonly kind: 'interval' };
  readonly residualSd: number;
  /** BIC of one straight line less that of the two segments: 6 or more is strong evidence for a knee (Raftery 1995). */
  readonly margin: number;
};

/** Knees tried between two neighbouring x, besides the x themselves. */
const between = 32;
/** A misfit below this share of the total sum of squares is rounding. */
const resolution = 1e-14;

/**
 * The continuous two-segment regression with every knee of a fine grid tried, and the knees that F(1, n − 4) does not reject as its interval
 * (Seber & Wild 1989, 9.3). A knee lies between the second and the second last x: before and after there is only one point.
 * Undefined for fewer than six points or five different x.
 *
 * @example twoSegment([1, 2, 3, 4, 5, 6], [0, 0, 0, 1, 2, 3])?.knee.value // => 3
 */
export function twoSegment(x: readonly number[], y: readonly number[], level = 0.95): TwoSegment | undefined {
  const steps = [...new Set(x)].sort((a, b) => a - b);
  const height = mean(y);
  const floor = resolution * sum(y.map((value) => (value - height) ** 2));
  if (x.length < 6 || steps.length < 5 || floor === 0) return undefined;
  const fit = withHinge(x, y);
  const tried = grid(steps.slice(1, -1)).map(fit);
  const best = tried.reduce((least, one) => (one.ssr < least.ssr ? one : least));
  const df = x.length - 4;
  const most = Math.max(best.ssr, floor) * (1 + studentTQuantile((1 + level) / 2, df) ** 2 / df);
  const kept = tried.filter((one) => one.ssr <= most).map((one) => one.knee);
  const straight = best.ssr + best.gain;
  return {
    intercept: best.intercept,
    slope: best.slope,
    bend: best.bend,
    knee: { kind: 'interval', value: best.knee, ...opened(kept, steps) },
    residualSd: Math.sqrt(best.ssr / df),
    margin: x.length * Math.log(Math.max(straight, floor) / Math.max(best.ssr, floor)) - 2 * Math.log(x.length),
  };
}

/** The least-squares fit for one knee: what the line leaves of y, regressed on what it leaves of the hinge (Frisch & Waugh 1933). */
function withHinge(x: readonly number[], y: readonly number[]) {
  const straight = line(x, y);
  const around = x.map((at) => at - straight.center);
  const total = sum(straight.residuals.map((e) => e * e));
  return (knee: number) => {
    const hinge = x.map((at) => Math.max(0, at - knee));
    const lift = mean(hinge);
    const tilt = sum(hinge.map((h, i) => h * (around[i] ?? 0))) / straight.spread;
    const rest = hinge.map((h, i) => h - lift - tilt * (around[i] ?? 0));
    const shared = sum(rest.map((r, i) => r * (straight.residuals[i] ?? 0)));
    const bend = shared / sum(rest.map((r) => r * r));
    const gain = bend * shared;
    const slope = straight.slope - bend * tilt;
    const intercept = straight.intercept - bend * (lift - tilt * straight.center);
    return { knee, bend, slope, intercept, gain, ssr: Math.max(0, total - gain) };
  };
}

/** Every knee of the grid, lowest first. */
const grid = (inner: readonly number[]): readonly number[] =>
  inner.flatMap((low, i) => {
    const high = inner[i + 1];
    if (high === undefined) return [low];
    return Array.from({ length: between }, (_, k) => low + ((high - low) * k) / between);
  });

/** An interval that reaches the last knee tried is open up to the end of x. */
function opened(kept: readonly number[], steps: readonly number[]): { readonly low: number; readonly high: number } {
  const [low = 0, high = 0] = [kept[0], kept.at(-1)];
  return {
    low: low === steps[1] ? (steps[0] ?? low) : low,
    high: high === steps.at(-2) ? (steps.at(-1) ?? high) : high,
  };
}
