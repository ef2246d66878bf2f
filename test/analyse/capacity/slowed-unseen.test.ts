import { expect, test } from 'vitest';
import { slowedUnseen } from '../../../src/analyse/capacity/slowed-unseen.ts';
import { caseWith, viewWith } from '../windows.ts';

/** A pool of 8 that nobody exports, which ends at 118/s: answers take 1 ÷ (1 − load ÷ 118) times as long (M/M/1). */
const loads = [20, 40, 60, 80, 100, 106, 111];
const view = viewWith(loads.map((load) => ({ load, p99: 0.3 / (1 - load / 118) })));
const used = (share: number) => loads.map((load) => (share * load) / 111);
const cpu = caseWith({ usage: used(0.6), of: 1, queue: loads.map(() => 0.01), queueFloor: 0.1 }, {});

test('answers that take many times as long while nothing that is seen waits wait for something that is not seen', () => {
  const slowed = slowedUnseen([cpu], view, undefined);
  expect(slowed?.from).toBe(100);
  // at 106/s, the middle of the three highest, over what it is at 20 and 40/s: (1 − 30 ÷ 118) ÷ (1 − 106 ÷ 118) = 7.3
  expect(slowed?.times).toBeGreaterThan(7);
});

test('not where goodput stopped following, where they hardly take longer, or where something that is seen may hold them up', () => {
  expect(slowedUnseen([cpu], view, 6)).toBeUndefined();
  expect(
    slowedUnseen([cpu], viewWith(loads.map((load) => ({ load, p99: 0.3 * (1 + load / 200) }))), undefined),
  ).toBeUndefined();
  const waiting = caseWith({ usage: used(0.6), of: 1, queue: used(2), queueFloor: 0.1 }, {});
  const untold = caseWith({ usage: used(0.6), of: 1 }, {});
  const refusing = caseWith({ usage: used(0.6), of: 1, refusals: used(1) }, {});
  for (const one of [waiting, untold, refusing]) expect(slowedUnseen([cpu, one], view, undefined)).toBeUndefined();
});
