import { expect, test } from 'vitest';
import type { Findings } from '../../src/model/finding.ts';
import { isOpen } from '../../src/model/headroom.ts';
import { perSecond, ratio } from '../../src/model/units.ts';
import { currentHeadroom } from '../../src/run/current-headroom.ts';
import { sheetOf } from '../analyse/windows.ts';
import { finding, nothing, onset, reached } from '../verdict/findings.ts';
import { toyOrder } from './toy-world.ts';

const order = { ...toyOrder([50]), load: undefined };
const calm = [{ load: 50 }, { load: 100 }, { load: 150 }];
const known: Findings = { ...nothing, capacity: reached };

test('what is left is told against the load of the last window', () => {
  expect(currentHeadroom(order, sheetOf(calm, 'throughput'), known)).toMatchObject({
    load: 150,
    reference: 'current',
    spare: { value: 43 },
  });
});

test('load of our own is no reference', () => {
  expect(currentHeadroom(toyOrder([50]), sheetOf(calm), known)).toBeUndefined();
});

const root = finding('pool', { state: 'root', onset, curve: [0.2, 0.4, 0.6, 1] });

// Seen with a pool under too much load: answers fell to 108/s and took 2 s, and 9/s were promised.
test.each([
  ['a resource that was full', { load: 140 }, { resources: [root] }, 'api / pool was full'],
  [
    'a load above its onset',
    { load: 201 },
    { resources: [{ ...root, curve: [0.2, 0.4, 0.6, undefined] }] },
    'api / pool was full',
  ],
  [
    'a load that goodput followed no further',
    { load: 190 },
    { plateau: { above: perSecond(150), upTo: perSecond(190) } },
    'goodput followed no further from 190/s on',
  ],
  ['answers that failed', { load: 140, errors: 0.4 }, {}, '40 % of the answers failed'],
  ['answers that took long', { load: 140, p99: 4 }, {}, 'answers took 2 s instead of 5 ms'],
  ['a window set aside', { load: 100, p99: 4, aside: true }, {}, 'answers took 2 s instead of 5 ms'],
  [
    'several of these',
    { load: 140, p99: 4 },
    { resources: [root] },
    'api / pool was full, answers took 2 s instead of 5 ms',
  ],
] as const)('nothing is left after %s', (_, last, found, because) => {
  const sheet = sheetOf([...calm, last], 'throughput');
  expect(currentHeadroom(order, sheet, { ...known, ...found })).toMatchObject({
    ratio: { kind: 'at-most', high: 0 },
    spare: { kind: 'at-most', high: 0 },
    because,
  });
});

test('what leaks is full by its use, and not by the load', () => {
  const leak = { unexplained: 5, fillsIn: undefined };
  const leaking = { ...root, leak, curve: [0.2, 0.4, 0.6, 0.5] };
  const left = currentHeadroom(order, sheetOf([...calm, { load: 200 }], 'throughput'), {
    ...known,
    resources: [leaking],
  });
  expect(left?.because).toBeUndefined();
});

test('answers that failed as often at low load show no overload', () => {
  const sheet = sheetOf(
    [...calm, { load: 120 }].map((window) => ({ ...window, errors: 0.1 })),
    'throughput',
  );
  expect(currentHeadroom(order, sheet, known)).toMatchObject({ spare: { value: 73 } });
});

test('where arrivals are counted, how many are too many is told', () => {
  const found = currentHeadroom(order, sheetOf([...calm, { load: 250, goodput: 193, p99: 4 }]), known);
  expect(found).toMatchObject({ ratio: { value: 0 }, spare: { value: -57 } });
});

/** Four cores, of which a request takes 0.02 s: 15 requests a second fill a thirteenth of them. */
const filled = finding('cpu', {
  state: 'root',
  onset,
  curve: [0.4, 0.6, 0.8, 1],
  peak: { usage: 4, ceiling: 4, ratio: ratio(1) },
  demand: {
    perRequest: { kind: 'interval', value: 0.02, low: 0.019, high: 0.021 },
    background: 0.5,
    method: 'utilisation-law',
  },
});

test('what others fill while answers are as fast and as good as ever leaves more than nothing, and how much cannot be told', () => {
  const found = { ...known, resources: [filled] };
  const left = currentHeadroom(order, sheetOf([...calm, { load: 15 }], 'throughput'), found);
  expect(left?.ratio).toEqual({ kind: 'at-most', high: 1 - 15 / 196 });
  expect(left?.because).toContain('api / cpu was full, but hardly of this load');
  // where only a bound is known, that is all that can be said
  const atLeast = currentHeadroom(order, sheetOf([...calm, { load: 15 }], 'throughput'), {
    ...found,
    capacity: nothing.capacity,
  });
  expect(atLeast && isOpen(atLeast)).toBe(true);
});

test.each([
  ['answers take three times as long', { load: 15, p99: 0.03 }, filled],
  ['answers fail', { load: 15, errors: 0.04 }, filled],
  ['the load itself makes much of it', { load: 120 }, filled],
  ['nobody knows what a request takes of it', { load: 15 }, { ...filled, demand: undefined }],
] as const)('what is full leaves nothing where %s', (_, last, one) => {
  const left = currentHeadroom(order, sheetOf([...calm, last], 'throughput'), { ...known, resources: [one] });
  expect(left).toMatchObject({ ratio: { kind: 'at-most', high: 0 }, because: 'api / cpu was full' });
});
