import type { Latency, RequestRecord, StepRecord } from '../model/load-record.ts';
import type { Step } from '../model/plan.ts';
import type { Span } from '../model/span.ts';
import { toldQuantiles } from '../model/told-quantiles.ts';
import { type PerSecond, perSecond, ratio, seconds } from '../model/units.ts';
import { quantileRange } from '../stats/quantile-range.ts';
import { judge } from './health.ts';
import { boundsOf, quantile, sparse, totalOf } from './histogram.ts';
import { endedOf, type PhaseCounts, type RequestCounts, type Snapshot, since } from './tally.ts';
import { type Slow, slowestFirst } from './trace.ts';
import type { WindowEnd } from './window-watch.ts';

/** What is known of a window once its step is over: copies of the tallies before and after it, and what each worker told of it (undefined: nothing). */
export type StepOutcome = {
  readonly step: Step;
  readonly span: Span;
  readonly before: Snapshot;
  readonly after: Snapshot;
  readonly ends: readonly (WindowEnd | undefined)[];
  /** The names of the script's requests, in the order in which they are counted. */
  readonly names: readonly string[];
  /** Which of them begin what an arrival does, where some arrivals make several. */
  readonly firsts?: readonly number[];
  /** The slowest traced requests of the window, of all workers. */
  readonly slowest: readonly Slow[];
  /** Requests of users that the limit on the rate held back. */
  readonly held?: number;
  /** How many users there were, and by how much the rate rose; undefined where arrivals waited for nothing, or where it did not. */
  readonly users?: number | undefined;
  readonly rise?: number | undefined;
  readonly complete: boolean;
  readonly stopped: { readonly why: string; readonly safety: boolean } | undefined;
};

/**
 * The record of one window of a step. Where it is the only one, counts, errors, latency and histograms are of the requests that were due in it, whenever they ended;
 * of windows that follow each other without a pause they are of the requests that ended in each. Throughput and goodput are always the answers that came
 * while it lasted, whenever they were due: where in-flight grows the two differ, as they must. Rates are 0 where the window never began.
 */
export function stepRecord(outcome: StepOutcome): StepRecord {
  const { step, span, before, after, ends, names, firsts = [], complete, stopped } = outcome;
  const measured = since(after.phases.measure, before.phases.measure);
  const { completed, good, failed, answered } = endedOf(measured);
  const length = span.to - span.from;
  const rate = (count: number) => perSecond(length > 0 ? count / length : 0);
  const offered = rate(measured.intended);
  return {
    step,
    span,
    offered,
    throughput: rate(after.answersInTime - before.answersInTime),
    goodput: rate(after.goodInTime - before.goodInTime),
    errors: ratio(completed === 0 ? 0 : failed / completed),
    latency: latencyOf(measured),
    inFlight: inFlightOf(ends),
    health: judge({
      offered,
      intended: measured.intended,
      sent: measured.sent,
      shedLate: measured.shed.get('lag') ?? 0,
      shedByCap: measured.shed.get('cap') ?? 0,
      held: outcome.held,
      lagP99: quantile(measured.lag, 0.99, 1),
      responseP99: quantile(measured.response, 0.99, 1),
      localErrors: after.localErrors - before.localErrors,
      notConnected: measured.connectFailures,
      answered,
      workers: length > 0 ? ends.map((end) => end?.vitals) : [],
    }),
    complete,
    sent: measured.sent,
    completed,
    good,
    errorsByClass: counted(measured.outcomes, 'good'),
    shed: counted(measured.shed),
    ...(firsts.length === 0 ? {} : { arrivals: rate(begun(measured, firsts)) }),
    requests: names.flatMap((name, at) => requestRecord(name, measured.requests[at], rate)),
    slowest: slowestFirst(outcome.slowest).map(({ request, trace, took }) => ({
      name: names[request] ?? '',
      trace,
      took: seconds(took),
    })),
    response: sparse(measured.response),
    service: sparse(measured.service),
    lag: sparse(measured.lag),
    ...(outcome.users === undefined ? {} : { users: outcome.users }),
    ...(outcome.rise === undefined ? {} : { rise: outcome.rise }),
    ...(stopped === undefined ? {} : { stopped }),
  };
}

const begun = ({ requests }: PhaseCounts, firsts: readonly number[]): number =>
  firsts.reduce((sum, first) => sum + (requests[first]?.intended ?? 0), 0);

function requestRecord(
  name: string,
  counts: RequestCounts | undefined,
  rate: (count: number) => PerSecond,
): readonly RequestRecord[] {
  if (counts === undefined || counts.intended === 0) return [];
  const { completed, good, failed } = endedOf(counts);
  return [
    {
      name,
      offered: rate(counts.intended),
      completed,
      good,
      errors: ratio(completed === 0 ? 0 : failed / completed),
      errorsByClass: counted(counts.outcomes, 'good'),
      latency: latencyOf(counts),
    },
  ];
}

function latencyOf({ response, responseSum }: RequestCounts): Latency {
  const count = totalOf(response);
  const bounds = boundsOf(response);
  return {
    mean: count === 0 ? undefined : seconds(responseSum / count),
    p50: quantile(response, 0.5),
    p90: quantile(response, 0.9),
    p99: quantile(response, 0.99),
    quantiles: toldQuantiles.flatMap((told) => {
      const range = quantileRange(bounds, told);
      return range ? [{ quantile: told, range }] : [];
    }),
  };
}

/** Workers run at the same time, so their means add up, and so do their slopes; they load one target, so their errors go together. */
function inFlightOf(ends: StepOutcome['ends']): StepRecord['inFlight'] {
  const parts = ends.flatMap((end) => end?.inFlight ?? []);
  if (parts.length === 0 || parts.length < ends.length) return undefined;
  return {
    mean: parts.reduce((sum, { mean }) => sum + mean, 0),
    growth: parts.reduce((sum, { growth }) => sum + growth, 0),
    error: parts.reduce((sum, { error }) => sum + error, 0),
  };
}

function counted(counts: ReadonlyMap<string, number>, except?: string): Readonly<Record<string, number>> {
  return Object.fromEntries([...counts].filter(([name, count]) => count > 0 && name !== except));
}
