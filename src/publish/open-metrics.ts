import { PrometheusExporter, PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { resourceFromAttributes } from '@opentelemetry/resources';
import type { CollectionResult, IMetricReader, MetricProducer } from '@opentelemetry/sdk-metrics';
import { fault } from '../faults.ts';
import { familiesOf } from './families-of.ts';
import { readPoints, type Source } from './read-points.ts';

/** The page of metrics, and the reader that the SDK must be given so that our own counters stand on it. */
export interface Metrics {
  readonly reader: IMetricReader;
  /** The whole page in the text format 0.0.4; rejects with what broke rather than leave something out. */
  readonly text: () => Promise<string>;
}

/**
 * Opens the page of metrics. Findings are read from the store at every scrape, so they are there at once after a restart and vanish
 * with their target; the SDK's own gauges would stay for ever.
 */
export function openMetrics(source: Source): Metrics {
  const resource = resourceFromAttributes({ 'service.name': 'plimsoll', 'service.version': source.version });
  const findings: MetricProducer = {
    async collect(): Promise<CollectionResult> {
      const scope = { name: 'plimsoll', version: source.version };
      const scopeMetrics = [{ scope, metrics: familiesOf(await readPoints(source)) }];
      return { resourceMetrics: { resource, scopeMetrics }, errors: [] };
    },
  };
  const reader = new PrometheusExporter({ preventServerStart: true, metricProducers: [findings] });
  const serializer = new PrometheusSerializer(undefined, false, undefined, false, true);
  return {
    reader,
    async text(): Promise<string> {
      const { resourceMetrics, errors } = await reader.collect();
      if (errors.length > 0) throw fault('INTERNAL', [`the metrics could not be read: ${errors[0]}`], errors[0]);
      return serializer.serialize({ ...resourceMetrics, resource });
    },
  };
}
