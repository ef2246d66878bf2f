import type { Meter } from '@opentelemetry/api';
import type { Epoch, Seconds } from '../model/units.ts';
import { labels, type Metric, metrics } from '../names.ts';

const queryKinds = ['range', 'instant', 'other'] as const;
type QueryKind = (typeof queryKinds)[number];

/** What Plimsoll counts of itself. */
export interface Counters {
  /** A query to Prometheus was answered, or not. */
  readonly queried: (query: QueryKind, outcome: 'ok' | 'error', took: Seconds) => void;
  /** The configuration was read; `at` is when, and undefined where the attempt failed. */
  readonly reloaded: (at: Epoch | undefined) => void;
  readonly storeWriteFailed: () => void;
}

/** Opens the counters; each starts at 0, so that the first event is an increase. */
export function openCounters(meter: Meter): Counters {
  const queries = meter.createCounter(metrics.queries.name, described(metrics.queries));
  const duration = meter.createHistogram(metrics.queryDuration.name, {
    ...described(metrics.queryDuration),
    advice: { explicitBucketBoundaries: [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30] },
  });
  const successful = meter.createGauge(metrics.reloadSuccessful.name, described(metrics.reloadSuccessful));
  const readAt = meter.createGauge(metrics.reloadTimestamp.name, described(metrics.reloadTimestamp));
  const writeFailures = meter.createCounter(metrics.storeWriteFailures.name, described(metrics.storeWriteFailures));
  for (const query of queryKinds) {
    for (const outcome of ['ok', 'error']) queries.add(0, { [labels.query]: query, [labels.outcome]: outcome });
  }
  writeFailures.add(0);
  return {
    queried(query, outcome, took) {
      queries.add(1, { [labels.query]: query, [labels.outcome]: outcome });
      if (Number.isFinite(took)) duration.record(took, { [labels.query]: query });
    },
    reloaded(at) {
      successful.record(at === undefined ? 0 : 1);
      if (at !== undefined && Number.isFinite(at)) readAt.record(at);
    },
    storeWriteFailed: () => writeFailures.add(1),
  };
}

const described = ({ help: description, unit }: Metric) => (unit === '' ? { description } : { description, unit });
