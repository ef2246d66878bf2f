import type { Report } from '../model/report.ts';
import { bar } from './bar.ts';
import { firstOf } from './first-of.ts';
import { headline } from './headline.ts';
import { limitLines } from './limit-lines.ts';
import { loadSteps, type StepRow } from './load-steps.ts';
import { nameOf } from './naming.ts';
import type { Paint, Tone } from './paint.ts';
import { printable } from './printable.ts';
import { type Ranking, ranking } from './ranking.ts';
import { remarksOf } from './remarks-of.ts';
import { type RequestRow, requestRows } from './request-rows.ts';
import { shortened, wrapped } from './text-lines.ts';
import { type Column, textTable } from './text-table.ts';
import { tones } from './tones.ts';
import { usageChart } from './usage-chart.ts';
import { verdictTone } from './verdict-tone.ts';

/** How a terminal shows text: how wide it is, and in which colours. */
export type Look = { readonly width: number; readonly paint: Paint };

/** A report for a terminal: the verdict first, then what follows from it, then what it rests on. */
export function terminal(report: Report, look: Look): string {
  const ranks = ranking(report);
  const sections = [
    verdict(report, look),
    facts(report, look),
    titled('Load', steps(report, look), look),
    ...requests(report, look),
    titled('Share in use over load', usageChart(report, ranks.rows, inner(look)).map(indented), look),
    titled('Resources', resources(ranks, look), look),
    titled('Configured limits', listed(limitLines(report), look), look),
    titled('Blind spots', listed(blindSpots(report), look), look),
    titled('Notes', notes(report, look), look),
  ];
  const told = sections.filter((section) => section.length > 0);
  return `${told.map((section) => section.join('\n')).join('\n\n')}\n`;
}

// What a screen holds; JSON, Markdown and the page have everything.
const mostSteps = 24;
const mostRequests = 16;
const longestRemark = 44;
const mostFilled = 12;
const mostFree = 5;
const mostBlind = 6;
const mostNoteLines = 8;

/** What was left out, and how to see it. */
const andMore = (count: number, which = ''): string => `and ${count} more${which} (-o markdown tells all)`;

const indented = (line: string): string => `  ${line}`;

const inner = ({ width, paint }: Look): Look => ({ width: Math.max(40, width - 2), paint });

function titled(title: string, lines: readonly string[], { paint }: Look): readonly string[] {
  return lines.length === 0 ? [] : [paint(title, 'strong'), ...lines];
}

function listed(texts: readonly string[], look: Look): readonly string[] {
  return texts.flatMap((text) =>
    wrapped(text, inner(look).width - 2).map((line, index) => (index === 0 ? `  · ${line}` : `    ${line}`)),
  );
}

/** Verdicts whose sentence says its reasons itself. */
const reasoned: readonly string[] = ['data-invalid', 'generator-limited', 'unstable-config'];

function verdict({ verdict: { kind, sentence, because }, run }: Report, look: Look): readonly string[] {
  const cut = run.state === 'aborted' ? ' · cut short' : '';
  return [
    look.paint(printable(`${run.target} · ${run.kind} ${run.id}${cut}`), 'faint'),
    ...wrapped(sentence, look.width).map((line) => look.paint(line, verdictTone(kind))),
    ...listed(reasoned.includes(kind) ? [] : because, look),
  ];
}

function facts(report: Report, look: Look): readonly string[] {
  const told = headline(report);
  const margin = Math.max(...told.map(({ label }) => label.length)) + 2;
  return told.flatMap((fact) =>
    wrapped(fact.text, inner(look).width - margin).map(
      (line, index) => `  ${index === 0 ? look.paint(fact.label.padEnd(margin), 'strong') : ' '.repeat(margin)}${line}`,
    ),
  );
}

function steps(report: Report, look: Look): readonly string[] {
  const { rows, more } = busiest(loadSteps(report));
  const column = (title: string, rank: number, say: (row: (typeof rows)[number]) => string): Column => ({
    title,
    align: 'right',
    rank,
    cells: rows.map((row) => ({ text: say(row), tone: title === 'good' && !row.isWell ? 'warn' : undefined })),
  });
  const table = [
    column('offered', 0, (row) => row.offered),
    column('good', 0, (row) => row.goodput),
    column('p50', 1, (row) => row.p50),
    column('p95', 4, (row) => row.p95),
    column('p99', 0, (row) => row.p99),
    column('errors', 0, (row) => row.errors),
    column('in flight', 3, (row) => row.inFlight),
    { ...column('', 2, (row) => shortened(row.remark, longestRemark)), align: 'left' as const },
  ];
  return [...textTable(table, inner(look).width, look.paint).map(indented), ...listed(more, look)];
}

function requests(report: Report, look: Look): readonly (readonly string[])[] {
  const { title, rows } = requestRows(report);
  if (rows.length === 0) return [];
  const column = (
    heading: string,
    rank: number,
    say: (row: RequestRow) => string,
    align: Column['align'] = 'right',
  ) => ({
    title: heading,
    align,
    rank,
    cells: rows.slice(0, mostRequests).map((row) => ({ text: say(row) })),
  });
  const table = [
    column('', 0, (row) => row.name, 'left'),
    column('offered', 0, (row) => row.offered),
    column('p50', 1, (row) => row.p50),
    column('p95', 4, (row) => row.p95),
    column('p99', 0, (row) => row.p99),
    column('errors', 0, (row) => row.errors),
    column('', 2, (row) => row.which, 'left'),
    column('slowest trace', 3, (row) => row.trace, 'left'),
  ];
  const left = rows.length - mostRequests;
  const more = left > 0 ? [andMore(left)] : [];
  return [
    titled(title, [...textTable(table, inner(look).width, look.paint).map(indented), ...listed(more, look)], look),
  ];
}

/** The steps with the most load, in their order. */
function busiest(all: readonly StepRow[]): { readonly rows: readonly StepRow[]; readonly more: readonly string[] } {
  const { shown, more } = firstOf(
    all.toSorted((a, b) => b.load - a.load),
    mostSteps,
    (count) => andMore(count, ' with less load'),
  );
  return { rows: all.filter((row) => shown.includes(row)), more };
}

const barWidth = 8;

/** What fills or is kept from running, and the fullest of what is free: the numbers that rule it out stand in its row. */
function telling(all: Ranking['rows']): { readonly rows: Ranking['rows']; readonly more: readonly string[] } {
  const free = all.filter(({ resource }) => resource.state === 'free');
  const seen = all.filter(({ resource }) => resource.state !== 'blind');
  const filled = seen.filter((row) => !free.includes(row)).slice(0, mostFilled);
  const fullest = free.toSorted((a, b) => fill(b) - fill(a)).slice(0, mostFree);
  const rows = all.filter((row) => filled.includes(row) || fullest.includes(row));
  const left = seen.length - rows.length;
  return { rows, more: left === 0 ? [] : [andMore(left, ' that are freer')] };
}

const fill = ({ resource }: Ranking['rows'][number]): number => resource.peak?.ratio ?? 0;

function resources({ heading, rows: all }: Ranking, look: Look): readonly string[] {
  const { rows, more } = telling(all);
  if (rows.length === 0) return listed(more, look);
  const tone = (row: (typeof rows)[number]): Tone => tones[row.resource.state];
  const text = (title: string, rank: number, say: (row: (typeof rows)[number]) => string): Column => ({
    title,
    align: 'left',
    rank,
    cells: rows.map((row) => ({ text: say(row) })),
  });
  const table: readonly Column[] = [
    { ...text('', 0, () => ''), cells: rows.map((row) => ({ text: row.resource.state, tone: tone(row) })) },
    text('', 0, ({ name }) => name),
    {
      ...text(heading, 1, () => ''),
      cells: rows.map((row) => ({ text: leftText(row.left), tone: tone(row) })),
    },
    text('peak', 0, ({ peak }) => peak),
    text('saturates at', 2, ({ onset }) => onset),
    text('carries', 3, ({ capacity }) => capacity),
  ];
  return [...textTable(table, inner(look).width, look.paint).map(indented), ...listed(more, look)];
}

function leftText(left: Ranking['rows'][number]['left']): string {
  return left === undefined ? '' : `${bar(left, barWidth)} ${left.text.padStart(6)}`;
}

function blindSpots({ blind }: Report): readonly string[] {
  const texts = blind.map((spot) => `${nameOf(spot)}: ${spot.why}. To see it: ${spot.cure}.`);
  const { shown, more } = firstOf(texts, mostBlind, (count) => andMore(count));
  return [...shown, ...more];
}

/** As many whole notes as the lines at the foot hold; the rest is counted. */
function notes(report: Report, look: Look): readonly string[] {
  const all = remarksOf(report).map((note) => listed([note], look));
  const held = (lines: number): number => {
    const ends = all.map((_, i) => all.slice(0, i + 1).flat().length);
    return ends.filter((end) => end <= lines).length;
  };
  if (held(mostNoteLines) === all.length) return all.flat();
  const shown = held(mostNoteLines - 1);
  return [...all.slice(0, shown).flat(), ...listed([andMore(all.length - shown)], look)];
}
