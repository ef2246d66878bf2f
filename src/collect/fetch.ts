import { textOf } from '../model/labels.ts';
import type { Note } from '../model/note.ts';
import type { SampleSeries } from '../model/signal.ts';
import type { Span } from '../model/span.ts';
import { epoch, type Seconds } from '../model/units.ts';
import type { Candidate } from './candidates.ts';
import { type Catalogue, catalogueOf, cover, firstThatExists, groups, inCatalogue, selectorsOf } from './resolve.ts';
import { asScrapesEnded } from './scrape-times.ts';
import type { Selection, Selector } from './selector.ts';
import type { Found, Source } from './source.ts';
import { thinningOf } from './thinning.ts';

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

/**
 * The samples of everything that the chosen candidates read, each series once; of a long span one point every so often, levels by their means.
 *
 * @param all `counted` where it matters when a value changed, whatever it is
 */
export async function fetchAll(
  source: Source,
  choice: Choice,
  span: Span,
  stop: AbortSignal,
  all?: 'counted',
): Promise<Found<SampleSeries>> {
  const wanted = unique(
    choice.chosen
      .flatMap((candidate) =>
        candidate ? selectorsOf(candidate).map((selector) => ({ selector, as: all ?? kindOf(candidate) })) : [],
      )
      .filter(({ selector }) => inCatalogue(choice.catalogue, selector).length > 0),
  );
  const step = thinningOf(span, wanted.flatMap(({ selector }) => inCatalogue(choice.catalogue, selector)).length);
  const of = (kind: Kind): readonly Selector[] =>
    wanted.filter(({ as }) => as === kind).map(({ selector }) => selector);
  const ask = (kind: Kind, selection: Selection) =>
    step === undefined
      ? source.samples(selection, wider(span), stop)
      : source.thinned(selection, kind, gridOf(span, step), stop);
  const asked = (kind: Kind) => groups(of(kind)).map((selection) => ask(kind, selection));
  const answers = await Promise.all(
    step === undefined
      ? groups(wanted.map(({ selector }) => selector)).map((selection) => ask('counted', selection))
      : [...asked('level'), ...asked('counted')],
  );
  const found = new Map(answers.flatMap(({ series }) => series.map((one) => [textOf(one.labels), one] as const)));
  const series =
    step === undefined ? await asScrapesEnded(source, [...found.values()], wider(span), stop) : [...found.values()];
  return { series, notes: answers.flatMap(({ notes }) => notes) };
}

type Kind = 'counted' | 'level';

const kindOf = ({ form }: Candidate): Kind => (form === 'gauge' ? 'level' : 'counted');

/** The wider span, on a grid that meets the beginning of the span itself. */
function gridOf(span: Span, step: Seconds): Span & { readonly step: Seconds } {
  return { from: epoch(span.from - step * Math.ceil(lookBack / step)), to: wider(span).to, step };
}

type Wanted = { readonly selector: Selector; readonly as: Kind };

const unique = (wanted: readonly Wanted[]): readonly Wanted[] => [
  ...new Map(wanted.map((one) => [JSON.stringify(one.selector), one])).values(),
];
