import { expect, test } from 'vitest';
import { readingOf } from '../../src/align/reading-of.ts';
import { epoch, seconds } from '../../src/model/units.ts';
import { every, series, signal } from './samples.ts';

const span = (from: number, to: number) => ({ span: { from: epoch(from), to: epoch(to) } });

test('a counter is its increase between the first and the last sample inside, divided by the time between these two', () => {
  const counter = signal({
    form: 'counter',
    parts: [
      series([
        [0.4, 100],
        [3.4, 130],
        [6.4, 160],
        [9.4, 190],
        [12.4, 900],
      ]),
    ],
    interval: seconds(3),
  });
  expect(readingOf(counter, span(0, 10))).toMatchObject({ kind: 'value', value: 10, samples: 4 });
});

test('a reset counts neither in increase nor in time', () => {
  const counter = signal({
    form: 'counter',
    parts: [
      series([
        [0, 100],
        [2, 120],
        [4, 5],
        [6, 25],
        [8, 45],
      ]),
    ],
    interval: seconds(2),
  });
  expect(readingOf(counter, span(0, 8))).toMatchObject({ kind: 'value', value: 10 });
});

test('a window covered for less than 60 % says nothing', () => {
  const gauge = signal({ parts: [every(1, 0, 4, () => 7)] });
  expect(readingOf(gauge, span(0, 10))).toEqual({ kind: 'absent', why: 'too-few-samples' });
});

test('no series, a gap, and samples that ended are told apart', () => {
  expect(readingOf(signal({ parts: [] }), span(0, 10))).toEqual({ kind: 'absent', why: 'no-series' });
  expect(
    readingOf(
      signal({
        parts: [
          series([
            [0, 1],
            [50, 1],
          ]),
        ],
      }),
      span(10, 20),
    ),
  ).toEqual({ kind: 'absent', why: 'gap' });
  expect(
    readingOf(
      signal({
        parts: [
          series([
            [0, 1],
            [5, 1],
          ]),
        ],
      }),
      span(10, 20),
    ),
  ).toEqual({ kind: 'absent', why: 'stale' });
});

test('parts add up, less is taken off and never below nothing, over divides', () => {
  const five = every(1, 0, 10, () => 5);
  const two = every(1, 0, 10, () => 2);
  expect(readingOf(signal({ parts: [five, two] }), span(0, 10))).toMatchObject({ value: 7 });
  expect(readingOf(signal({ parts: [five], less: [two] }), span(0, 10))).toMatchObject({ value: 3 });
  expect(readingOf(signal({ parts: [two], less: [five] }), span(0, 10))).toMatchObject({ value: 0 });
  expect(readingOf(signal({ parts: [five], over: [two], scale: 2 }), span(0, 10))).toMatchObject({ value: 5 });
});

test('throttled periods over no periods at all is no throttling', () => {
  const idle = every(1, 0, 10, () => 40);
  expect(readingOf(signal({ form: 'counter', parts: [idle], over: [idle] }), span(0, 10))).toMatchObject({ value: 0 });
});

test('a ceiling stands until it is changed: one sample before the window is enough', () => {
  const ceiling = signal({ role: 'ceiling', parts: [series([[0, 20]])], interval: seconds(30) });
  expect(readingOf(ceiling, span(100, 110))).toMatchObject({ kind: 'value', value: 20 });
  expect(readingOf(ceiling, span(1000, 1010))).toEqual({ kind: 'absent', why: 'stale' });
});

test('a ceiling that was scraped every second and then lifted is gone after five scrapes', () => {
  const lifted = signal({ role: 'ceiling', parts: [every(1, 0, 60, () => 0.7)] });
  expect(readingOf(lifted, span(62, 72))).toMatchObject({ kind: 'value', value: 0.7 });
  expect(readingOf(lifted, span(70, 80))).toEqual({ kind: 'absent', why: 'stale' });
});

test('blocks are the means of consecutive quarters', () => {
  const ramp = signal({ parts: [every(1, 0, 7, (time) => time)] });
  expect(readingOf(ramp, span(0, 8))).toMatchObject({ value: 3.5, blocks: [1, 3, 5, 6.5] });
});

test('a source that is 10 s late is read 10 s later', () => {
  const late = signal({
    form: 'counter',
    parts: [every(1, 0, 60, (time) => (time < 30 ? time : 30 + (time - 30) * 5))],
  });
  expect(readingOf(late, span(20, 30), 10)).toMatchObject({ value: 5 });
});

test('two samples are too few, though they span the window', () => {
  const counter = signal({
    form: 'counter',
    parts: [
      series([
        [0, 0],
        [10, 100],
      ]),
    ],
    interval: seconds(10),
  });
  expect(readingOf(counter, span(0, 10))).toEqual({ kind: 'absent', why: 'too-few-samples' });
});

test('a status that is answered for the first time in the middle was nothing before: 20 a second over half of the time', () => {
  const answers = signal({
    form: 'counter',
    parts: [every(1, 0, 10, (at) => 1000 + 30 * at), every(1, 5, 10, (at) => 20 * (at - 5))],
    interval: seconds(1),
  });
  // 30 a second throughout, and 100 in the five seconds of ten
  expect(readingOf(answers, span(0, 10))).toMatchObject({ kind: 'value', value: 40, samples: 11 });
});

test('a pod that is gone for most of the window counts for as long as it was there', () => {
  const busy = signal({
    form: 'gauge',
    parts: [every(1, 0, 19, () => 3), every(1, 0, 9, () => 2)],
    interval: seconds(1),
  });
  expect(readingOf(busy, span(0, 19))).toMatchObject({ kind: 'value', value: 4 });
});

test('a long window tells how full its fullest twentieth was, which its mean hides', () => {
  const busy = (time: number): number => (time >= 300 && time < 390 ? 4 : 1);
  const used = {
    layer: 'leaf',
    kind: 'servers',
    unit: 'cores',
    component: 'host',
    resource: 'cpu',
    hard: false,
  } as const;
  const gauge = signal({ resource: used, parts: [every(15, 0, 900, busy)], interval: seconds(15) });
  const reading = readingOf(gauge, span(0, 900));
  expect(reading).toMatchObject({ kind: 'value', fullest: 4 });
  // 90 s of 900 at 4, else 1
  expect(reading.kind === 'value' ? reading.value : 0).toBeCloseTo(1.3, 1);
  expect(readingOf(gauge, span(0, 150))).not.toHaveProperty('fullest');
});

test('a ceiling that limits nothing is none: 0, −1 and what is infinite', () => {
  for (const none of [0, -1, Number.POSITIVE_INFINITY, Number.NaN]) {
    const ceiling = signal({ role: 'ceiling', parts: [every(1, 0, 10, () => none)] });
    expect(readingOf(ceiling, span(0, 10))).toEqual({ kind: 'absent', why: 'stale' });
  }
  const taken = signal({ role: 'ceiling', parts: [every(1, 0, 10, () => 3)], less: [every(1, 0, 10, () => 3)] });
  expect(readingOf(taken, span(0, 10))).toEqual({ kind: 'absent', why: 'stale' });
});
