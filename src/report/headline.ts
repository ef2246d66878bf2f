import { percent, rate } from '../model/in-words.ts';
import type { Report } from '../model/report.ts';
import { nameOf } from './naming.ts';
import { boundText, capacityText, headroomText, ownCapacityText } from './wording.ts';

/** One line under the verdict: what it is about, the figure to see first, and the rest of the sentence. */
export type Fact = { readonly label: string; readonly figure: string; readonly detail: string };

/** A fact as one sentence. */
export const factText = ({ figure, detail }: Fact): string => `${figure}${figure === '' ? '' : ' '}${detail}`;

/** Capacity, headroom, what comes next and what lifting the limit gives; what is not known says so once. */
export function headline({ capacity, headroom, current, next, remedy }: Report): readonly Fact[] {
  return [
    capacity === null
      ? fact('capacity', '', 'not known from this run')
      : fact('capacity', boundText(capacity.rate, rate), capacityText(capacity)),
    headroom === null ? fact('headroom', '', withoutHeadroom(capacity)) : headroomFact('headroom', headroom),
    ...(current === null ? [] : [headroomFact('now', current)]),
    ...(next === null ? [] : [fact('next', nameOf(next), `at ${ownCapacityText(next.capacity)}`)]),
    ...(remedy === null ? [] : [fact('remedy', '', remedy)]),
  ];
}

/** Splits the figure off where the sentence begins with it. */
function fact(label: string, figure: string, sentence: string): Fact {
  return {
    label,
    figure,
    detail: sentence.startsWith(figure) ? sentence.slice(figure.length).replace(/^[ ,:]+/u, '') : sentence,
  };
}

const headroomFact = (label: string, headroom: NonNullable<Report['headroom']>): Fact =>
  fact(label, boundText(headroom.ratio, percent), headroomText(headroom));

function withoutHeadroom(capacity: Report['capacity']): string {
  if (capacity === null) return 'not known without a capacity';
  return 'not stated: no load is known to hold it against; "expect" in the configuration gives one';
}
