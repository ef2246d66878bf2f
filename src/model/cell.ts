import { lengthOf, type Span } from './span.ts';
import { type Seconds, seconds } from './units.ts';

/** What one day (or what is left of it between two changes) spent at one level of load: many short stretches that are read as one window. */
export type Cell = {
  /** Which day, counted from 0. */
  readonly block: number;
  /** Which level of load, counted from 0; the same in all blocks. */
  readonly level: number;
  /** The stretches, in the order of time. */
  readonly parts: readonly Span[];
};

/** A window of one stretch, or of the stretches of a cell; then `span` reaches from the first to the last of them. */
type Timed = { readonly span: Span; readonly cell?: Cell };

/** The stretches of time that a window consists of. */
export const partsOf = ({ span, cell }: Timed): readonly Span[] => cell?.parts ?? [span];

/** How much time a window holds. */
export const timeIn = (window: Timed): Seconds =>
  seconds(partsOf(window).reduce((sum, part) => sum + lengthOf(part), 0));
