import type { LoadWindow } from '../model/load-record.ts';

/** The shortest time (s) from the beginning of one window to that of the next; endless where there is one only. */
export function stepOf(windows: readonly LoadWindow[]): number {
  const begins = windows.map(({ span }) => span.from);
  return Math.min(...begins.slice(1).map((begin, i) => begin - (begins[i] ?? begin)));
}
