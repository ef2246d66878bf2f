import { expect, test } from 'vitest';
import { summedUp } from '../../src/collect/summed-up.ts';

test('each sample of a rate stands for the time since the one before; what is no number, or below nought, adds nothing', () => {
  const times = Float64Array.from([0, 60, 120, 180, 240]);
  const values = Float64Array.from([10, 10, Number.NaN, -1, 20]);
  const [counted] = summedUp([{ labels: { __name__: 'job:requests:rate5m' }, times, values }]);
  expect([...(counted?.values ?? [])]).toEqual([0, 600, 600, 600, 1800]);
});
