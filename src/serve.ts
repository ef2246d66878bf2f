import type { Logger } from 'pino';
import { buildApi } from './api/build-api.ts';
import type { Handed } from './api/handed.ts';
import { compareSides } from './compare/compare-sides.ts';
import { loadConfiguration } from './config/load-configuration.ts';
import type { Configuration } from './model/configuration.ts';
import { epoch } from './model/units.ts';
import { tellings } from './printing.ts';
import { type Counters, openCounters } from './publish/open-counters.ts';
import { openMetrics } from './publish/open-metrics.ts';
import { openRunning, type Running } from './running.ts';
import { openSqliteStore } from './store/sqlite-store.ts';
import { openLog, openTelemetry } from './telemetry.ts';
import { openSchedules } from './watch/open-schedules.ts';
import { systemClock } from './world.ts';

/** Env and version, read once by main. */
export type Settings = { readonly version: string; readonly env: Readonly<Record<string, string | undefined>> };

/** The running service. */
export interface Serving extends AsyncDisposable {
  readonly url: string;
}

/** A scheduled observation looks back over this many of its intervals, and at least this far (s): enough different loads to tell anything. */
const intervals = 12;
const leastWindow = 3600;

/** Starts the service of a configuration file: store, telemetry, runs by API, schedules, pages. Closing it stops what runs, and waits for it. */
export async function serve(file: string, { version, env }: Settings, stop: AbortSignal): Promise<Serving> {
  await using closing = new AsyncDisposableStack();
  const log = openLog({ level: 'info', format: env.PLIMSOLL_LOG_FORMAT === 'json' ? 'json' : 'logfmt' });
  const first = await loadConfiguration(file);
  const failed = { count: (): void => {} };
  const { store, notes } = await openSqliteStore(first.storage.path, () => failed.count());
  closing.use(store);
  for (const note of [...first.notes, ...notes]) log.warn({ about: note.about }, note.text);
  const swept = await store.sweep(systemClock.now());
  if (swept.length > 0) log.warn({ runs: swept }, 'runs that were cut off are marked aborted');
  const setting = { now: first };
  const targets = () => setting.now.targets.map(({ name }) => name);
  const metrics = openMetrics({ store, targets, version, node: process.versions.node });
  const counters = openCounters(closing.use(await openTelemetry([metrics.reader], version, env)).meter);
  failed.count = counters.storeWriteFailed;
  const running = closing.use(
    openRunning({ configuration: () => setting.now, store, version, log, queried: counters.queried }),
  );
  const { reload } = closing.use(reloading({ file, setting, counters, running, log }));
  const api = buildApi({
    version,
    access: { host: first.http.host, token: env.PLIMSOLL_TOKEN },
    clock: systemClock,
    store,
    targets: () => targetsOf(setting.now),
    probe: ({ target, caps }) => running.probe(target, caps).then(({ id }) => id),
    observe: ({ target, span }) => running.observe(target, span).then(({ id }) => id),
    beats: running.follow,
    compare: compareSides,
    tell: tellings(),
    metrics: metrics.text,
    ready: () => (stop.aborted ? { ready: false, why: 'it is shutting down' } : { ready: true }),
    reload,
    broke: (err, where) => log.error({ err, where }, 'a request broke something'),
  });
  closing.defer(() => api.close());
  const url = await api.listen({ ...first.http });
  log.info({ url, targets: targets() }, 'listening');
  const kept = closing.move();
  return { url, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

const targetsOf = (configuration: Configuration): ReturnType<Handed['targets']> =>
  configuration.targets.map((target) => ({
    name: target.name,
    components: target.components.map((component) => component.name),
    caps: target.load && configuration.limits,
    watch: target.watch,
  }));

type Reloading = {
  readonly file: string;
  readonly setting: { now: Configuration };
  readonly counters: Counters;
  readonly running: Running;
  readonly log: Logger;
};

/** Schedules that follow the configuration: a new one takes over whole, a faulty one leaves the old in force. */
function reloading({
  file,
  setting,
  counters,
  running,
  log,
}: Reloading): AsyncDisposable & { readonly reload: Handed['reload'] } {
  let schedules = scheduled(setting.now, running, log);
  counters.reloaded(systemClock.now());
  return {
    async reload() {
      try {
        const configuration = await loadConfiguration(file);
        const next = scheduled(configuration, running, log);
        await schedules[Symbol.asyncDispose]();
        schedules = next;
        setting.now = configuration;
        counters.reloaded(systemClock.now());
      } catch (cause) {
        counters.reloaded(undefined);
        throw cause;
      }
    },
    [Symbol.asyncDispose]: () => schedules[Symbol.asyncDispose](),
  };
}

function scheduled({ targets }: Configuration, running: Running, log: Logger): AsyncDisposable {
  const watched = targets.map(({ name, watch }) => ({ target: name, ...watch }));
  const windowOf = (target: string): number =>
    Math.max(leastWindow, intervals * (watched.find((one) => one.target === target)?.observe ?? 0));
  return openSchedules(watched, {
    clock: systemClock,
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    start: async (kind, target, _due, stop) => {
      const now = systemClock.now();
      const started =
        kind === 'probe'
          ? await running.probe(target, {}, stop)
          : await running.observe(target, { from: epoch(now - windowOf(target)), to: now }, stop);
      await started.report;
    },
    skipped: (kind, target) => log.warn({ kind, target }, 'a scheduled run was left out: the one before still runs'),
    failed: (kind, target, err) => log.error({ kind, target, err }, 'a scheduled run failed'),
  });
}
