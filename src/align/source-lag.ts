import { duration } from '../model/in-words.ts';
import type { LoadRecord, LoadWindow } from '../model/load-record.ts';
import type { Note } from '../model/note.ts';
import type { SampleSeries, Signal } from '../model/signal.ts';
import { correlation } from '../stats/correlation.ts';
import { median } from '../stats/median.ts';
import { stepOf } from './step-of.ts';

/** How late each source is, in seconds, and what to say about it. */
export type Lags = { readonly of: (signal: Signal) => number; readonly notes: readonly Note[] };

/** Container metrics are refreshed every 10–15 s and cloud metrics later still; beyond this a source is not late but elsewhere. */
const longest = 30;
/** A lag is believed where it explains the usage much better than none: share of the variance that is left unexplained. */
const believable = 0.5;
const leastPoints = 12;
/** Steps of one height look alike when they are shifted by a whole one: a lag is told apart up to this share of the distance from one window to the next. */
const withinStep = 0.75;
/** Where fewer of the requests than this are answered well, what is used no longer follows them. */
const follows = 0.95;

/** So many points around the moment at which the load begins, and so many times what is used at rest, show when it does. */
const leastAround = 2;
const fromRest = 2;

type Point = { readonly time: number; readonly rate: number };

/**
 * Estimates each source's lag from how its counters of usage follow the known steps of the load (analysis 3.1, 5):
 * the shift whose correlation with the load is highest, in steps of its own interval, kept only where it is clearly better than no shift. Of days none: they are read by minutes.
 */
export function lagsOf(record: LoadRecord, signals: readonly Signal[]): Lags {
  if (record.windows.some(({ cell }) => cell)) return { of: () => 0, notes: [] };
  const groups = Map.groupBy(signals.filter(isRateOfUse), sourceOf);
  const lags = new Map<string, number>();
  for (const [source, group] of groups) {
    const lag = lagOf(record, group);
    if (lag > 0) lags.set(source, lag);
  }
  return {
    of: (signal) => lags.get(sourceOf(signal)) ?? 0,
    notes: [...lags].map(([source, lag]) => ({
      about: 'data',
      text: `${source} shows the load ${duration(lag)} late; its readings were shifted by that much`,
    })),
  };
}

const isRateOfUse = (signal: Signal): boolean =>
  signal.form === 'counter' && (signal.role === 'usage' || signal.role === 'completions');

const sourceOf = (signal: Signal): string => signal.evidence.source.split(':')[0] ?? '';

function lagOf(record: LoadRecord, signals: readonly Signal[]): number {
  const interval = Math.max(1, ...signals.map((signal) => signal.interval));
  const furthest = Math.min(longest, withinStep * stepOf(record.windows));
  const shifts = Array.from({ length: Math.floor(furthest / interval) + 1 }, (_, i) => i * interval);
  const series = signals.flatMap(({ parts }) => parts).map(pointsOf);
  const calm = record.windows.filter(({ goodput, offered }) => goodput >= follows * offered);
  const scoreOf = (shift: number): number => meanCorrelation(calm, series, shift);
  const none = scoreOf(0);
  const { shift: lag, score: top } = bestOf(shifts, scoreOf);
  // A source as old as one interval is only the ordinary age of a sample.
  if (top <= 0.8 || lag <= interval || !isClearlyBetter(top, none)) return 0;
  if (series.some((points) => answersAtOnce(points, record, lag))) return 0;
  return calm.every((out) => isLateWithout(calm.filter((window) => window !== out))) ? lag : 0;

  // What is dear in one window only, as the first requests are until their code is compiled, is late in no other.
  function isLateWithout(others: readonly LoadWindow[]): boolean {
    const [late, same] = [meanCorrelation(others, series, lag), meanCorrelation(others, series, 0)];
    return late === 0 || isClearlyBetter(late, same);
  }
}

/** So many shifts are tried before those around the best of them: how well a shift fits goes up and down slowly. */
const tried = 8;

function bestOf(
  shifts: readonly number[],
  scoreOf: (shift: number) => number,
): { readonly shift: number; readonly score: number } {
  const apart = Math.max(1, Math.ceil(shifts.length / tried));
  const best = (some: readonly number[]) =>
    some
      .map((shift) => ({ shift, score: scoreOf(shift) }))
      .reduce((top, one) => (one.score > top.score ? one : top), { shift: 0, score: 0 });
  const coarse = best(shifts.filter((_, i) => i % apart === 0));
  const at = shifts.indexOf(coarse.shift);
  return apart === 1 ? coarse : best(shifts.slice(Math.max(0, at - apart + 1), at + apart));
}

/**
 * Whether it rises from rest as soon as the load begins, and not only when it would if it were so late. That is the step that looks like no other: those of a staircase look alike when they are shifted by about a
 * whole one, where the first requests cost more than the next, as they do until code is compiled.
 */
function answersAtOnce(points: readonly Point[], { span, windows }: LoadRecord, lag: number): boolean {
  const first = windows[0]?.span;
  const between = (from: number, to: number): readonly number[] =>
    points.filter(({ time }) => time > from && time < to).map(({ rate }) => rate);
  const [before, early] = [between(span.from - longest, span.from), between(span.from, span.from + lag)];
  const there = first === undefined ? [] : between(first.from + lag, first.to + lag);
  if ([before, early, there].some(({ length }) => length < leastAround)) return false;
  const [rest, now, then] = [Math.min(...before), median(early), median(there)];
  return then > fromRest * rest && now - rest > (then - rest) / 2;
}

/** Shares of the variance that are left unexplained. */
const isClearlyBetter = (late: number, none: number): boolean => 1 - late * late < believable * (1 - none * none);

function meanCorrelation(windows: readonly LoadWindow[], series: readonly (readonly Point[])[], shift: number): number {
  const each = series
    .map((points) => correlationWithLoad(windows, points, shift))
    .filter((value) => value !== undefined);
  return each.length === 0 ? 0 : each.reduce((sum, value) => sum + value, 0) / each.length;
}

function pointsOf(series: SampleSeries): readonly Point[] {
  return Array.from(series.times)
    .slice(1)
    .map((time, i) => {
      const gap = time - (series.times[i] ?? 0);
      return { time: time - gap / 2, rate: ((series.values[i + 1] ?? 0) - (series.values[i] ?? 0)) / gap };
    })
    .filter((point) => point.rate >= 0);
}

function correlationWithLoad(
  windows: readonly LoadWindow[],
  points: readonly Point[],
  shift: number,
): number | undefined {
  const loads: number[] = [];
  const rates: number[] = [];
  for (const { time, rate } of points) {
    const load = loadAt(windows, time - shift);
    if (load === undefined) continue;
    loads.push(load);
    rates.push(rate);
  }
  return loads.length < leastPoints ? undefined : correlation(loads, rates);
}

function loadAt(windows: readonly LoadWindow[], time: number): number | undefined {
  return windows.find((window) => time >= window.span.from && time < window.span.to)?.goodput;
}
