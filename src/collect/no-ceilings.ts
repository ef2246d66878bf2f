import { resourceName } from '../model/in-words.ts';
import type { Note } from '../model/note.ts';
import { limits, type SampleSeries, type Signal } from '../model/signal.ts';

/** The signals without the ceilings that limit nothing, and what is said of those. */
export type Told = { readonly signals: readonly Signal[]; readonly notes: readonly Note[] };

/**
 * Leaves out what is told as a ceiling and is none: 0 or less, infinite or no number at all, all the time. Exporters tell "no limit" so, or "not known"; nothing could be in use below such a ceiling, and no share
 * of it can be said.
 */
export function withoutNoCeilings(signals: readonly Signal[]): Told {
  const none = signals.filter((signal) => signal.role === 'ceiling' && isNone(signal));
  return { signals: signals.filter((signal) => !none.includes(signal)), notes: notesOn(none) };
}

/** Whether there are samples, and none of them limits anything. What is counted is no number of samples, and what is told by the difference of two is judged window by window. */
const isNone = ({ form, parts }: Signal): boolean =>
  form === 'gauge' && parts.some(({ times }) => times.length > 0) && parts.every(({ values }) => !values.some(limits));

/** One note for each resource, however many instances it has. */
function notesOn(none: readonly Signal[]): readonly Note[] {
  const byResource = Map.groupBy(none, ({ resource }) => resourceName(resource));
  return [...byResource].map(([name, own]) => ({
    about: 'data',
    text: `${name}: ${sourceOf(own)} tells a ceiling of ${valuesOf(own)}, which limits nothing: it is taken for not told`,
  }));
}

const sourceOf = (own: readonly Signal[]): string =>
  [...new Set(own.map(({ evidence }) => evidence.source))].join(', ');

const valuesOf = (own: readonly Signal[]): string =>
  [...new Set(own.flatMap(({ parts }) => parts.flatMap(lastOf)))].join(' or ');

const lastOf = ({ values }: SampleSeries): readonly string[] => {
  const last = values.at(-1);
  return last === undefined ? [] : [Number.isFinite(last) ? String(last) : 'no finite number'];
};
