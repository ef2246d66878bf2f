import { type Seconds, seconds } from './units.ts';

/** How long someone waits between an answer and the next request. */
export type Think =
  | { readonly kind: 'fixed'; readonly for: Seconds }
  | { readonly kind: 'uniform'; readonly from: Seconds; readonly to: Seconds }
  | { readonly kind: 'exponential'; readonly mean: Seconds }
  | { readonly kind: 'lognormal'; readonly mean: Seconds; readonly deviation: Seconds };

/** How long a pause is on average (s). */
export function meanOf(think: Think): Seconds {
  if (think.kind === 'fixed') return think.for;
  return think.kind === 'uniform' ? seconds((think.from + think.to) / 2) : think.mean;
}
