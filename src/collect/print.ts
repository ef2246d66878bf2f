import type { Labels } from '../model/labels.ts';
import { type Seconds, seconds } from '../model/units.ts';
import type { Candidate, Summand } from './candidates.ts';
import { labelName, oneOf, printSelector, type Selector } from './selector.ts';

/** How a row is printed: over which range, of which instance, kept apart by which labels. */
export type Printing = {
  readonly range: Seconds;
  readonly at: Labels;
  readonly by: readonly string[];
  /** Whether a selector has series; one that has none is left out of a sum. */
  readonly exists: (selector: Selector) => boolean;
};

/** Everything there is, summed up, over a minute. */
export const whole: Printing = { range: seconds(60), at: {}, by: [], exists: () => true };

/** The PromQL that gives the same number as a row: rate, mean or count of each series, added up, less, over, scaled. */
export function promqlOf(candidate: Candidate, printing: Printing): string {
  if (candidate.form === 'fixed') return `vector(${candidate.variant.fixed ?? 0})`;
  if (candidate.form === 'promql') return candidate.expression ?? '';
  const parts = sumOf(candidate, candidate.parts, printing);
  const less = sumOf(candidate, candidate.less, printing);
  const over = sumOf(candidate, candidate.over, printing);
  const waited = candidate.variant.idle === undefined ? parts : `${parts} - ${candidate.variant.idle}`;
  const difference = less === '' ? waited : `${waited} - ${inside(less)}`;
  const quotient = over === '' ? difference : `${inside(difference)} / ${inside(over)}`;
  return candidate.scale === 1 ? quotient : `${candidate.scale} * (${quotient})`;
}

const inside = (expression: string): string =>
  expression.includes(') + ') || expression.includes(') - ') ? `(${expression})` : expression;

function sumOf(candidate: Candidate, summands: readonly Summand[], printing: Printing): string {
  return summands
    .flatMap(({ selectors }) => selectors)
    .filter(printing.exists)
    .map((selector) => one(candidate, selector, printing))
    .join(' + ');
}

function one(candidate: Candidate, selector: Selector, { range, at, by }: Printing): string {
  const here = Object.entries(at).map(([key, value]) => oneOf(candidate.per[key] ?? key, [value]));
  const known = selector.tests.filter(({ label }) => !here.some((test) => test.label === label));
  const printed = printSelector({ name: selector.name, tests: [...known, ...here] });
  const grouped = by.length > 0 ? ` by (${by.map(labelName).join(', ')}) ` : '';
  const window = `[${Math.max(1, Math.round(range))}s]`;
  const rows: Readonly<Record<string, string>> = {
    gauge: `sum${grouped}(avg_over_time(${printed}${window}))`,
    counter: `sum${grouped}(rate(${printed}${window}))`,
    count: `count${grouped}(${printed})`,
  };
  return rows[candidate.form] ?? '';
}
