import { endsBelow } from '../model/headroom.ts';
import { rate, users } from '../model/in-words.ts';
import type { Report } from '../model/report.ts';
import { nameOf } from './naming.ts';
import { boundText, capacityText, headroomFigure, headroomText, ownCapacityText } from './wording.ts';

/** One line under the verdict: what it is about and its sentence, which may begin with the figure to see first. */
export type Fact = { readonly label: string; readonly text: string; readonly figure: string; readonly detail: string };

/** Capacity, what a search found, headroom, what comes next and what lifting the limit gives; what is not known says so once. */
export function headline({ capacity, headroom, unstated, current, next, remedy, load }: Report): readonly Fact[] {
  return [
    capacity === null
      ? fact('capacity', '', 'not known from this run')
      : fact('capacity', boundText(capacity.rate, rate), capacityText(capacity)),
    ...(load.search === undefined ? [] : [searchFact(load.search)]),
    headroom === null ? fact('headroom', '', withoutHeadroom(capacity, unstated)) : headroomFact('headroom', headroom),
    ...(current === null ? [] : [headroomFact('now', current)]),
    ...(next === null ? [] : [nextFact(next, capacity)]),
    ...(remedy === null ? [] : [fact('remedy', '', remedy)]),
  ];
}

/** `detail` is the text without the figure that it begins with. */
function fact(label: string, figure: string, text: string): Fact {
  return { label, figure, text, detail: text.slice(figure.length).replace(/^[ ,:]+/u, '') };
}

/** What was searched for is the figure to see first; a search without an answer has none. */
function searchFact({ unit, met, sentence }: NonNullable<Report['load']['search']>): Fact {
  const figure = met === null ? '' : (unit === 'users' ? users : rate)(met);
  return fact('search', sentence.startsWith(figure) ? figure : '', sentence);
}

/** What comes next, and what it carries; an end below what is carried already is none. */
function nextFact(next: NonNullable<Report['next']>, capacity: Report['capacity']): Fact {
  const own = ownCapacityText(next.capacity);
  const isPassed = capacity !== null && endsBelow(next.capacity.rate, capacity);
  const end = isPassed
    ? `; where it ends cannot be told: ${own} is less than what is carried already`
    : `, which carries ${own}`;
  return fact('next', nameOf(next), `${nameOf(next)}${end}`);
}

const headroomFact = (label: string, headroom: NonNullable<Report['headroom']>): Fact =>
  fact(label, headroomFigure(headroom), headroomText(headroom));

function withoutHeadroom(capacity: Report['capacity'], unstated: string | undefined): string {
  if (capacity === null) return 'not known without a capacity';
  if (unstated === undefined)
    return 'not stated: no load is known to hold it against; "expect" in the configuration gives one';
  return `not stated: ${unstated}; "expect" in the configuration gives a load to hold it against`;
}
