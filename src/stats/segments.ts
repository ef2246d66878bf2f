import { median } from 'simple-statistics';

/**
 * Cuts a sequence into stretches of constant mean: optimal partitioning of the squared error with a penalty per cut
 * (Jackson et al. 2005), noise measured from the median absolute difference of neighbours, so that steps do not inflate it,
 * and no less than what is known of it otherwise.
 * A cut must pay for itself three times over by BIC's price, 3·2·σ²·ln n; every stretch has at least `least` points. O(n²).
 *
 * @param noise standard deviation of a point at least
 * @returns the index of the first point of each stretch, rising, starting with 0
 * @example segments([1, 1, 1, 1, 9, 9, 9, 9], 2) // => [0, 4]
 */
export function segments(values: readonly number[], least: number, noise = 0): readonly number[] {
  const n = values.length;
  if (n < 2 * least) return n === 0 ? [] : [0];
  const penalty = 6 * Math.max(noise ** 2, noiseVariance(values)) * Math.log(n);
  const cost = squaredErrors(values);
  const best = [0];
  const cut = [0];
  for (let end = 1; end <= n; end += 1) {
    const found = cheapest(end, least, best, (start) => cost(start, end) + (start > 0 ? penalty : 0));
    best[end] = found.total;
    cut[end] = found.start;
  }
  return trace(cut, n);
}

function cheapest(end: number, least: number, best: readonly number[], price: (start: number) => number) {
  let found = { start: 0, total: Number.POSITIVE_INFINITY };
  for (let start = 0; start <= end - least; start += 1) {
    const total = (best[start] ?? Number.POSITIVE_INFINITY) + price(start);
    if (total < found.total) found = { start, total };
  }
  return found;
}

function noiseVariance(values: readonly number[]): number {
  const differences = values.slice(1).map((value, i) => Math.abs(value - (values[i] ?? 0)));
  const sigma = (1.4826 * median(differences)) / Math.SQRT2;
  const scale = Math.max(...values.map(Math.abs), 1e-9);
  return Math.max(sigma, 0.002 * scale) ** 2;
}

function squaredErrors(values: readonly number[]): (start: number, end: number) => number {
  const sums = [0];
  const squares = [0];
  for (const value of values) {
    sums.push((sums.at(-1) ?? 0) + value);
    squares.push((squares.at(-1) ?? 0) + value * value);
  }
  return (start, end) => {
    const sum = (sums[end] ?? 0) - (sums[start] ?? 0);
    const square = (squares[end] ?? 0) - (squares[start] ?? 0);
    return Math.max(0, square - (sum * sum) / (end - start));
  };
}

function trace(cut: readonly number[], n: number): readonly number[] {
  const starts: number[] = [];
  for (let end = n; end > 0; end = cut[end] ?? 0) starts.unshift(cut[end] ?? 0);
  return starts;
}
