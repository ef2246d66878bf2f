import { MultivariateLinearRegression } from 'ml-regression';
import { sum } from 'simple-statistics';
import { uslSlopes } from './usl-slopes.ts';
import { type UslCoefficients, uslThroughput } from './usl-throughput.ts';

type Name = keyof UslCoefficients;

/** A step that lowers the misfit by less than this share ends the search: coefficients then stand to a millionth of their errors. */
const settledAt = 1e-13;

/** The covariances of the coefficients, 0 where one was held. */
export type UslCovariances = Readonly<Record<Name, UslCoefficients>>;

/** Where a search ended: the coefficients, the sum of squares left, and the covariances of those that were free. */
export type UslPoint = { readonly at: UslCoefficients; readonly ssr: number; readonly covariances: UslCovariances };

/**
 * Least squares on throughput over some of the law's coefficients, the rest held as they are: Levenberg and Marquardt's method
 * (Marquardt 1963), each step a regression by ml-regression on columns brought to length one. Knows no bounds.
 */
export function uslSearch(
  load: readonly number[],
  throughput: readonly number[],
  start: UslCoefficients,
  free: readonly Name[],
): UslPoint {
  let at = start;
  let ssr = misfit(load, throughput, at);
  let damping = 1e-3;
  for (let round = 0; round < 300 && damping < 1e14; round++) {
    const step = move(load, throughput, at, free, damping);
    const next = misfit(load, throughput, step);
    const isBetter = next <= ssr;
    const settled = isBetter && ssr - next <= settledAt * ssr;
    damping = isBetter ? damping / 10 : damping * 10;
    if (isBetter) {
      at = step;
      ssr = next;
    }
    if (settled) break;
  }
  return { at, ssr, covariances: covariancesAt(load, throughput, at, free) };
}

/** Infinite where the law has no meaning: its denominator must stay above 0. */
function misfit(load: readonly number[], throughput: readonly number[], at: UslCoefficients): number {
  const fitted = load.map((n) => uslThroughput(at, n));
  if (!(at.unit > 0) || fitted.some((x) => !(x > 0))) return Number.POSITIVE_INFINITY;
  return sum(fitted.map((x, i) => ((throughput[i] ?? 0) - x) ** 2));
}

function columns(load: readonly number[], at: UslCoefficients, free: readonly Name[]) {
  return free.map((name) => {
    const raw = load.map((n) => uslSlopes(at, n)[name]);
    const length = Math.hypot(...raw);
    return { name, length, unit: raw.map((value) => value / length) };
  });
}

function move(
  load: readonly number[],
  throughput: readonly number[],
  at: UslCoefficients,
  free: readonly Name[],
  damping: number,
): UslCoefficients {
  const sides = columns(load, at, free);
  const rows = load.map((_, i) => sides.map((side) => side.unit[i] ?? 0));
  const brakes = sides.map((_, j) => sides.map((__, k) => (j === k ? Math.sqrt(damping) : 0)));
  const residuals = load.map((n, i) => [(throughput[i] ?? 0) - uslThroughput(at, n)]);
  const { weights } = new MultivariateLinearRegression([...rows, ...brakes], [...residuals, ...sides.map(() => [0])], {
    intercept: false,
    statistics: false,
  });
  const changes = sides.map(({ name, length }, j) => [name, at[name] + (weights[j]?.[0] ?? 0) / length] as const);
  return { ...at, ...Object.fromEntries(changes) };
}

function covariancesAt(
  load: readonly number[],
  throughput: readonly number[],
  at: UslCoefficients,
  free: readonly Name[],
): UslCovariances {
  const sides = columns(load, at, free);
  const { stdErrorMatrix } = new MultivariateLinearRegression(
    load.map((_, i) => sides.map((side) => side.unit[i] ?? 0)),
    load.map((n, i) => [(throughput[i] ?? 0) - uslThroughput(at, n)]),
    { intercept: false },
  );
  const between = (one: Name, other: Name): number => {
    const [j, k] = [free.indexOf(one), free.indexOf(other)];
    return j < 0 || k < 0 ? 0 : stdErrorMatrix.get(j, k) / (sides[j]?.length ?? 1) / (sides[k]?.length ?? 1);
  };
  const row = (one: Name): UslCoefficients => ({
    contention: between(one, 'contention'),
    coherency: between(one, 'coherency'),
    unit: between(one, 'unit'),
  });
  return { contention: row('contention'), coherency: row('coherency'), unit: row('unit') };
}
