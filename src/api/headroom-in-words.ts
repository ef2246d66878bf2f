import { endsBelow, isNone, isOpen } from '../model/headroom.ts';
import { interval, percent, rate } from '../model/in-words.ts';
import type { Report } from '../model/report.ts';
import type { HeadroomView } from './schemas.ts';

const longest = 200;

/** One line of at most 200 characters: what the report says in one line, and when it was, as far as that fits. */
export function headroomLine(line: string, { run, later }: HeadroomView): string {
  const plain = [...line.replaceAll(/\s+/g, ' ').trim()];
  const start = plain.length <= longest ? plain.join('') : `${plain.slice(0, longest - 1).join('')}…`;
  const ends = [` Run ${run.id}, ${run.to}.`, later === null ? '' : ` A later run gave no answer (${later.verdict}).`];
  return ends.reduce((text, end) => (text.length + end.length <= longest ? text + end : text), start);
}

/** A few lines of Markdown for a chat. */
export function headroomMarkdown(view: HeadroomView): string {
  const { target, verdict, capacity, headroom, current, next, remedy, later, run, report } = view;
  const lines = [
    `**${escaped(target)}**: ${escaped(verdict.sentence)}`,
    '',
    ...(capacity === null ? [] : [`- Capacity: ${interval(capacity.rate)}, ${capacity.provenance}`]),
    ...(headroom === null ? [] : [`- Headroom: ${share(headroom)}`]),
    ...(current === null ? [] : [`- Right now: ${share(current)}`]),
    ...(next === null
      ? []
      : [`- Next: ${escaped(next.component)} / ${escaped(next.resource)}${endOf(next, capacity)}`]),
    ...(remedy === null ? [] : [`- ${escaped(remedy)}`]),
    ...(later === null ? [] : [`- A later run gave no answer (${later.verdict}): ${escaped(later.sentence)}`]),
    `- [Report](${report}) of run ${escaped(run.id)}, ${run.to}`,
  ];
  return `${lines.join('\n')}\n`;
}

const endOf = (next: NonNullable<Report['next']>, capacity: Report['capacity']): string =>
  capacity !== null && endsBelow(next.capacity.rate, capacity)
    ? '; where it ends cannot be told'
    : ` at ${interval(next.capacity.rate)}`;

function share(headroom: NonNullable<Report['headroom']>): string {
  const { ratio, load, because } = headroom;
  const left = isOpen(headroom) ? 'not known' : isNone(headroom) ? 'none' : interval(ratio, percent);
  return `${left} at ${rate(load)}${because === undefined ? '' : `: ${escaped(because)}`}`;
}

/** Names come from others: none of them may become markup. */
const escaped = (text: string): string => text.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_[\]<>|~#]/g, '\\$&');
