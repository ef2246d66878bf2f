import type { Traffic } from '../model/collected.ts';
import type { LoadWindow } from '../model/load-record.ts';
import { lengthOf } from '../model/span.ts';
import { type PerSecond, perSecond } from '../model/units.ts';
import { sumOf } from './measure.ts';

/** Three standard deviations of a Poisson count: less than that is noise of counting, not foreign load. */
const noise = 3;

/**
 * Arrivals that were not ours: what the target says it answered, less what we sent; it also answers what we gave up waiting for.
 * Zero where the difference could be counting noise, or where the target tells nothing.
 */
export function foreignLoad(window: LoadWindow, traffic: Traffic | undefined): PerSecond {
  if (!traffic || window.health.verdict === 'foreign') return perSecond(0);
  const answered = sumOf(traffic.completions, 'counter', window.span.from, window.span.to, traffic.interval);
  if (!answered) return perSecond(0);
  const difference = answered.value - Math.max(window.offered, window.throughput);
  const bound = noise * Math.sqrt(Math.max(1, answered.value) / lengthOf(window.span)) + 0.02 * answered.value;
  return perSecond(difference > bound + betweenSamples(window, traffic) ? difference : 0);
}

/** Where the rate rises, samples that come up to an interval after the beginning of a window and end up to one before its end are of half an interval sooner or later. */
const betweenSamples = ({ rise = 0, span }: LoadWindow, { interval }: Traffic): number =>
  (Math.abs(rise) * interval) / 2 / lengthOf(span);
