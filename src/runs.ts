import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { fault } from './faults.ts';
import type { Configuration, Target } from './model/configuration.ts';
import { resourceName } from './model/in-words.ts';
import type { Note } from './model/note.ts';
import type { Order } from './model/order.ts';
import type { Beat } from './model/pulse.ts';
import type { Report } from './model/report.ts';
import type { Caps } from './model/script.ts';
import type { Span } from './model/span.ts';
import type { Store } from './model/store.ts';
import { wireNotes } from './plan/wire-notes.ts';
import { carryOut } from './run/carry-out.ts';
import { conduct } from './run/conduct.ts';
import { checkLoad, observation, probe, sharedComponents, targetNamed } from './run/order-of.ts';
import { witness } from './run/witness.ts';
import { clockNotes } from './survey/prometheus-health.ts';
import { type Queried, type RealWorld, worldOf } from './world.ts';

/** What runs are made from, and who is told of every query to a Prometheus. */
export type Ground = { readonly configuration: Configuration; readonly version: string; readonly queried?: Queried };

/** What a run tells while it goes on: that it has begun and holds its locks, and each beat. */
export type Tell = { readonly begun: () => void; readonly beat: (beat: Beat) => void };

/** A run that can begin: its id is known, its order is made, nothing has been sent. */
export type Prepared<O extends Order = Order> = {
  readonly order: O;
  readonly notes: readonly Note[];
  /** What Prometheus will be asked, as PromQL that gives the same numbers. */
  readonly queries: readonly { readonly about: string; readonly promql: string }[];
  readonly carryOut: (store: Store, tell: Tell, stop: AbortSignal) => Promise<Report>;
};

/** Prepares a run with load: the address resolved and allowed, Prometheus seen, the plan laid out against the slowest scrape. */
export async function prepareProbe(
  { configuration, version, queried }: Ground,
  name: string,
  caps: Partial<Caps>,
  stop: AbortSignal,
): Promise<Prepared<ReturnType<typeof probe>>> {
  const target = targetNamed(configuration, name);
  if (!target.load) throw fault('TARGET_NOT_LOADABLE', [name]);
  checkLoad(configuration, target);
  const world = worldOf(configuration, queried);
  const { resolve } = await import('./load/resolve.ts');
  const { locksOf } = await import('./load/locks-of.ts');
  const { lentPorts } = await import('./load/room-for-connections.ts');
  const { origin, address, port } = await resolve(target.load.url);
  const { given, scrape, notes, queries } = await circumstances(configuration, target, version, world, stop);
  const workers = Math.max(1, availableParallelism() - 1);
  const order = probe(configuration, target, given, { origin, address, scrape, workers, caps });
  const locks = locksOf(address, port, sharedComponents(configuration, target));
  return {
    order,
    notes: [...notes, ...wireNotes(order.load.plan, order.load.script.wire, lentPorts())],
    queries,
    carryOut: (store, tell, until) => {
      const errand = { id: order.run, target: name, kind: 'probe', locks, begun: tell.begun } as const;
      return carryOut(
        { ...errand, work: (signals) => conduct(order, world, signals, tell.beat) },
        store,
        world.clock,
        until,
      );
    },
  };
}

/** Prepares to judge a window whose load others made. */
export async function prepareObservation(
  { configuration, version, queried }: Ground,
  name: string,
  span: Span,
  stop: AbortSignal,
): Promise<Prepared> {
  const target = targetNamed(configuration, name);
  const world = worldOf(configuration, queried);
  const { given, notes, queries } = await circumstances(configuration, target, version, world, stop);
  const order = observation(configuration, target, given);
  return {
    order,
    notes,
    queries,
    carryOut: (store, tell, until) => {
      const errand = { id: order.run, target: name, kind: 'observe', locks: [], begun: tell.begun } as const;
      return carryOut(
        { ...errand, work: (signals) => witness(order, span, world, signals.stop) },
        store,
        world.clock,
        until,
      );
    },
  };
}

/** A Prometheus that does not answer ends it here: load that nobody can watch is not sent. */
async function circumstances(
  configuration: Configuration,
  target: Target,
  version: string,
  world: RealWorld,
  stop: AbortSignal,
) {
  const named = { run: newRunId(target.name), version, reference: { kind: 'unknown', why: 'not looked up' } } as const;
  const bare = observation(configuration, target, named);
  const seen = await world.inventory(bare, stop);
  const silent = seen.sources.find((source) => source.kind === 'silent');
  if (silent?.kind === 'silent') throw silent.why;
  const reference = target.expect === undefined ? await world.history(bare, stop) : named.reference;
  const blind = seen.blind.map(
    (spot): Note => ({ about: 'data', text: `${resourceName(spot)} cannot be seen: ${spot.why}` }),
  );
  const clocks = seen.sources.flatMap((source) =>
    source.kind === 'answers' ? clockNotes(source.name, source.ahead ?? 0) : [],
  );
  return {
    given: { ...named, reference },
    scrape: seen.scrape,
    notes: [...configuration.notes, ...seen.notes, ...blind, ...clocks],
    queries: seen.signals.map(({ resource, role, evidence }) => ({
      about: `${resourceName(resource)}, ${role}`,
      promql: evidence.promql,
    })),
  };
}

/** "shop-20261121-031455-9f2c": sorts by time within a target, and two at once still differ. */
function newRunId(target: string): string {
  const [day = '', time = ''] = new Date(Date.now()).toISOString().split('T');
  return `${target}-${day.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}-${randomBytes(2).toString('hex')}`;
}
