import type { LimitTerm } from '../model/limit.ts';
import type { Term } from '../model/term.ts';
import type { Bounds } from './bounds.ts';

type Where = Pick<LimitTerm, 'side' | 'component'>;

/** Bounds as a report holds them. */
export const boundsPart = ({ low, high }: Bounds): LimitTerm['value'] => ({
  low,
  high: Number.isFinite(high) ? high : null,
});

/** A number that enters a limit, in words, with where it was read or that it was stated. */
export const readTerm = (where: Where, text: string, bounds: Bounds, { source, promql }: Term): LimitTerm => ({
  ...where,
  text,
  value: boundsPart(bounds),
  ...(source === 'stated' ? { provenance: 'stated', source, promql: null } : { provenance: 'read', source, promql }),
});

/** A number that nobody told, and that was counted from what is seen. */
export const countedTerm = (where: Where, text: string, bounds: Bounds): LimitTerm => ({
  ...where,
  text,
  value: boundsPart(bounds),
  provenance: 'counted',
  source: null,
  promql: null,
});

/** A number that is not known: what it is, and between which bounds it must lie. */
export const unknownTerm = (where: Where, text: string, bounds: Bounds): LimitTerm => ({
  ...countedTerm(where, text, bounds),
  provenance: 'unknown',
});
