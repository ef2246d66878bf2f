import { expect, test } from 'vitest';
import { withoutNoCeilings } from '../../src/collect/no-ceilings.ts';
import type { Signal } from '../../src/model/signal.ts';
import { seconds } from '../../src/model/units.ts';

const signal = (values: readonly number[], given: Partial<Signal> = {}): Signal => ({
  resource: { component: 'bouncer', resource: 'pool', kind: 'pool', layer: 'hold', unit: 'connections', hard: false },
  at: {},
  role: 'ceiling',
  form: 'gauge',
  parts: [
    { labels: {}, times: Float64Array.from(values, (_, index) => 15 * index), values: Float64Array.from(values) },
  ],
  less: [],
  over: [],
  scale: 1,
  interval: seconds(15),
  evidence: { role: 'ceiling', source: 'an exporter', promql: 'pool_size' },
  ...given,
});
const kept = (one: Signal): number => withoutNoCeilings([one]).signals.length;

test('a ceiling of 0, −1, infinity or no number all the time limits nothing: it is taken for not told, and that is said', () => {
  for (const none of [0, -1, Infinity, Number.NaN]) expect(kept(signal([none, none]))).toBe(0);
  expect(withoutNoCeilings([signal([0, 0]), signal([0], { at: { pod: 'b' } })]).notes).toEqual([
    {
      about: 'data',
      text: 'bouncer / pool: an exporter tells a ceiling of 0, which limits nothing: it is taken for not told',
    },
  ]);
});

test('what limits something at some time is a ceiling, as is what is counted, and what nobody tells is no such thing', () => {
  expect(kept(signal([0, 4]))).toBe(1);
  expect(kept(signal([0, 0], { form: 'count' }))).toBe(1);
  expect(kept(signal([]))).toBe(1);
  expect(kept(signal([0, 0], { role: 'usage' }))).toBe(1);
});
