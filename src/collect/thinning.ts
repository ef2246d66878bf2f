import { lengthOf, type Span } from '../model/span.ts';
import { type Seconds, seconds } from '../model/units.ts';

/** Up to so long (s) samples are read as they were scraped: half a day of 200 series every 15 s is half a million of them. */
const longest = 12 * 3600;
/** Beyond that one point every so many seconds; they divide a day, and Prometheus' look-back where they can. */
const steps = [60, 300, 600, 1800, 3600, 7200, 14_400];
/** At most so many points of one series (Prometheus answers no more than 11,000), and of all that are asked for at once: 16 bytes each. */
const mostOfOne = 4100;
const mostOfAll = 4_000_000;

/** How far apart points are asked for in a span, where so many series are wanted; undefined where they are read as they were scraped. */
export function thinningOf(span: Span, series = 1): Seconds | undefined {
  const length = lengthOf(span);
  if (length <= longest) return undefined;
  const fits = (step: number): boolean => length / step <= mostOfOne && (series * length) / step <= mostOfAll;
  return seconds(steps.find(fits) ?? steps.at(-1) ?? longest);
}
