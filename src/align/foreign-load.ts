import type { Traffic } from '../model/collected.ts';
import { rate } from '../model/in-words.ts';
import type { LoadWindow } from '../model/load-record.ts';
import type { Note } from '../model/note.ts';
import { shortfall } from '../model/shortfall.ts';
import { lengthOf } from '../model/span.ts';
import { type PerSecond, perSecond } from '../model/units.ts';
import { median } from '../stats/median.ts';
import { sumOf } from './measure.ts';

/** Three standard deviations of a Poisson count: less than that is noise of counting, not foreign load. */
const noise = 3;

/** What others asked for besides our load in a window, and what of it was answered. */
export type Foreign = { readonly load: PerSecond; readonly answered: PerSecond };

const nobody: Foreign = { load: perSecond(0), answered: perSecond(0) };

/**
 * What was not ours, in each window. Where the target keeps up with our load, what it says it answered more than that. Where it does not, it also answers what we gave up waiting for: others are taken to ask for what they
 * usually do then, as far as what was answered allows.
 *
 * @param windows in the order of time
 */
export function foreignTraffic(windows: readonly LoadWindow[], traffic: Traffic | undefined): readonly Foreign[] {
  const surely = foreignLoads(windows, traffic);
  const calm = windows.flatMap((window, i) => (keepsUp(window) ? (surely[i] ?? []) : []));
  const usual = calm.length === 0 ? 0 : median(calm);
  return windows.map((window, i) => {
    const least = surely[i] ?? 0;
    const answered = usual > 0 ? answeredIn(window, traffic) : undefined;
    if (answered === undefined || keepsUp(window))
      return least > 0 ? { load: perSecond(least), answered: perSecond(least) } : nobody;
    const most = Math.max(least, answered - window.throughput);
    const theirs = Math.min(most, Math.max(least, usual));
    return { load: perSecond(Math.max(usual, theirs)), answered: perSecond(theirs) };
  });
}

const keepsUp = ({ offered, goodput }: LoadWindow): boolean => goodput >= (1 - shortfall) * offered;

/**
 * Arrivals that were surely not ours, in each window: what the target says it answered, less what we sent; it also answers what we gave up waiting for, and in a window after an overload what
 * that left inside. Zero where the difference could be that or counting noise, or where the target tells nothing.
 *
 * @param windows in the order of time
 */
export function foreignLoads(windows: readonly LoadWindow[], traffic: Traffic | undefined): readonly PerSecond[] {
  let owed = 0;
  return windows.map((window) => {
    const more = traffic ? beyondOurs(window, traffic) : undefined;
    if (!more) return perSecond(0);
    const requests = more.difference * lengthOf(window.span);
    if (more.difference < -more.bound) owed -= requests;
    if (more.difference <= more.bound) return perSecond(0);
    const isLeft = requests <= owed;
    owed = isLeft ? owed - requests : 0;
    return perSecond(isLeft ? 0 : more.difference);
  });
}

type Beyond = { readonly difference: number; readonly bound: number };

function beyondOurs(window: LoadWindow, traffic: Traffic): Beyond | undefined {
  const answered = answeredIn(window, traffic);
  if (answered === undefined) return undefined;
  const noisy = noise * Math.sqrt(Math.max(1, answered) / lengthOf(window.span)) + 0.02 * answered;
  return {
    difference: answered - Math.max(window.offered, window.throughput),
    bound: noisy + betweenSamples(window, traffic),
  };
}

/** What the target says that it answered in a window of our own load, whoever waited for it. */
export function answeredIn({ span, health }: LoadWindow, traffic: Traffic | undefined): PerSecond | undefined {
  if (!traffic || health.verdict === 'foreign') return undefined;
  const counted = sumOf(traffic.completions, 'counter', span.from, span.to, traffic.interval);
  return counted && perSecond(counted.value);
}

/** Where the rate rises, samples that come up to an interval after the beginning of a window and end up to one before its end are of half an interval sooner or later. */
const betweenSamples = ({ rise = 0, span }: LoadWindow, { interval }: Traffic): number =>
  (Math.abs(rise) * interval) / 2 / lengthOf(span);

/** Of those inside we count our own; others are no fewer for each that is answered. */
export function withTheirs<T extends NonNullable<LoadWindow['inFlight']>>(
  ours: T,
  theirs: number,
  throughput: number,
): T {
  const times = throughput > 0 ? 1 + theirs / throughput : 1;
  return times === 1 ? ours : { ...ours, mean: ours.mean * times, growth: ours.growth * times };
}

/** That others load the target as well, and what is told of them. */
export function besideOurs(foreign: readonly Foreign[]): readonly Note[] {
  const loads = foreign.map(({ load }) => load).filter((load) => load > 0);
  if (loads.length === 0) return [];
  const [low, high] = [Math.min(...loads), Math.max(...loads)];
  const text = `others asked for ${low === high ? '' : `${rate(low)} to `}${rate(high)} besides, by what the target says it answered, in ${loads.length} of ${foreign.length} windows: load, good answers and capacity count them too, latency and errors are of our own requests`;
  return [{ about: 'load', text }];
}
