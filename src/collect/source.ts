import type { Labels, Selected } from '../model/labels.ts';
import type { Note } from '../model/note.ts';
import type { SampleSeries } from '../model/signal.ts';
import type { Span } from '../model/span.ts';
import type { Epoch, Seconds } from '../model/units.ts';
import type { Selection } from './selector.ts';

/** What a source found, with what a reader should know about it: warnings, partial answers, answers that were cut. */
export type Found<T> = { readonly series: readonly T[]; readonly notes: readonly Note[] };

/** One value of an instant query. */
export type Instant = { readonly labels: Labels; readonly value: number };

/** A store of series: a Prometheus, or a memory that answers like one. Label sets carry the metric's name as `__name__`. */
export interface Source {
  readonly name: string;
  /** Labels that every query to this source carries. */
  readonly select: Selected;
  /** The label sets that have a sample in the span. */
  readonly series: (selection: Selection, span: Span, stop: AbortSignal) => Promise<Found<Labels>>;
  /** The samples in the span, as they were scraped. */
  readonly samples: (selection: Selection, span: Span, stop: AbortSignal) => Promise<Found<SampleSeries>>;
  /**
   * One point every so many seconds, on a grid that begins with the span. `counted`: the last sample before each moment (a counter loses nothing so);
   * `level`: the mean of the samples since the moment before, in the middle between the two.
   */
  readonly thinned: (
    selection: Selection,
    as: 'counted' | 'level',
    grid: Span & { readonly step: Seconds },
    stop: AbortSignal,
  ) => Promise<Found<SampleSeries>>;
  /** An expression now; `at` is the time in the clock of the source. */
  readonly instant: (promql: string, stop: AbortSignal) => Promise<Found<Instant> & { readonly at: Epoch }>;
  /** An expression evaluated every `step` seconds. */
  readonly range: (promql: string, span: Span, step: Seconds, stop: AbortSignal) => Promise<Found<SampleSeries>>;
}
