import type { Comparison, Difference } from '../model/comparison.ts';
import { amount, number, rate } from '../model/in-words.ts';
import type { Report } from '../model/report.ts';
import { nameOf } from './naming.ts';
import { boundText, capacityText, rangeText } from './wording.ts';

/** One run of a comparison in words. */
export type RunRow = {
  readonly id: string;
  readonly verdict: Report['verdict']['kind'];
  readonly first: string;
  readonly capacity: string;
  readonly headroom: string;
  readonly sentence: string;
};

/** One quantity in words; `values` has one entry a run, in the order of the runs. */
export type DifferenceRow = {
  readonly finding: Difference['finding'];
  readonly word: string;
  readonly what: string;
  readonly values: readonly string[];
  readonly ratio: string;
  readonly sentence: string;
};

const words = {
  higher: '▲ higher',
  changed: '≠ changed',
  lower: '▼ lower',
  equivalent: '= equivalent',
  'cannot-tell': '? cannot tell',
} as const satisfies Record<Difference['finding'], string>;

/** The runs of a comparison, in its order. */
export function runRows({ reports }: Comparison): readonly RunRow[] {
  return reports.map(({ run, verdict, capacity, headroom }) => ({
    id: run.id,
    verdict: verdict.kind,
    first: verdict.first === null ? '–' : nameOf(verdict.first),
    capacity: capacity === null ? 'not known' : capacityText(capacity),
    headroom:
      headroom === null ? 'not stated' : `${boundText(headroom.multiplier, number)} times ${rate(headroom.load)}`,
    sentence: verdict.sentence,
  }));
}

/** The differences of a comparison, in its order. */
export function differenceRows({ reports, differences }: Comparison): readonly DifferenceRow[] {
  return differences.map((difference) => ({
    finding: difference.finding,
    word: words[difference.finding],
    what: difference.what,
    values: reports.map(({ run }) => valueIn(difference, run.id)),
    ratio: difference.ratio === null ? '' : rangeText(difference.ratio, number),
    sentence: difference.sentence,
  }));
}

function valueIn({ runs, values, unit }: Difference, run: string): string {
  const index = runs.indexOf(run);
  const value = index < 0 ? undefined : values[index];
  if (value === undefined) return '';
  if (value === null) return 'not known';
  return unit === '/s' || unit === 'requests/s' ? rate(value) : amount(value, unit);
}
