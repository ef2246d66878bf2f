import { expect, test } from 'vitest';
import { meaningOfSignal } from '../../src/cli/meaning-of-signal.ts';
import { seconds } from '../../src/model/units.ts';

test('the first signal stops in order', () => {
  expect(meaningOfSignal(undefined, seconds(100))).toBe('stop');
});

test.each([
  [100, 'echo'],
  [100.02, 'echo'],
  [101, 'echo'],
  [101.01, 'now'],
  [160, 'now'],
] as const)('after one at 100 s, one at %d s means %s', (now, meaning) => {
  expect(meaningOfSignal(seconds(100), seconds(now))).toBe(meaning);
});
