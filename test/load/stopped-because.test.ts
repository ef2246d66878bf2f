import { expect, test } from 'vitest';
import type { StepEnd } from '../../src/load/step-order.ts';
import { stoppedBecause } from '../../src/load/stopped-because.ts';
import { scriptOf } from './target.ts';

const { caps } = scriptOf();
const end = (halt: StepEnd['halt']): StepEnd => ({
  number: 1,
  halt,
  until: 1,
  windows: [],
  slowest: [],
  loginFailed: undefined,
  held: 0,
});

test('a step that ended by itself, or because someone asked, was not stopped by the engine', () => {
  expect(stoppedBecause([end(undefined), end('asked')], undefined, caps)).toBeUndefined();
});

test.each([
  [
    [end('asked'), end('control-lost')],
    undefined,
    'the control thread had not been heard of for 5 s, so the workers stopped by themselves',
  ],
  [[end('requests')], undefined, 'limits.requests of 1000000 was reached'],
  [[end('duration')], undefined, 'limits.duration of 10 min was reached'],
  [[end(undefined), undefined], undefined, 'a worker thread of the load did not answer'],
  [[undefined], 'out of memory', 'a worker thread of the load ended: out of memory'],
] as const)('%j, %s: %s', (ends, died, why) => {
  expect(stoppedBecause(ends, died, caps)).toEqual({ why, safety: true });
});
