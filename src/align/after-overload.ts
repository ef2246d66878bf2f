import type { LoadWindow } from '../model/load-record.ts';

/** Answers that take this many times as long as usual are slow. */
const slow = 3;
/** As many were answered before in no more than this share of the time. */
const half = 0.5;
/** Loads closer together than this are about the same. */
const further = 1.07;

const left = 'what an overload before it had left was still inside';

/** A window with how long its answers took (s). */
type Timed = { readonly window: LoadWindow; readonly took: number };

/**
 * Marks the windows after an overload in which the target was still busy with what that left: the load has gone down and fewer are inside, and answers are still slow
 * although as many were answered in half the time before. Their load says nothing of what they show. Where users wait for their answers, more of them inside and
 * fewer answers is no such thing, but what overload does.
 *
 * @param windows in the order of time
 */
export function steadiedTraffic(windows: readonly LoadWindow[]): readonly LoadWindow[] {
  const usual = lowerQuartile(windows.flatMap((window) => tookIn(window) ?? []));
  const before: Timed[] = [];
  let over: Timed | undefined;
  return windows.map((window) => {
    const took = tookIn(window);
    if (took === undefined) return window;
    const timed = { window, took };
    const isLeft = took >= slow * usual && over !== undefined && isOf(over, timed) && before.some(fasterThan(timed));
    if (!isLeft) over = took >= slow * usual ? timed : undefined;
    before.push(timed);
    return isLeft ? { ...window, unsteady: left } : window;
  });
}

const isOf = (over: Timed, { window, took }: Timed): boolean =>
  further * window.offered <= over.window.offered && insideOf({ window, took }) <= insideOf(over);

const fasterThan =
  ({ window, took }: Timed) =>
  (other: Timed): boolean =>
    other.window.goodput >= window.offered && other.took <= half * took;

/** How many are inside, by Little's law. */
const insideOf = ({ window, took }: Timed): number => window.throughput * took;

const tookIn = ({ latency }: LoadWindow): number | undefined => latency.mean ?? latency.p50;

function lowerQuartile(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 4)] ?? 0;
}
