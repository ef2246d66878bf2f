import { expect, test } from 'vitest';
import type { Findings } from '../../src/model/finding.ts';
import { perSecond } from '../../src/model/units.ts';
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
