import { textOf } from '../model/labels.ts';
import type { Note } from '../model/note.ts';
import type { SampleSeries } from '../model/signal.ts';
import type { Span } from '../model/span.ts';
import { epoch } from '../model/units.ts';
import type { Candidate } from './candidates.ts';
import { type Catalogue, catalogueOf, cover, firstThatExists, groups, inCatalogue, selectorsOf } from './resolve.ts';
import type { Selector } from './selector.ts';
import type { Found, Source } from './source.ts';

/** Prometheus takes a sample for the present one for 5 minutes; what stood before a span still holds in it. */
const lookBack = 300;
/** Late sources write after the span has ended. */
const after = 60;

/** The span with what belongs to its edges. */
export const wider = (span: Span): Span => ({ from: epoch(span.from - lookBack), to: epoch(span.to + after) });

/** What was found for lists of candidates: which of each list exists, and which series there are. */
export type Choice = {
  readonly chosen: readonly (Candidate | undefined)[];
  /** Series in the span and shortly before it. */
  readonly catalogue: Catalogue;
  /** Series in the span. */
  readonly present: Catalogue;
  readonly notes: readonly Note[];
};

/**
 * Chooses of each list of candidates the first whose series speak inside the span, else the first whose series spoke shortly before it.
 * Two requests, however many lists.
 */
export async function choose(
  source: Source,
  lists: readonly (readonly Candidate[])[],
  span: Span,
  stop: AbortSignal,
): Promise<Choice> {
  const selection = cover(lists.flat().flatMap(selectorsOf));
  if (!selection)
    return {
      chosen: lists.map((list) => firstThatExists(list, new Map())),
      catalogue: new Map(),
      present: new Map(),
      notes: [],
    };
  const [now, before] = await Promise.all([
    source.series(selection, span, stop),
    source.series(selection, wider(span), stop),
  ]);
  const [inSpan, around] = [catalogueOf(now.series), catalogueOf(before.series)];
  return {
    chosen: lists.map((list) => firstThatExists(list, inSpan) ?? firstThatExists(list, around)),
    catalogue: around,
    present: inSpan,
    notes: now.notes,
  };
}

/** The samples of everything that the chosen candidates read, each series once. */
export async function fetchAll(
  source: Source,
  choice: Choice,
  span: Span,
  stop: AbortSignal,
): Promise<Found<SampleSeries>> {
  const wanted = choice.chosen
    .flatMap((candidate) => (candidate ? selectorsOf(candidate) : []))
    .filter((selector) => inCatalogue(choice.catalogue, selector).length > 0);
  const answers = await Promise.all(groups(unique(wanted)).map((group) => source.samples(group, wider(span), stop)));
  const all = new Map(answers.flatMap(({ series }) => series.map((one) => [textOf(one.labels), one] as const)));
  return { series: [...all.values()], notes: answers.flatMap(({ notes }) => notes) };
}

const unique = (selectors: readonly Selector[]): readonly Selector[] => [
  ...new Map(selectors.map((selector) => [JSON.stringify(selector), selector])).values(),
];
