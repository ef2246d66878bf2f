import { expect, test } from 'vitest';
import { notRecovered, recovered } from '../../src/load/recovery.ts';
import { seconds } from '../../src/model/units.ts';

test('two slow probes, then five near the baseline: it was back with the third, sent after 1 s', () => {
  expect(recovered([0.8, 0.4, 0.02, 0.02, 0.02, 0.3, 0.01], 0.01, 0.5)).toBe(1);
});

test('a target that was never away is back after 0 s', () => {
  expect(recovered([0.01, 0.01, 0.01, 0.01, 0.01], 0.01, 0.5)).toBe(0);
});

test('four probes are too few', () => {
  expect(recovered([0.01, 0.01, 0.01, 0.01], 0.01, 0.5)).toBeUndefined();
});

test('more than twice the baseline, or failing, is not back', () => {
  expect(recovered([0.021, 0.021, 0.021, 0.01, 0.01], 0.01, 0.5)).toBeUndefined();
  expect(recovered([Infinity, Infinity, Infinity, 0.01, 0.01], 0.01, 0.5)).toBeUndefined();
});

test('what did not come back is told with its numbers', () => {
  expect(notRecovered([0.01, Infinity, Infinity, 0.9, 0.8, Infinity], 0.01, seconds(30))).toEqual({
    kind: 'not-recovered',
    watched: 30,
    because: '3 of the last 5 probing requests failed, the others took up to 900 ms; 10 ms was usual',
  });
  expect(notRecovered([0.01], 0.01, seconds(2))).toMatchObject({ because: 'only 1 probing requests ended' });
});
