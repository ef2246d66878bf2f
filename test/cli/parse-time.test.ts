import { expect, test } from 'vitest';
import { parseTime } from '../../src/cli/parse-time.ts';
import { epoch } from '../../src/model/units.ts';

/** 2027-01-15T08:00:00Z, as `date -u -d @1800000000` says. */
const now = epoch(1_800_000_000);

test.each([
  ['now', 1_800_000_000],
  ['-30m', 1_800_000_000 - 1800],
  ['-1.5h', 1_800_000_000 - 5400],
  ['-45s', 1_800_000_000 - 45],
  ['-2d', 1_800_000_000 - 172_800],
  ['1799999000', 1_799_999_000],
  ['1799999000.5', 1_799_999_000.5],
  ['2027-01-15T08:00:00Z', 1_800_000_000],
  ['2027-01-15T08:00:00.250Z', 1_800_000_000.25],
  ['2027-01-15T09:00:00+01:00', 1_800_000_000],
  ['2027-01-15T08:00', 1_800_000_000],
  ['2027-01-15', 1_800_000_000 - 8 * 3600],
])('%s is a time', (text, expected) => {
  expect(parseTime(text, now)).toBe(expected);
});

test.each(['yesterday', '30m', '-30', '15.01.2027', '2027-13-01T00:00:00Z', '', '12', 'Infinity'])(
  '"%s" is refused with what would be right',
  (text) => {
    expect(() => parseTime(text, now)).toThrow(`"${text}" is not a time: write 2026-01-31T14:00:00Z`);
  },
);
