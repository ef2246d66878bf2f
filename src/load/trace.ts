import { draw } from './draw.ts';
import { hexOf } from './hex-of.ts';

/** A traced request that took long: which of the script's requests, its trace, and how long (s) since it was due. */
export type Slow = { readonly request: number; readonly trace: string; readonly took: number };

/** So many of the slowest are kept of each window. */
const kept = 5;
/** Lanes of `draw` for traces. */
const traceLane = 3_000_000;

/**
 * Gives one in `every` requests a trace id (W3C Trace Context: 32 hexadecimal digits, the last 16 drawn by chance, as samplers expect), and no id without `every`.
 * The same seed draws the same ids, so the first 16 are of the run.
 */
export function tracerOf(every: number | undefined, run: string, seed: number): (number: number) => string | undefined {
  if (every === undefined) return () => undefined;
  const first = hexOf(run).slice(0, 16);
  const word = (number: number, lane: number): string =>
    Math.floor(draw(seed, number, traceLane + lane) * 2 ** 32)
      .toString(16)
      .padStart(8, '0');
  return (number) => (number % every === 0 ? `${first}${word(number, 0)}${word(number, 1)}` : undefined);
}

/** The header that carries a trace; the id of its span is the number of the request. */
export const traceparent = (trace: string, number: number): string =>
  `00-${trace}-${(number + 1).toString(16).padStart(16, '0')}-01`;

/** The slowest few of some and one more. */
export function slowestOf(some: readonly Slow[], more: Slow): readonly Slow[] {
  const least = some.at(-1);
  if (some.length === kept && least !== undefined && least.took >= more.took) return some;
  return slowestFirst([...some, more]);
}

/** The slowest few, the slowest first. */
export const slowestFirst = (all: readonly Slow[]): readonly Slow[] =>
  all.toSorted((a, b) => b.took - a.took).slice(0, kept);
