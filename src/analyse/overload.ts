import type { Sheet, Window } from '../model/sheet.ts';
import { lengthOf } from '../model/span.ts';
import { median } from '../stats/median.ts';
import type { View } from './view.ts';

/** Goodput this much below the load, beyond counting noise, no longer follows it. */
const shortfall = 0.03;
/** Work inside that grows by this share of the load every second is not sustained. */
const growth = 0.02;
/** Three standard deviations. */
const noise = 3;
/** Where only answers are counted: latency at this multiple of low load, at a rate of answers within the other of the highest. */
const slower = 3;
const nearTop = 0.05;
const spread = 2;

/** For each window of the view: whether the target fell behind the load there. */
export function overloadOf(sheet: Sheet, view: View): readonly boolean[] {
  return sheet.axis === 'arrivals' ? view.windows.map(fallsBehind) : stuckAtTop(view);
}

function fallsBehind(window: Window): boolean {
  const counting = noise * Math.sqrt(Math.max(1, window.load) / lengthOf(window.span));
  if (window.goodput < window.load * (1 - shortfall) - counting) return true;
  return pilesUp(window);
}

function pilesUp(window: Window): boolean {
  if (!window.inFlight) return false;
  const more = window.inFlight.growth * lengthOf(window.span);
  return (
    more > Math.max(5, noise * Math.sqrt(Math.max(1, window.inFlight.mean))) &&
    window.inFlight.growth > growth * window.load
  );
}

/** On a throughput axis: at least two windows near the highest rate, slower than at low load, one much slower than another, or work piling up. */
function stuckAtTop(view: View): readonly boolean[] {
  const latency = (window: Window): number | undefined => window.latency.mean ?? window.latency.p50;
  const low = view.windows.filter((_, i) => view.low.includes(i)).flatMap((window) => latency(window) ?? []);
  const top = Math.max(0, ...view.windows.map((window) => window.throughput));
  const base = low.length > 0 ? median(low) : undefined;
  const atTop = view.windows.map(
    (window) =>
      window.throughput >= (1 - nearTop) * top && base !== undefined && (latency(window) ?? 0) >= slower * base,
  );
  const times = view.windows.flatMap((window, i) => (atTop[i] ? (latency(window) ?? []) : []));
  const stuck = times.length >= 2 && Math.max(...times) >= spread * Math.min(...times);
  return view.windows.map((window, i) => (atTop[i] === true && (stuck || pilesUp(window))) || false);
}

/** The first position from which on the target stays behind, one lapse in four allowed. */
export function plateauFrom(overloaded: readonly boolean[]): number | undefined {
  const start = overloaded.findIndex((over, i) => {
    const rest = overloaded.slice(i);
    return over && rest.filter(Boolean).length >= 0.75 * rest.length;
  });
  return start < 0 ? undefined : start;
}
