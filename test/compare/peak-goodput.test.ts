import { expect, test } from 'vitest';
import { peakGoodput } from '../../src/compare/peak-goodput.ts';
import type { Report } from '../../src/model/report.ts';
import { step } from '../report/fixtures/parts.ts';
import { run } from './run.ts';

const peak = (steps: Report['load']['steps']) =>
  peakGoodput(run('r', { load: { axis: 'arrivals', steps, stopped: null, recovery: null } }));

test('the peak is the best step, not the last: 6000 answers a minute, 100/s ± 1.96 √6000/60', () => {
  const found = peak([step(0, 90), step(1, 120, { goodput: 100 }), step(2, 150, { goodput: 80 })]);
  expect(found).toEqual({
    kind: 'interval',
    value: 100,
    low: expect.closeTo(97.5, 1),
    high: expect.closeTo(102.6, 1),
  });
});

test('where the best step was given all that it was asked for, more might have come', () => {
  expect(peak([step(0, 90), step(1, 120)])).toEqual({ kind: 'at-least', low: 120 });
});

test('a step that was set aside does not count, and without any there is no peak', () => {
  expect(peak([step(0, 90), step(1, 120, { aside: 'unstable-config' })])).toEqual({ kind: 'at-least', low: 90 });
  expect(peak([])).toBeUndefined();
});
