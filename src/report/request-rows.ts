import { duration, percent, rate } from '../model/in-words.ts';
import type { Report } from '../model/report.ts';
import { latencyIn } from './load-steps.ts';

type Step = Report['load']['steps'][number];

/** One request of the script in words. */
export type RequestRow = {
  readonly name: string;
  readonly offered: string;
  readonly p50: string;
  readonly p95: string;
  readonly p99: string;
  readonly errors: string;
  /** Which errors, the most frequent first. */
  readonly which: string;
  /** The slowest of its traced requests that was kept, if any. */
  readonly trace: string;
};

/** The requests of one step: that with the most load of those that count. Nothing where there is but one kind of request, which the step itself tells. */
export function requestRows({ load }: Report): { readonly title: string; readonly rows: readonly RequestRow[] } {
  const told = load.steps.filter(({ requests }) => (requests?.length ?? 0) > 1);
  const counting = told.filter(({ aside }) => aside === null);
  const [busiest] = (counting.length > 0 ? counting : told).toSorted((a, b) => b.offered - a.offered);
  if (busiest === undefined) return { title: '', rows: [] };
  return {
    title: `Requests at ${rate(busiest.offered)}${arrivalsIn(busiest)}`,
    rows: (busiest.requests ?? []).map((request) => ({
      name: request.name,
      offered: rate(request.offered),
      p50: latencyIn(request, 0.5, request.p50),
      p95: latencyIn(request, 0.95, request.p95),
      p99: latencyIn(request, 0.99, request.p99),
      errors: percent(request.errors),
      which: byFrequency(request.errorsByClass),
      trace: traceOf(busiest, request.name),
    })),
  };
}

const arrivalsIn = ({ arrivals }: Step): string => (arrivals === undefined ? '' : `, in ${rate(arrivals)} arrivals`);

function byFrequency(counts: Readonly<Record<string, number>>): string {
  const ranked = Object.entries(counts).toSorted(([, a], [, b]) => b - a);
  return ranked.map(([name]) => name).join(', ');
}

function traceOf({ slowest }: Step, name: string): string {
  const slow = slowest?.find((one) => one.name === name);
  return slow === undefined ? '' : `${duration(slow.took)}: ${slow.trace}`;
}
