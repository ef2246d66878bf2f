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

test('where a little more waits at the end of a window than at its start, that load is not worked off, however little that is of it', () => {
  // one in eighty is left behind at 82/s: 10 in ten seconds, more than the chance in what waits
  const slightly = viewWith([20, 40, 60, 82, 110, 125].map((load) => ({ load })));
  const judged = [workers({ backlog: [0, 0, 0, 1, 29, 44], queue: [0, 0, 0, 5, 300, 900] })];
  const piled = piledUpOf(judged, slightly, undefined);
  if (!piled) throw new Error('it piles up');
  expect(piled.from).toBe(4);
  const { rate } = workedOff(piled, judged, slightly);
  expect(rate).toMatchObject({ value: expect.closeTo(81, 0) });
  expect(rate.kind === 'interval' && rate.value).toBeLessThan(82);
  expect(rate.kind === 'interval' && rate.low).toBeLessThan(82);
});

test('after an overload what is done is of the work that it left behind, whatever is offered then', () => {
  // 82/s, 60/s and 40/s come again while some thousands wait: 81 a second are done all the time
  const after = viewWith([20, 39, 59, 75, 110, 125, 82, 60, 40].map((load) => ({ load })));
  expect(after.windows.map(({ load }) => load)).toEqual([20, 39, 40, 59, 60, 75, 82, 110, 125]);
  const usage = [1.5, 3, 6, 4.4, 6, 5.8, 6, 6, 6];
  const judged = [
    workers({
      usage,
      peaks: usage,
      queue: [0, 0, 4000, 0, 4300, 0, 4400, 300, 900],
      backlog: [0, 0, -41, 0, -21, 0, 1, 29, 44],
      completions: [20, 39, 81, 59, 81, 75, 81, 81, 81],
    }),
  ];
  const piles = [false, false, false, false, false, false, false, true, true];
  const [root] = judged;
  if (!root) throw new Error('there is one');
  const { rate } = workedOff({ one: root.one, from: 7, piles }, judged, after);
  expect(rate).toMatchObject({ kind: 'interval', value: expect.closeTo(81, 0) });
  expect(rate.kind === 'interval' && rate.low > 75 && rate.high < 88).toBe(true);
});
