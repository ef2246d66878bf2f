import { expect, test } from 'vitest';
import { bar } from '../../src/report/bar.ts';

test.each([
  [0, 0, '░░░░░░░░'],
  [1, 1, '████████'],
  [0.5, 0.5, '████░░░░'],
  // 0.001 × 8 × 8 parts is less than one: it shows nevertheless
  [0.001, 0.001, '▏░░░░░░░'],
  // sure up to a quarter, can be all
  [0.25, 1, '██▒▒▒▒▒▒'],
  // only known to be at most a half
  [0, 0.5, '▒▒▒▒░░░░'],
])('a bar from %d to %d', (low, high, text) => {
  expect(bar({ low, high }, 8)).toBe(text);
});
