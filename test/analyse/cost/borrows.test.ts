import { expect, test } from 'vitest';
import { borrows, spentFrom } from '../../../src/analyse/cost/borrows.ts';
import { costOf } from '../../../src/analyse/cost/demand.ts';
import { caseWith, viewWith } from '../windows.ts';

const disk = { resource: 'disk-operations', kind: 'rate', unit: 'operations/s' } as const;
const loads = [10, 15, 20, 25, 30];
/** Two operations a request on a volume that gives 50 a second for good. */
const usage = loads.map((load, i) => 2 * load + (i % 2 === 0 ? 0.1 : -0.1));
const sustained = loads.map(() => true);

test('60 of 50 operations a second over a whole window, while the target keeps up, are lent', () => {
  expect(borrows(caseWith({ usage, of: 50 }, disk), sustained)).toBe(true);
  expect(borrows(caseWith({ usage, of: 60 }, disk), sustained)).toBe(false);
  expect(
    borrows(
      caseWith({ usage, of: 50 }, disk),
      loads.map((load) => load < 30),
    ),
  ).toBe(false);
});

test('it is spent from the first window on that takes all that is given for good', () =>
  expect(spentFrom(caseWith({ usage, of: 50 }, disk))).toBe(3));

test('it carries for good what its line says at the ceiling, 50 ÷ 2 = 25/s, though 30/s were carried', () => {
  const { capacity } = costOf(caseWith({ usage, of: 50 }, disk), viewWith(loads.map((load) => ({ load }))), sustained);
  expect(capacity?.rate).toMatchObject({ kind: 'interval', value: expect.closeTo(25, 0) });
});
