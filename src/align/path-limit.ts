import type { Collected } from '../model/collected.ts';
import { number, percent } from '../model/in-words.ts';
import type { LoadWindow, StepRecord } from '../model/load-record.ts';
import { numberOf } from '../model/reading.ts';
import type { Aside, Row } from '../model/sheet.ts';
import { lengthOf } from '../model/span.ts';
import { sumOf } from './measure.ts';

/** Fewer connections than this that do not come about are strays. */
const noticeable = 0.01;
/** Answers are as fast as ever up to this multiple of the fastest window's median. */
const asFast = 1.5;
/** Three standard deviations of a count. */
const noise = 3;

/**
 * A window in which connections did not come about although the target was well: those that were made were answered as fast as ever, the target saw no more
 * arrivals than it answered, and nothing that is observed of it refused or dropped anything. What failed lies between the generator and the target.
 */
export function pathLimit(
  index: number,
  windows: readonly LoadWindow[],
  rows: readonly Row[],
  traffic: Collected['traffic'],
): Aside | undefined {
  const window = windows[index];
  const failed = window && failedIn(window);
  if (!window || !failed || !traffic || !isCalm(window, windows) || refusesAnything(index, rows)) return undefined;
  const { from, to } = window.span;
  const arrived = sumOf(traffic.completions, 'counter', from, to, traffic.interval)?.value;
  const missing = failed.count / lengthOf(window.span);
  if (arrived === undefined || window.offered - arrived < missing / 2) return undefined;
  if (arrived > window.throughput + noise * Math.sqrt(Math.max(1, arrived) / lengthOf(window.span))) return undefined;
  const share = percent(failed.count / failed.of);
  return {
    kind: 'generator-limited',
    because: `${share} of the requests (${number(failed.count)}) got no connection, while those that did were answered as fast as ever and the target saw neither arrivals nor drops: the limit was the path from the generator to it, such as the ports of an address translation`,
  };
}

function failedIn(window: LoadWindow): { readonly count: number; readonly of: number } | undefined {
  if (!isStep(window) || window.completed === 0) return undefined;
  const count = window.errorsByClass.unreachable ?? 0;
  return count >= noticeable * window.completed ? { count, of: window.completed } : undefined;
}

const isStep = (window: LoadWindow): window is StepRecord => 'errorsByClass' in window;

function isCalm({ latency }: LoadWindow, windows: readonly LoadWindow[]): boolean {
  const best = Math.min(...windows.flatMap((window) => window.latency.p50 ?? []));
  return latency.p50 !== undefined && latency.p50 <= asFast * best;
}

const refusesAnything = (index: number, rows: readonly Row[]): boolean =>
  rows.some(({ role, readings, floor }) => role === 'refusals' && (numberOf(readings[index]) ?? 0) > floor);
