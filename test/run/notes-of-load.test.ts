import { expect, test } from 'vitest';
import type { LoadRecord } from '../../src/model/load-record.ts';
import { endedEarly, evenlySpaced } from '../../src/run/notes-of-load.ts';
import { readRecording } from '../lab/recording.ts';

/** A staircase of real load, without some of its last steps. */
const { order, record } = readRecording(new URL('../lab/recordings/elsewhere/go-pool.json.gz', import.meta.url));
const steps = order.load?.plan.kind === 'search' ? 0 : (order.load?.plan.steps.length ?? 0);
const after = (count: number, more: Partial<LoadRecord> = {}) =>
  endedEarly(order, { ...record, windows: record.windows.slice(0, count), ...more });

test('a staircase that ended before its last step says so, and why', () => {
  expect(after(3)).toEqual([
    `the staircase ended after 3 of its ${steps} steps: the target had fallen behind, and more load would have shown no more`,
  ]);
});

test('one that was stopped says that elsewhere, and one that went to its end nothing', () => {
  expect(after(3, { stopped: { why: 'asked', safety: false } })).toEqual([]);
  expect(endedEarly({ ...order, load: undefined }, record)).toEqual([]);
});

test('arrivals that are evenly spaced are told, since users come at random; users who wait for their answers do anyway', () => {
  const spaced = (arrivals: 'uniform' | 'poisson', more: object = {}) => {
    const plan = order.load && { ...order.load.plan, arrivals, ...more };
    return evenlySpaced({ ...order, load: order.load && plan && { ...order.load, plan } }).join();
  };
  expect(spaced('uniform')).toContain('arrivals were evenly spaced');
  expect(spaced('poisson')).not.toContain('evenly');
  expect(spaced('uniform', { think: { kind: 'constant', mean: 1 } })).not.toContain('evenly');
});

test('where something was away in the last step, that is told and not who had fallen behind', () => {
  const text = endedEarly(order, { ...record, windows: record.windows.slice(0, 3) }, 'api: started anew').join();
  expect(text).toBe(
    `the staircase ended after 3 of its ${steps} steps: in the last of them requests got no answer while something was away (api: started anew)`,
  );
});
