import type { Happening, Part, World } from '../world.ts';
import type { Moment } from './steady.ts';

/** When anything changes whatever the load, in order. */
export function changesOf(world: World): readonly number[] {
  const times = world.happenings.flatMap((one) => (one.what === 'batch' ? [one.at, one.at + one.seconds] : [one.at]));
  return [...new Set(times)].sort((one, other) => one - other);
}

/** What holds at a moment besides the load. */
export function momentAt(world: World, at: number): Moment {
  const past = world.happenings.filter((one) => one.at <= at);
  const slow = past.filter((one) => one.what === 'slow').at(-1);
  return {
    at,
    besides: new Map(world.parts.map((part) => [part.name, besidesAt(part, past, at)])),
    cost: new Map(world.parts.map(({ name }) => [name, costOf(name, past)])),
    slowness: slow?.what === 'slow' ? slow.factor : 1,
  };
}

/** Cores that others and batches use on each instance of a part. */
function besidesAt({ name, replicas }: Part, past: readonly Happening[], at: number): number {
  const strangers = past.filter((one) => one.what === 'strangers' && one.part === name).at(-1);
  const batches = past.reduce(
    (cores, one) =>
      one.what === 'batch' && one.part === name && at < one.at + one.seconds ? cores + one.cores : cores,
    0,
  );
  return (strangers?.what === 'strangers' ? strangers.cores : 0) + batches / replicas;
}

const costOf = (name: string, past: readonly Happening[]): number =>
  past.reduce((cost, one) => (one.what === 'rollout' && one.part === name ? cost * one.factor : cost), 1);

/** Since when an instance is there, and how many rollouts came before it. */
export function startedAt(
  world: World,
  part: string,
  replica: number,
  at: number,
): { readonly since: number; readonly generation: number } {
  const renews = (one: Happening): boolean =>
    (one.what === 'rollout' && one.part === part) ||
    (one.what === 'restart' && one.part === part && one.replica === replica);
  const past = world.happenings.filter((one) => one.at <= at && renews(one));
  return {
    since: Math.max(0, ...past.map((one) => one.at)),
    generation: past.filter((one) => one.what === 'rollout').length,
  };
}
