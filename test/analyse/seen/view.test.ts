import { expect, test } from 'vitest';
import { bracketAt } from '../../../src/analyse/seen/view.ts';
import { viewWith } from '../windows.ts';

test('low load is the lowest third of the windows, at least two of them', () => {
  expect(viewWith([50, 100, 150].map((load) => ({ load }))).low).toEqual([0, 1]);
  expect(viewWith([10, 20, 30, 40, 50, 60, 70, 80, 90].map((load) => ({ load }))).low).toEqual([0, 1, 2]);
});

test('a second step that is congested already, and a first one that was warming up, are no baseline', () => {
  expect(viewWith([{ load: 60 }, { load: 85, p99: 0.4 }, { load: 122, p99: 1 }]).low).toEqual([0]);
  expect(viewWith([{ load: 60, p99: 0.8 }, { load: 85 }, { load: 122, p99: 1 }]).low).toEqual([1]);
});

test('what fails may be answered at once: such windows are no low load, however fast they are', () => {
  const refusing = viewWith([
    { load: 10 },
    { load: 20 },
    { load: 30 },
    { load: 40 },
    { load: 50, errors: 0.6, p99: 0.001 },
    { load: 60, errors: 0.9, p99: 0.001 },
  ]);
  expect(refusing.low).toEqual([0, 1]);
});

test('windows that were set aside are not looked at', () => {
  expect(viewWith([{ load: 60, aside: true }, { load: 85 }, { load: 122 }]).index).toEqual([1, 2]);
});

test('about the same load, or loads that chance may have told apart, stand as they came: 24/s for ten seconds is 240 ± 15', () => {
  expect(viewWith([{ load: 24.5 }, { load: 24 }, { load: 26 }, { load: 23 }]).index).toEqual([0, 1, 2, 3]);
  expect(viewWith([{ load: 590 }, { load: 560 }, { load: 300 }]).index).toEqual([2, 0, 1]);
});

test('loads further apart than that stand by load', () => {
  expect(viewWith([{ load: 100 }, { load: 80 }, { load: 50 }]).index).toEqual([2, 1, 0]);
});

test('what begins in a window begins above the next lower load before it, not above one of about the same', () => {
  const view = viewWith([{ load: 300 }, { load: 590 }, { load: 560 }]);
  expect(bracketAt(view, 2)).toEqual({ above: 300, upTo: 560 });
  expect(bracketAt(view, 0)).toEqual({ above: undefined, upTo: 300 });
});

test('low load is where answers are as fast as anywhere: what was slow at the two lowest was cold', () => {
  const cold = viewWith([
    { load: 10, p99: 1 },
    { load: 20, p99: 0.5 },
    { load: 30, p99: 0.1 },
    { load: 40, p99: 0.11 },
    { load: 50, p99: 0.15 },
    { load: 60, p99: 2 },
  ]);
  expect(cold.low).toEqual([2, 3]);
  const warm = viewWith([10, 20, 30, 40, 50, 60].map((load) => ({ load, p99: load / 100 })));
  expect(warm.low).toEqual([0, 1]);
});
