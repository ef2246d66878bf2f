import type { Change, Collected } from '../model/collected.ts';
import { duration } from '../model/in-words.ts';
import type { LoadRecord, LoadWindow } from '../model/load-record.ts';
import type { Note } from '../model/note.ts';
import type { Row, Sheet, Window } from '../model/sheet.ts';
import type { Signal } from '../model/signal.ts';
import { perSecond } from '../model/units.ts';
import { afterHigher } from './after-overload.ts';
import { asideOf } from './asides.ts';
import { type Away, awayIn, awaysIn, besideAway, excused, notesOfAways } from './away.ts';
import { isOf } from './belongs.ts';
import { withCeilingsHeld } from './ceilings-held.ts';
import { type Skew, shifted, skewOf } from './clock-skew.ts';
import { withCountedUsage } from './counted-usage.ts';
import { filledInTime } from './filled-in-time.ts';
import { answeredIn, besideOurs, type Foreign, foreignTraffic, withTheirs } from './foreign-load.ts';
import { inSuccession } from './in-succession.ts';
import { withoutIncidents } from './incidents.ts';
import { killsIn } from './kills.ts';
import { notesOfOthers } from './notes-of-others.ts';
import { noughtBefore } from './nought-before.ts';
import { pathLimit } from './path-limit.ts';
import { readingOf } from './reading-of.ts';
import { ofOneRegime } from './regimes.ts';
import { ofKinds, type ServedWhole, servedWhole } from './served-whole.ts';
import { lagsOf } from './source-lag.ts';
import { startedAnew, startsIn } from './started-anew.ts';
import { withRefusals } from './with-refusals.ts';

/** Lays the load record and the samples over each other: all windows × all readings, with the windows that support no claim marked. */
export function align(told: LoadRecord, collected: Collected): Sheet {
  const skew = skewOf(told, collected.traffic);
  const { record, aways } = withAways(skew && !skew.isTooFar ? shifted(told, skew.by) : told, collected);
  const lags = lagsOf(record, collected.signals);
  const signals = isByOthers(record) ? inSuccession(collected.signals) : collected.signals;
  const read = signals.map((signal) => rowOf(signal, record.windows, lags.of(signal)));
  const counted = read.map((row, i) => sinceBegun(row, signals[i], record.windows, read));
  const anew = isWatched(record) ? startedAnew(record.windows, counted, startsIn(collected)) : [];
  const changes = [...collected.changes, ...(record.shifts ?? []), ...anew];
  const rows = withRefusals(withCountedUsage(withCeilingsHeld(counted)), record.windows, changes);
  const foreign = foreignTraffic(record.windows, collected.traffic);
  const whole = servedWhole(record.windows);
  const around = { record, rows, collected, changes, foreign, whole, aways };
  const all = afterHigher(record.windows).map((window, i) => windowOf(window, i, around));
  const inStep = skew?.isTooFar ? all.map((window) => outOfStep(window, skew)) : all;
  const windows = withoutIncidents(ofOneRegime(inStep, changes));
  const notes = [
    ...killsIn(changes),
    ...notesOfAways(aways, record.windows),
    ...notesOfOthers(windows),
    ...besideOurs(foreign),
    ...ofKinds(whole),
    ...record.notes,
    ...collected.notes,
    ...lags.notes,
    ...(skew && !skew.isTooFar ? [skewNote(skew)] : []),
  ];
  const unlimited = (collected.unlimited ?? []).map((signal) => rowOf(signal, record.windows, 0));
  return { axis: record.axis, windows, rows, ...(unlimited.length > 0 && { unlimited }), notes };
}

/** Of load of our own, what was away meanwhile, and the windows without what is said against the way to it. */
function withAways(
  record: LoadRecord,
  collected: Collected,
): { readonly record: LoadRecord; readonly aways: readonly Away[] } {
  const aways = isByOthers(record) ? [] : awaysIn(record, collected);
  return { record: { ...record, windows: record.windows.map((window) => excused(window, aways)) }, aways };
}

/** In our own load a start is what the load brought about. */
const isByOthers = ({ windows }: LoadRecord): boolean => windows.every(({ health }) => health.verdict === 'foreign');

/** Of days, other set-ups are told by the record. */
const isWatched = (record: LoadRecord): boolean => isByOthers(record) && record.windows.every(({ cell }) => !cell);

const skewInWords = ({ by }: Skew): string =>
  `the clock of Prometheus is ${duration(Math.abs(by))} ${by > 0 ? 'ahead of' : 'behind'} that of the load`;

const skewNote = (skew: Skew): Note => ({
  about: 'data',
  text: `${skewInWords(skew)}; the windows were shifted by that much`,
});

/** Clocks so far apart shift onsets by a step: no order of what filled first can be read from such windows. */
const outOfStep = (window: Window, skew: Skew): Window => ({
  ...window,
  aside: window.aside ?? { kind: 'data-invalid', because: `${skewInWords(skew)}, more than half a step` },
});

function rowOf(signal: Signal, windows: readonly LoadWindow[], lag: number): Row {
  const inTime = filledInTime(signal, windows);
  return {
    resource: signal.resource,
    at: signal.at,
    role: signal.role,
    readings: windows.map((window) => readingOf(signal, window, lag)),
    interval: signal.interval,
    floor: signal.floor ?? 0,
    ...(signal.whole && { whole: true }),
    ...(inTime && { inTime }),
    evidence: signal.evidence,
  };
}

function sinceBegun(row: Row, signal: Signal | undefined, windows: LoadRecord['windows'], all: readonly Row[]): Row {
  if (row.role !== 'refusals') return row;
  const usage = all.find((one) => one.role === 'usage' && isOf(one, row));
  return usage ? noughtBefore(row, signal, windows, usage) : row;
}

type Around = {
  readonly record: LoadRecord;
  readonly rows: readonly Row[];
  readonly collected: Collected;
  readonly changes: readonly Change[];
  /** What others sent besides, in each window. */
  readonly foreign: readonly Foreign[];
  /** What was served in the proportions in which it was asked for, where one kind of request fell behind. */
  readonly whole: readonly ServedWhole[];
  readonly aways: readonly Away[];
};

function windowOf(window: LoadWindow, index: number, around: Around): Window {
  const { record, rows, collected, changes } = around;
  const away = awayIn(window, around.aways);
  const own = asideOf(window, index, rows, changes);
  const aside = away === undefined ? (own ?? pathLimit(index, record.windows, rows, collected.traffic)) : own;
  const answered = answeredIn(window, collected.traffic);
  const others = around.foreign[index];
  const good = around.whole[index]?.goodput ?? window.goodput;
  // Of what others had answered as much was good as of ours: nobody tells.
  const theirs = (others?.answered ?? 0) * (window.throughput > 0 ? Math.min(1, good / window.throughput) : 1);
  return {
    span: window.span,
    ...(window.cell && { cell: window.cell }),
    ...(answered !== undefined && { answered }),
    load: perSecond(window.offered + (others?.load ?? 0)),
    throughput: perSecond(window.throughput + (others?.answered ?? 0)),
    goodput: perSecond(good + theirs),
    errors: window.errors,
    mix: window.mix,
    latency: window.latency,
    inFlight: window.inFlight && withTheirs(window.inFlight, others?.answered ?? 0, window.throughput),
    health: window.health,
    ...(away !== undefined && { away }),
    aside: besideAway(aside, { window, away, windows: record.windows }),
  };
}
