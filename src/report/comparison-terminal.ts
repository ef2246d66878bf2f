import type { Comparison } from '../model/comparison.ts';
import { comparisonGroups } from './comparison-groups.ts';
import { type DifferenceRow, findingWords, runRows } from './comparison-rows.ts';
import type { Tone } from './paint.ts';
import type { Look } from './terminal.ts';
import { wrapped } from './text-lines.ts';
import { type Column, textTable } from './text-table.ts';

const findingTones = {
  higher: 'strong',
  changed: 'strong',
  lower: 'strong',
  equivalent: 'faint',
  'cannot-tell': 'warn',
} as const satisfies Record<DifferenceRow['finding'], Tone>;

/** Where the sentence on one pair of set-ups ends and that on the next begins. */
const nextPair = /(?<=\.) (?=Runs? \d|The \d)/u;

/** A comparison for a terminal: the summary, the runs, and what differs between neighbours; what cannot be told apart in one line each. */
export function comparisonTerminal(comparison: Comparison, look: Look): string {
  const { width, paint } = look;
  const inner = Math.max(40, width - 2);
  const sections = [
    comparison.sentence
      .split(nextPair)
      .flatMap((sentence) => wrapped(sentence, width))
      .map((line) => paint(line, 'strong')),
    [paint('Runs', 'strong'), ...runs(comparison, { width: inner, paint })],
    ...differences(comparison, { width: inner, paint }),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function runs(comparison: Comparison, { width, paint }: Look): readonly string[] {
  const rows = runRows(comparison);
  const column = (title: string, rank: number, say: (row: (typeof rows)[number]) => string): Column => ({
    title,
    align: 'left',
    rank,
    cells: rows.map((row) => ({ text: say(row) })),
  });
  const columns = [
    column('', 0, (row) => row.name),
    column('verdict', 2, (row) => row.verdict),
    column('first saturated', 0, (row) => row.first),
    column('capacity', 0, (row) => row.capacity),
    column('carries', 1, (row) => row.headroom),
  ];
  const legend = rows.map(({ name, id }) => `${name} is ${id}`).join(', ');
  return [
    ...textTable(columns, width, paint).map((line) => `  ${line}`),
    ...wrapped(legend, width).map((line) => `  ${paint(line, 'faint')}`),
  ];
}

function differences(comparison: Comparison, { width, paint }: Look): readonly (readonly string[])[] {
  return comparisonGroups(comparison).map(({ title, lines }) => [
    paint(title, 'strong'),
    ...lines.flatMap(({ finding, text }) =>
      wrapped(text, width - 2).map((line, index) =>
        index === 0 ? `  ${paint(findingWords[finding].sign, findingTones[finding])} ${line}` : `    ${line}`,
      ),
    ),
  ]);
}
