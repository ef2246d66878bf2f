import type { SampleSeries, Signal } from '../../src/model/signal.ts';
import { seconds } from '../../src/model/units.ts';

/** A series from pairs of time and value. */
export const series = (pairs: readonly (readonly [number, number])[], labels = {}): SampleSeries => ({
  labels,
  times: Float64Array.from(pairs, ([time]) => time),
  values: Float64Array.from(pairs, ([, value]) => value),
});

/** A series with a sample every `step` seconds from `from` to `to`, both included. */
export const every = (step: number, from: number, to: number, value: (time: number) => number): SampleSeries =>
  series(
    Array.from(
      { length: Math.floor((to - from) / step) + 1 },
      (_, i) => [from + i * step, value(from + i * step)] as const,
    ),
  );

/** A signal of a pool in one component. */
export const signal = (given: Partial<Signal> & Pick<Signal, 'parts'>): Signal => ({
  resource: { component: 'api', resource: 'pool', kind: 'pool', layer: 'hold', unit: 'connections', hard: false },
  at: {},
  role: 'usage',
  form: 'gauge',
  less: [],
  over: [],
  scale: 1,
  interval: seconds(1),
  evidence: { role: 'usage', source: 'test: samples', promql: 'pool' },
  ...given,
});
