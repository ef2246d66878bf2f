import type { Paint, Tone } from './paint.ts';
import { printable } from './printable.ts';
import { shortened } from './text-lines.ts';

export type Cell = { readonly text: string; readonly tone?: Tone | undefined };

/** A column of a table in characters. Where the table is too wide, columns with the highest `rank` go first; rank 0 stays. */
export type Column = {
  readonly title: string;
  readonly align: 'left' | 'right';
  readonly rank: number;
  readonly cells: readonly Cell[];
};

const gap = 2;
const narrowest = 16;

/** A table at most `width` characters wide: columns without content are left out, then those of least worth, then the widest is shortened. */
export function textTable(columns: readonly Column[], width: number, paint: Paint): readonly string[] {
  const told = columns.filter(({ cells }) => cells.some(({ text }) => text !== ''));
  const kept = fitting(told, width);
  const widths = narrowed(kept, width);
  const rows = kept[0]?.cells.map((_, row) => kept.map((column) => column.cells[row] ?? { text: '' })) ?? [];
  const titles = kept.map(({ title }): Cell => ({ text: title, tone: 'faint' }));
  return [titles, ...rows].map((cells) => line(cells, { columns: kept, widths, paint }));
}

const widthOf = ({ title, cells }: Column): number =>
  Math.max(...[title, ...cells.map((cell) => cell.text)].map(length));

const length = (text: string): number => [...printable(text)].length;

const total = (widths: readonly number[]): number => widths.reduce((sum, each) => sum + each + gap, -gap);

function fitting(columns: readonly Column[], width: number): readonly Column[] {
  const least = Math.max(...columns.map(({ rank }) => rank));
  if (least <= 0 || total(columns.map(widthOf)) <= width) return columns;
  return fitting(
    columns.filter(({ rank }) => rank < least),
    width,
  );
}

function narrowed(columns: readonly Column[], width: number): readonly number[] {
  const widths = columns.map(widthOf);
  const surplus = total(widths) - width;
  const widest = Math.max(...widths);
  if (surplus <= 0) return widths;
  return widths.with(widths.indexOf(widest), Math.max(narrowest, widest - surplus));
}

type Layout = { readonly columns: readonly Column[]; readonly widths: readonly number[]; readonly paint: Paint };

function line(cells: readonly Cell[], { columns, widths, paint }: Layout): string {
  const parts = cells.map(({ text, tone }, index) => {
    const width = widths[index] ?? 0;
    const short = shortened(text, width);
    const space = ' '.repeat(width - length(short));
    const shown = tone === undefined || short === '' ? short : paint(short, tone);
    return columns[index]?.align === 'right' ? `${space}${shown}` : `${shown}${space}`;
  });
  return parts.join(' '.repeat(gap)).trimEnd();
}
