import { type HrTime, ValueType } from '@opentelemetry/api';
import { AggregationTemporality, DataPointType, type MetricData } from '@opentelemetry/sdk-metrics';
import { type Metric, metrics } from '../names.ts';
import type { Point } from './points-of-target.ts';

/** No timestamp is written out, so none is made up. */
const noTime: HrTime = [0, 0];
const longest = 200;

/** Points as the SDK keeps them: one family per metric, in the order of the catalogue. */
export function familiesOf(points: readonly Point[]): MetricData[] {
  const families = Map.groupBy(points, (point) => point.metric);
  return Object.values(metrics).flatMap((metric) => {
    const some = families.get(metric);
    return some === undefined ? [] : [family(metric, some)];
  });
}

function family(metric: Metric, points: readonly Point[]): MetricData {
  const { name, help: description, unit } = metric;
  const descriptor = { name, description, unit, valueType: ValueType.DOUBLE };
  const dataPoints = points.map(({ labels, value }) => ({
    startTime: noTime,
    endTime: noTime,
    attributes: Object.fromEntries(metric.labels.map((label) => [label, written(labels[label] ?? '')])),
    value,
  }));
  const rest = { descriptor, aggregationTemporality: AggregationTemporality.CUMULATIVE, dataPoints };
  return metric.type === 'counter'
    ? { ...rest, dataPointType: DataPointType.SUM, isMonotonic: true }
    : { ...rest, dataPointType: DataPointType.GAUGE };
}

/** What a scraper reads back: whole characters, no line that could end a line, and never a page. */
function written(text: string): string {
  const plain = text.toWellFormed().replaceAll('\r', ' ');
  return plain.length <= longest ? plain : `${plain.slice(0, longest - 1).toWellFormed()}…`;
}
