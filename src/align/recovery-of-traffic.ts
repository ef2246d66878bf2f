import { duration, rate } from '../model/in-words.ts';
import type { LoadRecord, LoadWindow, Recovery } from '../model/load-record.ts';
import { seconds } from '../model/units.ts';

/** Latency at this multiple of the usual is overload, and within the other it is back. */
const slow = 5;
const near = 2;

/** Where only answers are counted, overload makes fewer of them too: the load has surely gone down where they are no more than this share of what they were in it. */
const plainlyFewer = 0.75;

/** A window whose latency is known. */
type Timed = { readonly window: LoadWindow; readonly took: number };

/**
 * Whether latency came back after the last overload in traffic that others made: from the first window on that answers no more than was once carried
 * at ease, until one in which answers are as fast as they used to be. Undefined where there was no overload, or the load never went down.
 * Where latency stays up at a rate that was carried before, the overload keeps itself alive (retries, queues of abandoned work).
 *
 * @param axis whether it is known what was asked for, or only what was answered
 */
export function recoveryOfTraffic(
  windows: readonly LoadWindow[],
  axis: LoadRecord['axis'] = 'throughput',
): Recovery | undefined {
  const timed = windows.flatMap((window): readonly Timed[] => {
    const took = window.latency.mean ?? window.latency.p50;
    return took === undefined ? [] : [{ window, took }];
  });
  const usual = quartile(timed.map(({ took }) => took));
  const began = lastOverload(timed, usual);
  if (began === undefined) return undefined;
  const eased = timed.slice(0, began).filter(({ took }) => took <= near * usual);
  const carried = Math.max(0, ...eased.map(({ window }) => window.throughput));
  const since = timed.slice(began);
  const most = Math.max(0, ...since.map(({ window }) => window.offered));
  const isBack = ({ took }: Timed): boolean => took <= near * usual;
  // Of answers alone nobody knows when the load went down: that latency is back at once where they are fewer says nothing of how long it took.
  const isTold = (found: Recovery | undefined): boolean =>
    axis === 'arrivals' || found?.kind !== 'recovered' || found.after > 0;
  const isLess = ({ window }: Timed): boolean => axis === 'arrivals' || window.offered <= plainlyFewer * most;
  const first = since.findIndex((one) => one.window.offered <= carried && (isLess(one) || isBack(one)));
  if (first < 0) return undefined;
  const found = told(
    since.slice(first).filter(({ window }) => window.offered <= carried),
    usual,
  );
  return isTold(found) ? found : undefined;
}

function told(after: readonly Timed[], usual: number): Recovery | undefined {
  const [first, last] = [after[0], after.at(-1)];
  if (!first || !last) return undefined;
  const back = after.find(({ took }) => took <= near * usual);
  const from = first.window.span.from;
  if (back) return { kind: 'recovered', after: seconds(back.window.span.from - from) };
  return {
    kind: 'not-recovered',
    watched: seconds(last.window.span.to - from),
    because: `answers still took ${duration(last.took)} at ${rate(last.window.throughput)}; ${duration(usual)} was usual`,
  };
}

/** Where the last unbroken stretch of overload began; undefined where there was none. */
function lastOverload(timed: readonly Timed[], usual: number): number | undefined {
  const over = timed.map(({ took }) => took >= slow * usual);
  const last = over.lastIndexOf(true);
  return last < 0 ? undefined : over.lastIndexOf(false, last) + 1;
}

function quartile(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 4)] ?? 0;
}
