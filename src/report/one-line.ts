import { rate } from '../model/in-words.ts';
import type { Report } from '../model/report.ts';
import { nameOf } from './naming.ts';
import { shortened } from './text-lines.ts';
import { boundText, headroomFigure } from './wording.ts';

const longest = 200;

/** The answer in at most 200 characters, without markup: the sentence, then what it has not told already and still fits. */
export function oneLine(report: Report): string {
  const start = shortened(`${report.run.target}: ${report.verdict.sentence}`, longest);
  return facts(report).reduce((line, { key, text }) => {
    const longer = `${line} ${text}.`;
    return line.includes(key) || [...longer].length > longest ? line : longer;
  }, start);
}

function facts({ capacity, headroom, next }: Report): readonly { readonly key: string; readonly text: string }[] {
  return [
    ...(capacity === null ? [] : [told('Capacity', boundText(capacity.rate, rate))]),
    ...(headroom === null ? [] : [told('Headroom', headroomFigure(headroom), ` at ${rate(headroom.load)}`)]),
    ...(next === null ? [] : [told('Next', nameOf(next), `, which carries ${boundText(next.capacity.rate, rate)}`)]),
  ];
}

const told = (label: string, key: string, rest = '') => ({ key, text: `${label} ${key}${rest}` });
