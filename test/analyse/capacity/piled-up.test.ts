import { expect, test } from 'vitest';
import { backlogOf, piledUpOf, workedOff } from '../../../src/analyse/capacity/piled-up.ts';
import type { Judged } from '../../../src/analyse/roots/judged.ts';
import { saturationOf } from '../../../src/analyse/saturation/saturation.ts';
import type { Case } from '../../../src/analyse/seen/cases.ts';
import { caseWith, viewWith } from '../windows.ts';

/** Messages are left behind by requests that are answered at once; six workers do 81 of them a second. */
const loads = [20, 40, 60, 80, 110, 125];
const view = viewWith(loads.map((load) => ({ load })));
const done = loads.map((load) => Math.min(81, load));
const usage = [1.5, 3, 4.4, 5.8, 6, 6];
const workers = (given: Partial<Case> = {}): Judged => {
  const one = caseWith(
    { usage, peaks: usage, queue: [0, 0, 0, 0, 300, 900], backlog: [0, 0, 0, 0, 29, 44], completions: done, ...given },
    { kind: 'servers', layer: 'hold', unit: 'messages' },
  );
  return { one, saturation: saturationOf(one, view), standing: { kind: 'root', own: 1 } };
};

test('what is worked off is what is carried for long, though every request is answered', () => {
  const judged = [workers()];
  const piled = piledUpOf(judged, view, undefined);
  if (!piled) throw new Error('it piles up');
  expect(piled.from).toBe(4);
  expect(workedOff(piled, judged, view)).toMatchObject({
    binds: 'backlog',
    provenance: 'reached',
    rate: { kind: 'interval', value: expect.closeTo(81, 0) },
  });
  expect(backlogOf(piled, view)).toMatchObject({ from: { above: 80, upTo: 110 }, growth: 44, at: 125 });
});

test('where nobody counts what is done, only what was offered while nothing piled up is known', () => {
  const judged = [workers({ completions: undefined })];
  const piled = piledUpOf(judged, view, undefined);
  expect(piled && workedOff(piled, judged, view)).toEqual({
    rate: { kind: 'at-least', low: 80 },
    binds: 'backlog',
    provenance: 'lower-bound',
  });
});

test('where goodput stops following that tells the end, and what only waits and does not grow piles up nowhere', () => {
  expect(piledUpOf([workers()], view, 4)).toBeUndefined();
  expect(piledUpOf([workers({ backlog: loads.map(() => 0) })], view, undefined)).toBeUndefined();
});
