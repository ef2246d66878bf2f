import { further } from '../model/further.ts';
import type { LoadWindow } from '../model/load-record.ts';
import { shortfall } from '../model/shortfall.ts';
import { lengthOf } from '../model/span.ts';

/** Answers that take this many times as long as usual are slow. */
const slow = 3;
/** As many were answered before in no more than this share of the time. */
const half = 0.5;

const left = 'what an overload before it had left was still inside';
const stuck = 'the target had not come back from an overload before it: it had carried as much';

/** Work inside that shrinks by this share of the load every second, and by three standard deviations of what is inside, is what another load left. */
const shrinking = 0.02;
const noise = 3;
const fewest = 5;

/** Marks the windows after a higher load, in which the target worked off what that had left, or had not come back from it. */
export function afterHigher(windows: readonly LoadWindow[]): readonly LoadWindow[] {
  return windows.map((window, i) => {
    const higher = windows.slice(0, i).filter((before) => before.offered >= further * window.offered);
    if (higher.length > 0 && isEmptying(window)) return { ...window, unsteady: window.unsteady ?? left };
    const isStuck = higher.some(fallsBehind) && fallsBehind(window) && windows.slice(0, i).some(carriedAsMuch(window));
    return isStuck ? { ...window, unsteady: window.unsteady ?? stuck } : window;
  });
}

/** Whether plainly fewer were answered well than were asked for; of others' traffic, as far as it was answered. What a cell of days shows has no place in time. */
const fallsBehind = ({ offered, goodput, cell }: LoadWindow): boolean =>
  cell === undefined && goodput < (1 - shortfall) * offered;

const carriedAsMuch =
  (window: LoadWindow) =>
  (before: LoadWindow): boolean =>
    further * before.offered >= window.offered && !fallsBehind(before);

function isEmptying({ inFlight, offered, span, health }: LoadWindow): boolean {
  if (!inFlight || health.verdict === 'foreign') return false;
  const fewer = -inFlight.growth * lengthOf(span);
  return (
    fewer > Math.max(fewest, noise * Math.sqrt(Math.max(1, inFlight.mean))) && -inFlight.growth > shrinking * offered
  );
}

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
