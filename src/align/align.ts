import type { Collected } from '../model/collected.ts';
import type { LoadRecord, LoadWindow } from '../model/load-record.ts';
import type { Row, Sheet, Window } from '../model/sheet.ts';
import type { Signal } from '../model/signal.ts';
import { perSecond } from '../model/units.ts';
import { asideOf } from './asides.ts';
import { foreignLoad } from './foreign-load.ts';
import { pathLimit } from './path-limit.ts';
import { readingOf } from './reading-of.ts';
import { ofOneRegime } from './regimes.ts';
import { lagsOf } from './source-lag.ts';
import { withRefusals } from './with-refusals.ts';

/** Lays the load record and the samples over each other: all windows × all readings, with the windows that support no claim marked. */
export function align(record: LoadRecord, collected: Collected): Sheet {
  const lags = lagsOf(record, collected.signals);
  const read = collected.signals.map((signal) => rowOf(signal, record.windows, lags.of(signal)));
  const rows = withRefusals(read, record.windows, collected.changes);
  const all = record.windows.map((window, i) => windowOf(window, i, { record, rows, collected }));
  const windows = ofOneRegime(all, collected.changes);
  return { axis: record.axis, windows, rows, notes: [...record.notes, ...collected.notes, ...lags.notes] };
}

function rowOf(signal: Signal, windows: readonly LoadWindow[], lag: number): Row {
  return {
    resource: signal.resource,
    at: signal.at,
    role: signal.role,
    readings: windows.map((window) => readingOf(signal, window.span, lag)),
    interval: signal.interval,
    floor: signal.floor ?? 0,
    evidence: signal.evidence,
  };
}

type Around = { readonly record: LoadRecord; readonly rows: readonly Row[]; readonly collected: Collected };

function windowOf(window: LoadWindow, index: number, { record, rows, collected }: Around): Window {
  return {
    span: window.span,
    load: perSecond(window.offered + foreignLoad(window, collected.traffic)),
    throughput: window.throughput,
    goodput: window.goodput,
    errors: window.errors,
    latency: window.latency,
    inFlight: window.inFlight,
    health: window.health,
    aside: asideOf(window, index, rows, collected.changes) ?? pathLimit(index, record.windows, rows, collected.traffic),
  };
}
