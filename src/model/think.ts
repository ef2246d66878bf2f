import type { Seconds } from './units.ts';

/** How long someone waits between an answer and the next request. */
export type Think =
  | { readonly kind: 'fixed'; readonly for: Seconds }
  | { readonly kind: 'uniform'; readonly from: Seconds; readonly to: Seconds }
  | { readonly kind: 'exponential'; readonly mean: Seconds };
