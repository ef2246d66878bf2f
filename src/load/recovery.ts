import { duration, number } from '../model/in-words.ts';
import type { Recovery } from '../model/load-record.ts';
import { type Seconds, seconds } from '../model/units.ts';
import { quantile } from './histogram.ts';
import { endedOf, type Snapshot, since } from './tally.ts';

/** So many of the last probing requests are looked at. */
const probes = 5;
/** Latency is back when the median of the last probes is at most so many times what it was at low load. */
const near = 2;

/** How long (s) each probe took that ended between two copies of the tallies; one that failed took for ever. */
export function probesBetween(before: Snapshot, now: Snapshot): readonly number[] {
  const watched = since(now.phases.watch, before.phases.watch);
  const { completed, good } = endedOf(watched);
  const took = quantile(watched.service, 0.5, 1) ?? Number.POSITIVE_INFINITY;
  return [...Array<number>(good).fill(took), ...Array<number>(completed - good).fill(Number.POSITIVE_INFINITY)];
}

/**
 * Whether latency is back near `baseline` (s), from the response times of the probes so far in their order; a probe that failed took Infinity.
 * Probes are sent `every` seconds from the beginning of the watch: it was back when the first of the last five was sent.
 */
export function recovered(responses: readonly number[], baseline: number, every: number): Seconds | undefined {
  const last = responses.slice(-probes);
  if (last.length < probes) return undefined;
  const median = last.toSorted((a, b) => a - b)[Math.floor(probes / 2)] ?? Number.POSITIVE_INFINITY;
  return median <= near * baseline ? seconds((responses.length - probes) * every) : undefined;
}

/** What is told where latency did not come back. */
export function notRecovered(responses: readonly number[], baseline: number, watched: Seconds): Recovery {
  const last = responses.slice(-probes);
  const answered = last.filter(Number.isFinite);
  const worst = answered.length === 0 ? '' : `, the others took up to ${duration(Math.max(...answered))}`;
  const because =
    responses.length < probes
      ? `only ${number(responses.length)} probing requests ended`
      : `${last.length - answered.length} of the last ${last.length} probing requests failed${worst}; ${duration(baseline)} was usual`;
  return { kind: 'not-recovered', watched, because };
}
