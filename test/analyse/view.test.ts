import { expect, test } from 'vitest';
import { viewWith } from './windows.ts';

test('low load is the lowest third of the windows, at least two of them', () => {
  expect(viewWith([50, 100, 150].map((load) => ({ load }))).low).toEqual([0, 1]);
  expect(viewWith([10, 20, 30, 40, 50, 60, 70, 80, 90].map((load) => ({ load }))).low).toEqual([0, 1, 2]);
});

test('a second step that is congested already, and a first one that was warming up, are no baseline', () => {
  expect(viewWith([{ load: 60 }, { load: 85, p99: 0.4 }, { load: 122, p99: 1 }]).low).toEqual([0]);
  expect(viewWith([{ load: 60, p99: 0.8 }, { load: 85 }, { load: 122, p99: 1 }]).low).toEqual([1]);
});

test('windows that were set aside are not looked at', () => {
  expect(viewWith([{ load: 60, aside: true }, { load: 85 }, { load: 122 }]).index).toEqual([1, 2]);
});
