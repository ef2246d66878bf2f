/** Why there is no number. */
export type Absence = 'no-series' | 'stale' | 'gap' | 'too-few-samples' | 'query-refused' | 'partial';

/**
 * What a signal showed in one window. `value` is the mean over the window in base units (a counter: its increase per second);
 * `blocks` are the means of consecutive parts of the window, for resampling; `samples` is how many scrapes it rests on,
 * `error` the standard error of the mean that sampling leaves (0 for a counter; unknown where absent), `fullest` what it showed, from scrape to scrape, in the
 * fullest twentieth of the window at least: usage of what works (no hold, no space) in a window of twenty scrapes or more, whose mean may hide that something is full for moments.
 */
export type Reading =
  | {
      readonly kind: 'value';
      readonly value: number;
      readonly blocks: readonly number[];
      readonly samples: number;
      readonly error?: number;
      readonly fullest?: number;
    }
  | { readonly kind: 'absent'; readonly why: Absence };

/** The number of a reading, or undefined where there is none. */
export function numberOf(reading: Reading | undefined): number | undefined {
  return reading?.kind === 'value' ? reading.value : undefined;
}
