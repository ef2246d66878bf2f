import type { Epoch, Seconds } from './units.ts';
import { seconds } from './units.ts';

/** A stretch of time in the clock of Prometheus; `from` belongs to it, `to` does not. */
export type Span = { readonly from: Epoch; readonly to: Epoch };

/** How long a span lasts. */
export const lengthOf = (span: Span): Seconds => seconds(span.to - span.from);
