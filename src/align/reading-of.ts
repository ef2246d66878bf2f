import { partsOf, timeIn } from '../model/cell.ts';
import type { LoadWindow } from '../model/load-record.ts';
import type { Reading } from '../model/reading.ts';
import { limits, type SampleSeries, type Signal } from '../model/signal.ts';
import type { Span } from '../model/span.ts';
import { cutEvenly, firstAtOrAfter, type Mean, overParts, reachBack, sumOf } from './measure.ts';

/** A window is only read where samples cover at least this share of it (analysis 3.1), and there are so many: plans are laid out for five. */
const leastCoverage = 0.6;
const leastSamples = 4;
/** Into how many consecutive parts a window is cut for resampling. */
const blocksPerWindow = 4;
/** Of usage the fullest of so many parts of a window is told, where it has as many scrapes. */
const twentieth = 20;
/** A ceiling stands for so many scrapes after it was last seen, and no longer than Prometheus' own look-back (s): a limit that was lifted has no samples any more. */
const ceilingScrapes = 5;
const lookBack = 300;

/** What a signal showed in one window, in all stretches of it: its mean, or why there is none. `lag` is how late its source is, seconds. */
export function readingOf(signal: Signal, window: Pick<LoadWindow, 'span' | 'cell'>, lag = 0): Reading {
  if (signal.parts.length === 0) return { kind: 'absent', why: 'no-series' };
  if (signal.role === 'ceiling') return ceilingAt(signal, window);
  const whole = evaluate(signal, partsOf(window), { lag, edge: window.cell ? justBefore(signal) : 0 });
  if (!whole) return { kind: 'absent', why: whyNothing(signal, window.span.from + lag, window.span.to + lag) };
  if (whole.samples < leastSamples || whole.covered < leastCoverage * timeIn(window)) {
    return { kind: 'absent', why: 'too-few-samples' };
  }
  const edge = window.cell ? justBefore(signal) : before(signal);
  const blocks = cutEvenly(partsOf(window), blocksPerWindow).map(
    (parts) => evaluate(signal, parts, { lag, edge })?.value ?? whole.value,
  );
  const { value, samples, error } = whole;
  const fullest = isWork(signal) ? fullestIn(signal, window, lag) : undefined;
  return { kind: 'value', value, blocks, samples, error, ...(fullest !== undefined && { fullest }) };
}

/** Of processors and threads, whose mean hides what is shorter. What is lent or filled is told as it stands. */
const isWork = ({ role, resource: { layer, kind } }: Signal): boolean =>
  role === 'usage' && layer !== 'hold' && kind !== 'space';

/** What it showed in the fullest twentieth of a window at least, from scrape to scrape; undefined where those are fewer. */
function fullestIn(signal: Signal, window: Pick<LoadWindow, 'span' | 'cell'>, lag: number): number | undefined {
  const count = Math.floor(timeIn(window) / signal.interval);
  if (count < twentieth) return undefined;
  const shown = cutEvenly(partsOf(window), count).flatMap(
    (parts) => evaluate(signal, parts, { lag, edge: justBefore(signal) })?.value ?? [],
  );
  return shown.toSorted((a, b) => b - a)[Math.ceil(count / twentieth) - 1];
}

/** The last sample before a stretch belongs to a counter's increase in it. */
const before = ({ form, interval }: Signal): number => (form === 'counter' ? interval : 0);
const justBefore = (signal: Signal): number => reachBack(before(signal));

type Shift = { readonly lag: number; readonly edge: number };

function evaluate(signal: Signal, parts: readonly Span[], { lag, edge }: Shift): Mean | undefined {
  return overParts(parts, ({ from, to }) => between(signal, from + lag - edge, to + lag));
}

/** What a signal showed in a short stretch of a long look, of which points are as far apart as the stretch is long. */
export const shownIn = (signal: Signal, { from, to }: Span): Mean | undefined =>
  between(signal, from - justBefore(signal), to);

function between(signal: Signal, from: number, to: number): Mean | undefined {
  const parts = sumOf(signal.parts, signal.form, from, to, signal.interval);
  if (!parts) return undefined;
  const less = sumOf(signal.less, signal.form, from, to, signal.interval)?.value ?? 0;
  const difference = signal.less.length > 0 ? Math.max(0, parts.value - less) : parts.value;
  const error = signal.scale * Math.max(parts.error, chanceOf(signal, parts));
  if (signal.over.length === 0) return { ...parts, value: signal.scale * difference, error };
  const over = sumOf(signal.over, signal.form, from, to, signal.interval);
  if (!over) return undefined;
  return over.value === 0
    ? { ...parts, value: 0, error }
    : { ...parts, value: (signal.scale * difference) / over.value, error: error / over.value };
}

/**
 * Units that are counted now and then: k of them in n looks leave √k ÷ n open (Poisson), and none at all is not none for sure (one in n).
 * What its own scatter says is less where chance had it look alike each time.
 */
function chanceOf({ form, resource, role }: Signal, { value, samples }: Mean): number {
  if (form !== 'gauge' || resource.layer !== 'hold' || role !== 'usage') return 0;
  return Math.sqrt(Math.max(1, value * samples)) / samples;
}

/** A ceiling stands until it is changed: the mean inside the window, else the last one known before it. What limits nothing is none. */
function ceilingAt(signal: Signal, window: Pick<LoadWindow, 'span' | 'cell'>): Reading {
  const { from, to } = window.span;
  const earlier = Math.min(lookBack, ceilingScrapes * signal.interval);
  const inside =
    evaluate(signal, partsOf(window), { lag: 0, edge: 0 }) ?? between(signal, from - earlier, to + signal.interval);
  if (!inside || !limits(inside.value)) return { kind: 'absent', why: 'stale' };
  return { kind: 'value', value: inside.value, blocks: [], samples: inside.samples };
}

function whyNothing(signal: Signal, from: number, to: number): 'stale' | 'gap' | 'too-few-samples' {
  const samples = (series: SampleSeries): number =>
    firstAtOrAfter(series.times, to) - firstAtOrAfter(series.times, from);
  if (signal.parts.some((series) => samples(series) > 0)) return 'too-few-samples';
  const later = signal.parts.some((series) => (series.times.at(-1) ?? 0) > to);
  return later ? 'gap' : 'stale';
}
