import type { Clock } from '../model/clock.ts';
import type { Report } from '../model/report.ts';
import type { Store } from '../model/store.ts';
import { seconds } from '../model/units.ts';
import type { Signals } from './conduct.ts';

/** A run that is to be kept: its name, what it locks, and the work itself. */
export type Errand = {
  readonly id: string;
  readonly target: string;
  readonly kind: 'probe' | 'observe';
  readonly locks: readonly string[];
  /** Called once the run is entered and holds its locks. */
  readonly begun: () => void;
  readonly work: (signals: Signals) => Promise<Report>;
};

/** How often the store is told that the run goes on, and asked whether it should stop: a stop must come through within a second. */
const beatEvery = seconds(0.4);
/** What a stopped run may still take to watch the target recover, wait for the last scrapes, read its data and report, before everything is dropped. */
const grace = seconds(180);

/**
 * Carries a run out and keeps it: entered before it begins, beaten while it goes on, ended with its report in one transaction.
 * What it throws is kept as the reason of a failed run and thrown on.
 */
export async function carryOut(errand: Errand, store: Store, clock: Clock, stop: AbortSignal): Promise<Report> {
  const { id, target, kind, locks } = errand;
  await store.begin({ id, target, kind, locks, at: clock.now() });
  errand.begun();
  const [asked, over, abandon] = [new AbortController(), new AbortController(), new AbortController()];
  const stopping = AbortSignal.any([stop, asked.signal]);
  const beating = beat(id, { store, clock, over: over.signal, asked });
  const dropping = drop(stopping, over.signal, clock).then((late) => late && abandon.abort());
  try {
    const report = await errand.work({ stop: stopping, abandon: abandon.signal });
    const why = report.load.stopped?.why;
    await store.finish(id, { state: report.run.state, why, at: clock.now() }, report);
    return report;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    await store.finish(id, { state: stopping.aborted ? 'aborted' : 'failed', why, at: clock.now() }, undefined);
    throw cause;
  } finally {
    over.abort();
    await Promise.allSettled([beating, dropping]);
  }
}

type Beating = {
  readonly store: Store;
  readonly clock: Clock;
  readonly over: AbortSignal;
  readonly asked: AbortController;
};

/** A store that can no longer be written hears no stop and keeps no result: then the load ends. */
async function beat(id: string, { store, clock, over, asked }: Beating): Promise<void> {
  while (!over.aborted) {
    await clock.sleep(beatEvery, over);
    if (over.aborted) return;
    try {
      const { stopRequested } = await store.beat(id, clock.now());
      if (stopRequested) asked.abort('somebody asked for it');
    } catch (cause) {
      asked.abort(cause);
    }
  }
}

/** Whether the work went on for too long after it was told to stop. */
async function drop(stopping: AbortSignal, over: AbortSignal, clock: Clock): Promise<boolean> {
  if (!stopping.aborted && !over.aborted) {
    await new Promise<void>((resolve) => {
      for (const signal of [stopping, over]) signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }
  if (!over.aborted) await clock.sleep(grace, over);
  return !over.aborted;
}
