import { expect, test } from 'vitest';
import { type Crowd, crowdOf } from '../../src/load/crowd.ts';
import { seconds } from '../../src/model/units.ts';

const stage = (lasts: number, from: number, to: number) => ({ lasts: seconds(lasts), from, to });
const steady: Crowd = {
  stages: [stage(2, 0, 8), stage(18, 8, 8)],
  start: 0,
  most: 8,
  think: { kind: 'exponential', mean: seconds(0.5) },
  rate: 1e6,
  seed: 1,
  worker: 0,
  workers: 1,
};

type Sent = { readonly index: number; readonly due: number };

/** Turns users on a virtual clock: what each sends is answered after `took` seconds. */
function turn(crowd: Crowd, took: (index: number) => number = () => 0.1) {
  const source = crowdOf(crowd);
  const sent: Sent[] = [];
  const answers: { at: number; index: number }[] = [];
  for (let now = crowd.start; now < Infinity; ) {
    const released = source.release(now);
    for (const { index, due } of released.send) {
      sent.push({ index, due });
      answers.push({ at: now + took(index), index });
    }
    answers.sort((a, b) => a.at - b.at);
    const next = answers[0];
    const wakeAt = Math.min(released.wakeAt, next?.at ?? Infinity);
    now = wakeAt;
    if (next === undefined || next.at > now) continue;
    answers.shift();
    source.ended(next.index, now);
  }
  return { sent, held: source.held() };
}

test('8 users begin evenly within 2 s, the first after an eighth of a second', () => {
  const firsts = turn(steady).sent.filter(({ index }) => index < 8);
  expect(firsts.map(({ due }) => due)).toEqual([0.125, 0.375, 0.625, 0.875, 1.125, 1.375, 1.625, 1.875]);
});

test('each of them sends again one pause after its answer: 8 of them with 0.5 s to think and 0.1 s to wait send 13.3 a second', () => {
  const { sent, held } = turn(steady);
  const late = sent.filter(({ due }) => due >= 2);
  // Cycles of 0.6 s that vary by 0.5: 240 in 18 s, and four times √240 · 0.5 ÷ 0.6 more or less.
  expect(Math.abs(late.length - 240)).toBeLessThan(52);
  expect(held).toBe(0);
});

test('nobody has two requests under way', () => {
  const { sent } = turn(steady, () => 0.3);
  for (const of of Map.groupBy(sent, ({ index }) => index % 8).values())
    for (const [i, { due, index }] of of.entries()) {
      expect(index).toBe((of[0]?.index ?? 0) + 8 * i);
      if (i > 0) expect(due).toBeGreaterThanOrEqual((of[i - 1]?.due ?? 0) + 0.3);
    }
});

test.each([
  { kind: 'fixed', for: seconds(0.4) },
  { kind: 'uniform', from: seconds(0.1), to: seconds(0.9) },
  { kind: 'exponential', mean: seconds(0.5) },
  { kind: 'lognormal', mean: seconds(0.5), deviation: seconds(0.3) },
] as const)('one worker and four make the same users send at the same times ($kind pauses)', (think) => {
  const took = (index: number): number => 0.05 + (index % 7) / 100;
  const crowd = { ...steady, think, stages: [stage(2, 0, 8), stage(8, 8, 8), stage(2, 8, 3), stage(8, 3, 6)] };
  const byIndex = (a: Sent, b: Sent): number => a.index - b.index;
  const alone = turn(crowd, took).sent.toSorted(byIndex);
  const shared = [0, 1, 2, 3].flatMap((worker) => turn({ ...crowd, worker, workers: 4 }, took).sent).toSorted(byIndex);
  expect(shared).toEqual(alone);
  expect(alone.length).toBeGreaterThan(100);
});

test('users leave when there are to be fewer, and come back when there are more again', () => {
  const stages = [stage(1, 0, 4), stage(4, 4, 4), stage(1, 4, 1), stage(4, 1, 1), stage(1, 1, 4), stage(4, 4, 4)];
  const { sent } = turn({ ...steady, most: 4, stages });
  const between = (from: number, to: number) =>
    new Set(sent.filter(({ due }) => due >= from && due < to).map(({ index }) => index % 4));
  expect(between(1, 5).size).toBe(4);
  expect(between(6, 10)).toEqual(new Set([0]));
  expect(between(11, 15).size).toBe(4);
});

test('what all of them would ask for beyond the rate that is allowed is held back and counted: 50/s of 8 users who never think', () => {
  const { sent, held } = turn({ ...steady, think: { kind: 'fixed', for: seconds(0) }, rate: 50 }, () => 0.01);
  const late = sent.filter(({ due }) => due >= 5 && due < 15).length;
  expect(Math.abs(late - 500)).toBeLessThanOrEqual(6); // a tenth of a second of it may come at once
  expect(held).toBeGreaterThan(500);
  expect(held).toBeLessThanOrEqual(50 * 20 + 8); // each of them once
});
