import { expect, test } from 'vitest';
import { openMetricsOf } from './open-metrics-of.ts';

test('every sample is a line with its labels, its value to the last digit, and a time that is not cut down by a millisecond', () => {
  const series = {
    labels: { __name__: 'pg_up', note: 'a "b"\n\\' },
    times: Float64Array.of(1800000001.234, 1800000006.234),
    values: Float64Array.of(0.1 + 0.2, Number.POSITIVE_INFINITY),
  };
  expect(openMetricsOf([series]).split('\n')).toEqual([
    'pg_up{note="a \\"b\\"\\n\\\\"} 0.30000000000000004 1800000001.2342',
    'pg_up{note="a \\"b\\"\\n\\\\"} +Inf 1800000006.2342',
    '# EOF',
    '',
  ]);
});
