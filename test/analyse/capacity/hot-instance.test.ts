import { expect, test } from 'vitest';
import { capacityOf } from '../../../src/analyse/capacity/capacity.ts';
import { carriedBeside, hotInstanceOf } from '../../../src/analyse/capacity/hot-instance.ts';
import { caseWith, viewWith } from '../windows.ts';

/** One of four gets half of everything and carries 40/s of that: what is beyond 80/s fails by half, and the others go on. */
const view = viewWith([
  { load: 40 },
  { load: 60 },
  { load: 80 },
  { load: 100, goodput: 90 },
  { load: 120, goodput: 100 },
]);
const sustained = [true, true, true, false, false];
const over = view.windows.slice(3);
const kept = { value: 80, low: 75, high: 85 };
const instance = (share: number) => caseWith({ usage: [40, 60, 80, 100, 120].map((load) => share * load), of: 40 });
const quarters = [0.5, 0.2, 0.15, 0.15].map(instance);

test('the instance that gets half of what four do', () => {
  const [hottest, second] = quarters;
  if (!hottest || !second) throw new Error('there are four');
  expect(hotInstanceOf(hottest, quarters, view, sustained)).toEqual({ share: expect.closeTo(0.5, 9), instances: 4 });
  expect(hotInstanceOf(second, quarters, view, sustained)).toBeUndefined();
});

test('all falls behind by 3 % where so much fails of its half: 40 ÷ 0.47, of which 97 % are answered', () => {
  const hot = { share: 0.5, instances: 4 };
  expect(carriedBeside(over, hot, kept)?.value).toBeCloseTo((0.97 * 40) / 0.47, 6);
  const rate = capacityOf(view, [false, false, false, true, true], undefined, { axis: 'arrivals', hot })?.rate;
  expect(rate).toMatchObject({ kind: 'interval', value: expect.closeTo(82.6, 1) });
});

test('two of which one gets two thirds carry at best a third more: that is the plateau', () => {
  // 53.3/s of two thirds are what comes to it at 80/s
  const two = viewWith([
    { load: 100, goodput: 86.67 },
    { load: 120, goodput: 93.33 },
  ]).windows;
  expect(carriedBeside(two, { share: 2 / 3, instances: 2 }, kept)).toBeUndefined();
});

test('where overload broke it down windows do not agree on what the hot one carries, or it is less than before', () => {
  const broken = viewWith([
    { load: 100, goodput: 90 },
    { load: 120, goodput: 60 },
  ]).windows;
  expect(carriedBeside(broken, { share: 0.5, instances: 4 }, kept)).toBeUndefined();
  expect(carriedBeside(broken.slice(1), { share: 0.5, instances: 4 }, kept)).toBeUndefined();
});

test('of a small one and a large one with half of the work each the small one is hot: all are four of its size, and 3 % fail at 53 ÷ 0.47', () => {
  const sized = (of: number) => caseWith({ usage: [1, 1.5, 2, 2.7, 3], of }, { layer: 'hold', kind: 'pool' });
  const [small, large] = [sized(3), sized(9)];
  const hot = hotInstanceOf(small, [small, large], view, sustained);
  expect(hot).toEqual({ share: expect.closeTo(0.5, 9), instances: 4 });
  expect(hotInstanceOf(large, [small, large], view, sustained)).toBeUndefined();
  const beyond = viewWith([
    { load: 130, goodput: 118 },
    { load: 150, goodput: 128 },
  ]).windows;
  expect(hot && carriedBeside(beyond, hot, { value: 107, low: 103, high: 111 })?.value).toBeCloseTo(
    (0.97 * 53) / 0.47,
    6,
  );
});
