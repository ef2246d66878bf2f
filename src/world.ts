import { collect } from './collect/collect.ts';
import { historyOf } from './collect/history.ts';
import { inventory, mixtures } from './collect/inventory.ts';
import { liveReader } from './collect/live.ts';
import { overview } from './collect/overview.ts';
import { prometheus } from './collect/prometheus.ts';
import type { Source } from './collect/source.ts';
import type { Clock } from './model/clock.ts';
import type { Configuration, PrometheusSource } from './model/configuration.ts';
import type { Inventory } from './model/inventory.ts';
import type { Order, Reference } from './model/order.ts';
import { epoch, type Seconds, seconds } from './model/units.ts';
import type { World } from './model/world.ts';

/** The real world of one configuration: this machine's clock, its Prometheus servers, and load from worker threads. */
export type RealWorld = World & {
  readonly inventory: (order: Order, stop: AbortSignal) => Promise<Inventory>;
  /** What the order would add up though it is several things. */
  readonly mixtures: (order: Order, stop: AbortSignal) => ReturnType<typeof mixtures>;
  readonly history: (order: Order, stop: AbortSignal) => Promise<Reference>;
  /** Which packs have series in the Prometheus of this name. */
  readonly overview: (name: string, stop: AbortSignal) => ReturnType<typeof overview>;
};

/** Told of every query: what kind it was, how it ended, how long it took. */
export type Queried = (query: 'range' | 'instant' | 'other', outcome: 'ok' | 'error', took: Seconds) => void;

/** Opens nothing yet: connections and threads come with the first question and the first load. */
export function worldOf(configuration: Configuration, queried: Queried = () => {}): RealWorld {
  const waiting = { clock: systemClock, random: Math.random };
  const open = (source: PrometheusSource) => counted(prometheus(source, waiting), queried);
  const sources = new Map(configuration.prometheus.map((source) => [source.name, open(source)]));
  const reach = { sources, packs: configuration.packs };
  return {
    clock: systemClock,
    openLoad: async (script, stop) => (await import('./load/open-load.ts')).openLoad(script, systemClock, stop),
    live: liveReader(reach, systemClock),
    collect: (order, span, stop) => collect(reach, order, span, stop),
    inventory: (order, stop) => inventory(reach, order, systemClock, stop),
    mixtures: (order, stop) => mixtures(reach, order, systemClock, stop),
    history: (order, stop) => historyOf(reach, order, systemClock, stop),
    overview: async (name, stop) => {
      const source = sources.get(name);
      return source ? await overview(source, configuration.packs, stop) : { traces: [], scraped: [], notes: [] };
    },
  };
}

function counted(source: Source, queried: Queried): Source {
  const timed = async <T>(query: Parameters<Queried>[0], asking: Promise<T>): Promise<T> => {
    const began = performance.now();
    const told = (outcome: 'ok' | 'error') => queried(query, outcome, seconds((performance.now() - began) / 1000));
    asking.then(
      () => told('ok'),
      () => told('error'),
    );
    return asking;
  };
  return {
    ...source,
    series: (...asked) => timed('other', source.series(...asked)),
    samples: (...asked) => timed('range', source.samples(...asked)),
    thinned: (...asked) => timed('range', source.thinned(...asked)),
    instant: (...asked) => timed('instant', source.instant(...asked)),
    range: (...asked) => timed('range', source.range(...asked)),
  };
}

/** This machine's clocks. */
export const systemClock: Clock = {
  now: () => epoch(Date.now() / 1000),
  monotonic: () => seconds(performance.now() / 1000),
  sleep: (duration, stop) =>
    new Promise((resolve) => {
      if (stop?.aborted) return resolve();
      const over = (): void => {
        clearTimeout(timer);
        stop?.removeEventListener('abort', over);
        resolve();
      };
      const timer = setTimeout(over, Math.max(0, duration * 1000));
      stop?.addEventListener('abort', over, { once: true });
    }),
};
