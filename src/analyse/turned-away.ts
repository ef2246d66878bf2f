import { timeIn } from '../model/cell.ts';
import type { Window } from '../model/sheet.ts';
import type { Range } from './plateau.ts';
import { shortfall } from './shortfall.ts';

const two = 1.96;

/**
 * The rate of good answers at the load from which on 3 % fail, for good: between the last window in which fewer did and the next. Failures go up by a power of the load there, as the loss of a
 * full group of servers does (Erlang's B far from full); the interval comes from how many were counted, and from a straight line instead. Up to the goodput of that next window it may be called carried.
 *
 * @param windows by rising load
 */
export function followedUpTo(windows: readonly Window[]): Range | undefined {
  const at = windows.findLastIndex((window) => failing(window).share < shortfall);
  const [last, first] = [windows[at], windows[at + 1]];
  if (!last || !first) return undefined;
  const [a, b] = [failing(last), failing(first)];
  const rates = [-1, 0, 1].map((side) => byPower(last.load, first.load, spread(a, side), spread(b, side)));
  const straight = last.load + (first.load - last.load) * inside((shortfall - a.share) / (b.share - a.share));
  const all = [...rates, straight].map((load) => (1 - shortfall) * load);
  return { value: all[1] ?? 0, low: Math.min(...all), high: Math.max(...all, first.goodput) };
}

/** The load at which the shortfall lies between two shares that fail. */
function byPower(from: number, to: number, low: number, high: number): number {
  return from * (to / from) ** inside(Math.log(shortfall / low) / Math.log(high / low));
}

const inside = (way: number): number => Math.min(1, Math.max(0, way));

type Failing = { readonly share: number; readonly count: number };

/** Half a failure is added, so that none counted is not none at all. */
function failing(window: Window): Failing {
  const { throughput, goodput } = window;
  const count = (throughput - goodput) * timeIn(window) + 0.5;
  return { share: count / (throughput * timeIn(window) + 1), count };
}

const spread = ({ share, count }: Failing, side: number): number => share * Math.exp((side * two) / Math.sqrt(count));
