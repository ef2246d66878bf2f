import { expect, test } from 'vitest';
import { asOneServer } from '../../../src/analyse/seen/one-server.ts';
import { caseWith } from '../windows.ts';

const uses = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7];
const kept = uses.map(() => true);
const none = uses.map(() => 0);
/** Of 5 ms an operation, 200 operations a second are all that one server does. */
const alone = 0.005;

const deviceWith = (longer: (use: number) => number) =>
  caseWith(
    {
      usage: uses.map((use) => use / alone),
      of: 4000,
      queue: uses.map((use) => alone * (1 + longer(use))),
      queueReads: '$seconds an operation',
    },
    { resource: 'disk-operations', kind: 'rate', layer: 'leaf', unit: 'operations/s' },
  );

const alwaysAsLong = (use: number): number => use / (2 * (1 - use));

test('M/D/1: the time alone is told from the times under load, since even at the lowest load some wait (0.1 ÷ 1.8 = 5.6 %)', () => {
  const found = asOneServer(deviceWith(alwaysAsLong), kept, none);
  expect(found?.alone).toBeCloseTo(alone, 4);
  expect(found?.server.usage.at(-1)).toBeCloseTo(0.7, 2);
  expect(found?.server.ceiling.at(-1)).toBe(1);
});

test('M/M/1 waits twice as long, and tells the same', () => {
  const found = asOneServer(
    deviceWith((use) => use / (1 - use)),
    kept,
    none,
  );
  expect(found?.alone).toBeCloseTo(alone, 4);
});

test('two servers wait a tenth of that (M/M/2: (ρ² ÷ (1 − ρ²), ρ = use ÷ 2): it is none', () => {
  const found = asOneServer(
    deviceWith((use) => (use / 2) ** 2 / (1 - (use / 2) ** 2)),
    kept,
    none,
  );
  expect(found).toBeUndefined();
});

test('times that do not rise, or rise and fall, tell of none', () => {
  expect(
    asOneServer(
      deviceWith(() => 0),
      kept,
      none,
    ),
  ).toBeUndefined();
  expect(
    asOneServer(
      deviceWith((use) => 0.3 * Math.sin(9 * use)),
      kept,
      none,
    ),
  ).toBeUndefined();
});

test('what its stated ceiling lets wait is no sign of another', () => {
  expect(asOneServer(deviceWith(alwaysAsLong), kept, uses)).toBeUndefined();
});
