import { expect, test } from 'vitest';
import { crossingOf } from '../../src/analyse/objective.ts';
import { ratio, seconds } from '../../src/model/units.ts';
import { viewWith } from './windows.ts';

const objectives = {
  latency: [{ quantile: ratio(0.99), limit: seconds(0.1) }],
  errors: undefined,
  throughput: undefined,
};

test('crossed between 200 and 300/s: halfway on a log scale from 50 ms to 200 ms', () => {
  const view = viewWith([{ load: 100 }, { load: 200, p99: 0.05 }, { load: 300, p99: 0.2 }, { load: 400, p99: 0.4 }]);
  expect(crossingOf(view, [false, false, false, false], objectives)).toMatchObject({
    above: 200,
    upTo: 300,
    sustained: true,
    rate: { kind: 'interval', value: expect.closeTo(250, 6), low: 200, high: 300 },
  });
});

test('where the target was overloaded anyway, the objective binds nothing of its own', () => {
  const view = viewWith([{ load: 100 }, { load: 200, p99: 2 }]);
  expect(crossingOf(view, [false, true], objectives)?.sustained).toBe(false);
});

test('a single spike that does not last is no crossing', () => {
  const view = viewWith([{ load: 100, p99: 0.2 }, { load: 200 }, { load: 300 }, { load: 400 }]);
  expect(crossingOf(view, [false, false, false, false], objectives)).toBeUndefined();
});
