import { expect, test } from 'vitest';
import { slowestOf, traceparent, tracerOf } from '../../src/load/trace.ts';

test('one in a hundred requests has a trace, each its own, and none without being asked for', () => {
  const trace = tracerOf(100, 'r1', 1);
  const traces = Array.from({ length: 1000 }, (_, number) => trace(number)).filter((id) => id !== undefined);
  expect(new Set(traces).size).toBe(10);
  expect(traces.every((id) => /^[0-9a-f]{32}$/.test(id))).toBe(true);
  expect(tracerOf(undefined, 'r1', 1)(0)).toBeUndefined();
  expect(tracerOf(100, 'r2', 1)(0)).not.toBe(trace(0));
});

test('a trace goes out as W3C Trace Context has it, sampled', () => {
  expect(traceparent('0af7651916cd43dd8448eb211c80319c', 9)).toBe(
    '00-0af7651916cd43dd8448eb211c80319c-000000000000000a-01',
  );
});

test('the five slowest are kept, slowest first', () => {
  const slow = (took: number) => ({ request: 0, trace: `${took}`, took });
  const kept = [3, 9, 1, 7, 5, 8, 2].map(slow).reduce(slowestOf, []);
  expect(kept.map(({ took }) => took)).toEqual([9, 8, 7, 5, 3]);
});
