import type { Comparison } from '../model/comparison.ts';
import { type DifferenceRow, differenceRows, runRows } from './comparison-rows.ts';
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

/** A comparison for a terminal: what differs, then the runs, then every quantity. */
export function comparisonTerminal(comparison: Comparison, look: Look): string {
  const { width, paint } = look;
  const inner = Math.max(40, width - 2);
  const sections = [
    wrapped(comparison.sentence, width).map((line) => paint(line, 'strong')),
    [paint('Runs', 'strong'), ...runs(comparison, { width: inner, paint })],
    differences(comparison, { width: inner, paint }),
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
    column('', 0, (row) => row.id),
    column('verdict', 2, (row) => row.verdict),
    column('first saturated', 0, (row) => row.first),
    column('capacity', 0, (row) => row.capacity),
    column('carries', 1, (row) => row.headroom),
  ];
  return textTable(columns, width, paint).map((line) => `  ${line}`);
}

function differences(comparison: Comparison, { width, paint }: Look): readonly string[] {
  const rows = differenceRows(comparison);
  if (rows.length === 0) return [];
  const columns: readonly Column[] = [
    {
      title: '',
      align: 'left',
      rank: 0,
      cells: rows.map(({ word, finding }) => ({ text: word, tone: findingTones[finding] })),
    },
    { title: '', align: 'left', rank: 0, cells: rows.map(({ what }) => ({ text: what })) },
    ...comparison.reports.map(
      ({ run }, index): Column => ({
        title: run.id,
        align: 'right',
        rank: 1,
        cells: rows.map(({ values }) => ({ text: values[index] ?? '' })),
      }),
    ),
    { title: 'ratio', align: 'left', rank: 0, cells: rows.map(({ ratio }) => ({ text: ratio })) },
  ];
  const sentences = rows.flatMap(({ sentence }) =>
    wrapped(sentence, width - 2).map((line, index) => `${index === 0 ? '  · ' : '    '}${line}`),
  );
  return [paint('Differences', 'strong'), ...textTable(columns, width, paint).map((line) => `  ${line}`), ...sentences];
}
