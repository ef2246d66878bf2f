import { expect, test } from 'vitest';
import { countedBeside, sumOf } from '../../src/align/measure.ts';
import { epoch } from '../../src/model/units.ts';

const series = (from: number, values: readonly number[]) => ({
  labels: {},
  times: Float64Array.from(values, (_, i) => from + 10 * i),
  values: Float64Array.from(values),
});
const span = { from: epoch(100), to: epoch(200) };
/** 10 answers a second, all the time. */
const answers = series(
  0,
  Array.from({ length: 30 }, (_, i) => 100 * i),
);

test('errors that begin 70 s into a window, 30 of them by the first scrape and 30 more in 20 s, are 60 of its 100 s', () => {
  expect(countedBeside([series(180, [30, 40, 60])], [answers], span, 10)).toBeCloseTo(0.6, 9);
});

test('errors that were there before count as they rise, and what was before is none of this window', () => {
  expect(
    countedBeside(
      [
        series(
          0,
          Array.from({ length: 30 }, (_, i) => 10 * i),
        ),
      ],
      [answers],
      span,
      10,
    ),
  ).toBeCloseTo(1, 9);
  expect(countedBeside([series(80, [500, 510, 520, 530])], [answers], span, 10)).toBeCloseTo(0.1, 9);
});

test('without anything that was there throughout nothing is told', () => {
  expect(countedBeside([series(180, [30, 60])], [series(150, [0, 10, 20])], span, 10)).toBeUndefined();
});

test('of pods that follow one another within a window each counts for its share of the time in which any was there', () => {
  // Two of a core each, one for 300 s and one for the next 300 s; beside them none is there throughout.
  const pod = (from: number) => ({
    labels: {},
    times: Float64Array.from({ length: 31 }, (_, i) => from + 10 * i),
    values: Float64Array.from({ length: 31 }, (_, i) => 10 * i),
  });
  const one = sumOf([pod(200), pod(510)], 'counter', 0, 1000, 10)?.value ?? 0;
  expect(one).toBeCloseTo(600 / 610, 6);
  // Side by side they are two all that time.
  expect(sumOf([pod(200), pod(200)], 'counter', 0, 1000, 10)?.value).toBeCloseTo(2, 6);
});
