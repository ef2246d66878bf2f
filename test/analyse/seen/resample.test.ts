import { expect, test } from 'vitest';
import { resampled } from '../../../src/analyse/seen/resample.ts';
import { seeded } from '../../../src/model/random.ts';
import type { Row } from '../../../src/model/sheet.ts';
import { seconds } from '../../../src/model/units.ts';
import { caseWith, sheetOf } from '../windows.ts';

const row: Row = {
  resource: caseWith({ usage: [] }).resource,
  at: {},
  role: 'usage',
  // A counter's first block reaches back before the window: the blocks' mean is 1.9, the window's own 2.1.
  readings: [{ kind: 'value', value: 2.1, blocks: [1.3, 2.1, 2.1, 2.1], samples: 8 }],
  interval: seconds(1),
  floor: 0,
  evidence: { role: 'usage', source: 'test', promql: 'x' },
};
const sheet = { ...sheetOf([{ load: 100 }]), rows: [row] };
const values = (wanted: ReadonlySet<number>): readonly number[] => {
  const random = seeded(3);
  return Array.from({ length: 4000 }, () => {
    const reading = resampled(sheet, random, wanted).rows[0]?.readings[0];
    return reading?.kind === 'value' ? reading.value : Number.NaN;
  });
};

test('draws scatter about the reading itself, by the standard error of its blocks: 0.346 ÷ 2', () => {
  const drawn = values(new Set([0]));
  const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
  const sd = Math.sqrt(drawn.reduce((sum, value) => sum + (value - mean) ** 2, 0) / drawn.length);
  // four standard errors of 4000 draws: 4 · 0.173 ÷ √4000 = 0.011
  expect(Math.abs(mean - 2.1)).toBeLessThan(0.011);
  expect(sd).toBeCloseTo(0.346 / 2, 2);
});

test('a row that is not asked for stays as it is', () => expect(new Set(values(new Set()))).toEqual(new Set([2.1])));
