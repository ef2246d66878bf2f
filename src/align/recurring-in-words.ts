import { amount, duration, percent, resourceName } from '../model/in-words.ts';
import type { Note } from '../model/note.ts';
import type { Span } from '../model/span.ts';
import type { Extra } from './kinds-of-request.ts';
import type { Recurring } from './recurring-work.ts';

/** At least this full is worth telling, at least so much of the answers failing too. */
const nearlyFull = 0.9;
const failing = 0.005;

/**
 * What recurs at fixed hours, as a note.
 *
 * @param days over how many days was looked
 * @param errorsIn which share of the answers failed in a stretch
 */
export function recurringNote(job: Recurring, days: number, errorsIn: (span: Span) => number): Note {
  const { times, begins, lasts, takes } = job;
  const what = takes.map(({ usage, amount: of }) => `${amount(of, usage.unit)} of ${resourceName(usage)}`).join(', ');
  const when = `on ${times.length} of ${Math.ceil(days)} days, from about ${clock(begins)} UTC for ${duration(lasts)}`;
  if (job.broughtBy) return { about: 'load', text: mixInWords(job, job.broughtBy, when, what) };
  const worst = takes.toSorted((a, b) => (b.full ?? 0) - (a.full ?? 0))[0];
  const failed = Math.max(0, ...times.map(errorsIn));
  const meanwhile = [
    ...(worst && (worst.full ?? 0) >= nearlyFull
      ? [`${resourceName(worst.usage)} was ${percent(worst.full ?? 0)} full meanwhile`]
      : []),
    ...(failed >= failing ? [`up to ${percent(failed)} of the answers failed`] : []),
  ];
  const told = meanwhile.length > 0 ? `; ${meanwhile.join(' and ')}` : '';
  return {
    about: 'load',
    text: `recurring work: ${when}, no load explains ${what}; these times are left out of what a request costs and of the verdict${told}`,
  };
}

/** What recurs with a kind of request is traffic: it stays in the answer, which is about all mixes together. */
function mixInWords({ takes }: Recurring, { name, share, usual }: Extra, when: string, what: string): string {
  const [fullest] = takes.toSorted((a, b) => (b.most ?? 0) - (a.most ?? 0));
  const most =
    fullest?.most === undefined
      ? ''
      : `; up to ${percent(fullest.most)} of ${resourceName(fullest.usage)} was in use then`;
  return `another mix of requests: ${when}, ${percent(share)} of them are ${name} instead of ${percent(usual)}, and with these goes what the number of requests alone does not explain: ${what}${most}; the answer is about all these times together, and at that mix less may be carried than it says`;
}

/** "03:10" */
function clock(second: number): string {
  const minutes = Math.round(second / 60);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`;
}
