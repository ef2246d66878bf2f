import type { Comparison, Difference } from '../model/comparison.ts';
import { amount, number, placesInWords, rate } from '../model/in-words.ts';
import type { Report } from '../model/report.ts';
import { nameOf } from './naming.ts';
import { boundText, rangeText } from './wording.ts';

/** One run of a comparison in words. */
export type RunRow = {
  /** "run 1": what sentences and tables call it. */
  readonly name: string;
  readonly id: string;
  readonly verdict: Report['verdict']['kind'];
  readonly first: string;
  readonly capacity: string;
  readonly headroom: string;
  readonly sentence: string;
};

/** A set-up with its runs: a column of the table of differences. */
export type ComparisonColumn = { readonly name: string; readonly reports: readonly Report[] };

/** One quantity in words; `values` has one entry a column. */
export type DifferenceRow = {
  readonly finding: Difference['finding'];
  readonly word: string;
  readonly what: string;
  readonly values: readonly string[];
  readonly ratio: string;
  /** "large (δ 0.8)"; empty where there are no repeats. */
  readonly effect: string;
  readonly sentence: string;
};

/** What a finding is called, and its sign. */
export const findingWords = {
  higher: { sign: '▲', word: 'higher' },
  changed: { sign: '≠', word: 'changed' },
  lower: { sign: '▼', word: 'lower' },
  equivalent: { sign: '=', word: 'equivalent' },
  'cannot-tell': { sign: '?', word: 'cannot tell' },
} as const satisfies Record<Difference['finding'], { readonly sign: string; readonly word: string }>;

/** "run 1" for the first of the runs compared. */
export const runName = (place: number): string => `run ${place + 1}`;

/** The runs of a comparison, in its order. */
export function runRows({ reports }: Comparison): readonly RunRow[] {
  return reports.map(({ run, verdict, capacity, headroom }, place) => ({
    name: runName(place),
    id: run.id,
    verdict: verdict.kind,
    first: verdict.first === null ? '–' : nameOf(verdict.first),
    capacity: capacity === null ? 'not known' : capacityIn(capacity),
    headroom:
      headroom === null ? 'not stated' : `${boundText(headroom.multiplier, number)} times ${rate(headroom.load)}`,
    sentence: verdict.sentence,
  }));
}

const capacityIn = ({ rate: found, binds }: NonNullable<Report['capacity']>): string =>
  `${rangeText(found, rate)}${binds === 'objective' ? ', by an objective' : ''}`;

/** A column for each set-up: a run, or its repeats together. */
export function comparisonColumns({ reports, pairs }: Comparison): readonly ComparisonColumn[] {
  const sides = [...pairs.slice(0, 1).map(({ earlier }) => earlier), ...pairs.map(({ later }) => later)];
  const known = sides.map((ids) => reports.filter(({ run }) => ids.includes(run.id)));
  const columns = known.flat().length === reports.length ? known : reports.map((report) => [report]);
  return columns.map((column) => ({ name: namesOf(column, reports), reports: column }));
}

function namesOf(column: readonly Report[], reports: readonly Report[]): string {
  const places = column.map((report) => reports.indexOf(report));
  return `${places.length > 1 ? 'runs' : 'run'} ${placesInWords(places)}`;
}

/** The differences of a comparison, in its order. */
export function differenceRows(comparison: Comparison): readonly DifferenceRow[] {
  const columns = comparisonColumns(comparison);
  return comparison.differences.map((difference) => ({
    finding: difference.finding,
    word: `${findingWords[difference.finding].sign} ${findingWords[difference.finding].word}`,
    what: difference.what,
    values: columns.map((column) => cellIn(difference, column)),
    ratio: difference.ratio === null ? '' : rangeText(difference.ratio, number),
    effect: difference.effect === null ? '' : effectIn(difference.effect),
    sentence: difference.sentence,
  }));
}

/** The value of a run; of repeats the least and the most, or whatever they say otherwise. */
function cellIn(difference: Difference, { reports }: ComparisonColumn): string {
  const numbers = reports
    .map(({ run }) => difference.values[difference.runs.indexOf(run.id)])
    .filter((value) => value !== undefined && value !== null);
  const ends = reports.length > 1 && numbers.length > 1 ? [Math.min(...numbers), Math.max(...numbers)] : [];
  const texts =
    ends.length > 0
      ? ends.map((value) => saidIn(difference, value))
      : reports.map((report) => valueIn(difference, report));
  return [...new Set(texts)].filter((text) => text !== '').join(ends.length > 0 ? ' to ' : ', ');
}

const saidIn = ({ unit }: Difference, value: number): string => (unit === '1/s' ? rate(value) : amount(value, unit));

/** How cleanly the runs of both sides lie apart: Cliff's delta in words (Romano 2006). */
function effectIn(delta: number): string {
  const size = Math.abs(delta);
  const word = size < 0.147 ? 'negligible' : size < 0.33 ? 'small' : size < 0.474 ? 'medium' : 'large';
  return `${word} (δ ${Number(delta.toFixed(2))})`;
}

/** What is no number (the first resource) is told by the verdict. */
function valueIn(difference: Difference, { run, verdict }: Report): string {
  const index = difference.runs.indexOf(run.id);
  const value = index < 0 ? undefined : difference.values[index];
  if (value === undefined) return '';
  if (difference.unit === '') return verdict.first === null ? '–' : nameOf(verdict.first);
  return value === null ? 'not known' : saidIn(difference, value);
}
