import type { Logger } from 'pino';
import type { Configuration } from './model/configuration.ts';
import type { Beat } from './model/pulse.ts';
import type { Report } from './model/report.ts';
import type { Caps } from './model/script.ts';
import type { Span } from './model/span.ts';
import type { Store } from './model/store.ts';
import { openBeats } from './run/beats.ts';
import { type Prepared, prepareObservation, prepareProbe } from './runs.ts';
import type { Queried } from './world.ts';

/** A run that has begun: its id, and its report once there is one. */
export type Started = { readonly id: string; readonly report: Promise<Report> };

/** The runs of a service. Closing stops what runs and waits until it is kept. */
export interface Running extends AsyncDisposable {
  readonly probe: (target: string, caps: Partial<Caps>, stop?: AbortSignal) => Promise<Started>;
  readonly observe: (target: string, span: Span, stop?: AbortSignal) => Promise<Started>;
  readonly follow: (run: string, stop: AbortSignal) => AsyncIterable<Beat>;
}

/** What runs are started with; the configuration is asked for anew each time, since it may be reloaded. */
export type Means = {
  readonly configuration: () => Configuration;
  readonly store: Store;
  readonly version: string;
  readonly log: Logger;
  /** Told of every query to a Prometheus. */
  readonly queried: Queried;
};

/** Starts runs in the background and follows them. */
export function openRunning({ configuration, store, version, log, queried }: Means): Running {
  const stop = new AbortController();
  const beats = openBeats();
  const pending = new Set<Promise<unknown>>();
  const start = async (prepared: Prepared, until: AbortSignal): Promise<Started> => {
    const { order, notes } = prepared;
    for (const note of notes) log.info({ run: order.run, about: note.about }, note.text);
    const channel = beats.open(order.run);
    const { promise: begun, resolve } = Promise.withResolvers<void>();
    const report = prepared.carryOut(store, { begun: resolve, beat: channel.tell }, until).finally(channel.close);
    pending.add(report);
    const watched = report.then(
      ({ verdict }) => log.info({ run: order.run, verdict: verdict.kind, sentence: verdict.sentence }, 'concluded'),
      (err) => log.error({ run: order.run, err }, 'the run failed'),
    );
    await Promise.race([begun, report]).finally(() => watched.finally(() => pending.delete(report)));
    return { id: order.run, report };
  };
  const ground = () => ({ configuration: configuration(), version, queried });
  const either = (asked: AbortSignal | undefined) => (asked ? AbortSignal.any([asked, stop.signal]) : stop.signal);
  return {
    probe: async (target, caps, asked) => {
      const until = either(asked);
      return start(await prepareProbe(ground(), target, caps, until), until);
    },
    observe: async (target, span, asked) => {
      const until = either(asked);
      return start(await prepareObservation(ground(), target, span, until), until);
    },
    follow: beats.follow,
    async [Symbol.asyncDispose]() {
      stop.abort('the service is shutting down');
      await Promise.allSettled(pending);
    },
  };
}
