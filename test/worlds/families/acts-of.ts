import type { Act } from '../world.ts';
import { cpu, hold, pause, ref } from './pieces.ts';
import { lockedWork, type Sizes, secondsOf, workIn } from './sizes.ts';
import type { Sketch, Tier } from './sketch.ts';

/** How much of the mean work a kind of request asks for. */
export type Factors = { readonly service: number; readonly database: number };

/** What a family may put around the call of the database, the wait for a remote system, and the whole request. */
export type Around = {
  readonly call?: (call: readonly Act[], seconds: number) => readonly Act[];
  readonly outside?: (wait: readonly Act[]) => readonly Act[];
  readonly whole?: (acts: readonly Act[]) => readonly Act[];
};

/** CPU work of a tier: on its event loop, where it has one. */
function workOf(tier: Tier, seconds: number): Act {
  const work = cpu(tier.name, seconds, tier.cv);
  return tier.technology === 'node-service' ? hold(ref(tier.name, 'event-loop'), [work]) : work;
}

const waits = (seconds: number, cv: number): readonly Act[] => (seconds > 0 ? [pause(seconds, cv)] : []);

/** One visit of the database, with a connection of it in hand. */
function visit(sketch: Sketch, sizes: Sizes, factor: number): readonly Act[] {
  const { database } = sketch;
  const locked = database.lock === undefined ? 0 : lockedWork(sketch, sizes);
  const each = sizes.databaseSeconds / database.statements;
  const disk: readonly Act[] = sizes.operations
    ? [{ do: 'disk', of: ref(database.name, 'disk'), operations: sizes.operations, bytes: sizes.operations * 8192 }]
    : [];
  const statements = Array.from({ length: database.statements }, (_, index) => [
    cpu(database.name, (each - (index === 0 ? locked : 0)) * factor, database.cv),
    ...disk,
  ]).flat();
  const row =
    locked > 0
      ? [
          hold(ref(database.name, 'locks'), [
            cpu(database.name, locked, database.cv),
            ...waits(sizes.lockSeconds - locked, 0.5),
          ]),
        ]
      : [];
  return [...statements, ...row];
}

/** How long the call of the database takes where nothing queues. */
const secondsOfCall = (sketch: Sketch, sizes: Sizes): number =>
  workIn(sketch, sizes) + sizes.serverIdle + sizes.poolIdle + sizes.bouncerSeconds;

function callOf(sketch: Sketch, sizes: Sizes, owner: Tier, factor: number): readonly Act[] {
  const { database, bouncer } = sketch;
  const connected = hold(ref(database.name, 'connections'), [
    ...visit(sketch, sizes, factor),
    ...waits(sizes.serverIdle * factor, 0.5),
  ]);
  const pooled = bouncer
    ? [
        hold(ref(bouncer.name, 'process-cpu'), [cpu(bouncer.name, sizes.bouncerSeconds, 0.3)]),
        hold(ref(bouncer.name, 'server-pool'), [connected]),
      ]
    : [connected];
  return [hold(ref(owner.name, 'pool'), [...pooled, ...waits(sizes.poolIdle * factor, 0.5)])];
}

/** All that is inside a tier, on one of its threads; an event loop has no more than may be inside at once. */
function within(tier: Tier, isBounded: boolean, acts: readonly Act[]): readonly Act[] {
  if (tier.threads !== undefined) return [hold(ref(tier.name, 'threads'), acts)];
  return isBounded ? [hold(ref(tier.name, 'requests'), acts)] : acts;
}

/** What is done within the front. */
function inFront(sketch: Sketch, owner: Tier, around: Around, service: number, call: readonly Act[], bytes: number) {
  const { front, middle, redis, outside, rate } = sketch;
  const wait = outside ? waits(outside.seconds, outside.cv) : [];
  const seconds = secondsOf(front, rate) * service;
  const inMiddle: readonly Act[] = middle
    ? within(middle, false, [workOf(middle, secondsOf(middle, rate) * service), ...(owner === middle ? call : [])])
    : [];
  return [
    workOf(front, 0.6 * seconds),
    ...(redis ? [hold(ref(redis.name, 'thread'), [cpu(redis.name, redis.use / rate, 0.3)])] : []),
    ...inMiddle,
    ...(owner === front ? call : []),
    ...(around.outside?.(wait) ?? wait),
    workOf(front, 0.4 * seconds),
    ...(sketch.line === undefined ? [] : [{ do: 'send', of: ref(front.name, 'network'), bytes } as const]),
  ];
}

/** What one kind of request does, from the first part to the last. */
export function actsOf(sketch: Sketch, sizes: Sizes, owner: Tier, around: Around, factors: Factors): readonly Act[] {
  const { front, edge, rate } = sketch;
  const plain = factors.database > 0 ? callOf(sketch, sizes, owner, factors.database) : [];
  const call = plain.length > 0 ? (around.call?.(plain, secondsOfCall(sketch, sizes) * factors.database) ?? plain) : [];
  const inside = inFront(sketch, owner, around, factors.service, call, sizes.bytes);
  const isBounded = sketch.door !== undefined && edge === undefined;
  const atFront = within(front, isBounded, around.whole?.(inside) ?? inside);
  return edge ? within(edge, true, [workOf(edge, secondsOf(edge, rate)), ...atFront]) : atFront;
}
