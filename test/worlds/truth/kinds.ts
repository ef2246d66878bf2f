import type { VerdictKind } from '../../../src/model/verdict.ts';
import { namedAs } from '../seen/named-as.ts';
import type { World } from '../world.ts';
import { limitOf, resourceOf } from './limits.ts';
import type { Gain } from './plateau.ts';
import { scheduleOf } from './schedule.ts';

/** What is known of a world before it is said which verdicts are right. */
type Known = {
  readonly why: string;
  readonly first: readonly string[];
  readonly use: number;
  readonly capacity: { readonly rate: number };
  readonly onset: { readonly from: number } | undefined;
  readonly gains: Readonly<Record<string, Gain>>;
};

/** A run that ends this close below the plateau may be told either way: the resource is as good as full. */
const nearlyFull = 0.94;
/** A clock that is off by more than this share of a step spoils the data. */
const spoilt = 0.5;
/** What loses more scrapes than this may well be refused. */
const riddled = 0.4;

/** The kinds of verdict that are right for a world, the best first. */
export function kindsOf(world: World, known: Known): readonly VerdictKind[] {
  if (isSpoilt(world)) return ['data-invalid'];
  if (generatorEnds(world, known)) return ['generator-limited'];
  const kinds = kindsByLoad(world, known);
  const changes = world.happenings.some(({ what }) => what === 'rollout' || what === 'scale');
  const gaps = Math.max(world.seen.gaps, world.seen.gapsWhenBusy) > riddled;
  return [...kinds, ...(changes ? (['unstable-config'] as const) : []), ...(gaps ? (['data-invalid'] as const) : [])];
}

function isSpoilt({ load, seen }: World): boolean {
  return load.kind !== 'traffic' && Math.abs(seen.skew) > spoilt * (load.settle + load.measure);
}

/** The generator gives out at a rate that the run wanted and the target would have carried. */
function generatorEnds({ load }: World, { use }: Known): boolean {
  if (load.kind !== 'steps' || !load.generator) return false;
  const top = Math.max(...load.rates);
  const carried = top / use;
  return load.generator.rate < top && load.generator.rate < carried * 0.98;
}

function kindsByLoad(world: World, known: Known): readonly VerdictKind[] {
  const full = fullKinds(world, known);
  if (known.why === 'time') return full;
  if (isThrottled(world, known) || isLentToTheEnd(world, known)) return ['not-reached', ...full];
  if (known.use < nearlyFull) return ['not-reached'];
  if (known.use < 1.02) return [...full, 'not-reached'];
  return full;
}

/** A quota that is throttled makes work wait, which is what saturated means, though the target still carries more. */
function isThrottled(world: World, { first, onset, capacity, use }: Known): boolean {
  const limit = first.length === 1 ? limitOf(world, first[0] ?? '') : undefined;
  const isQuota = limit !== undefined && resourceOf(world, limit)?.kind === 'quota';
  return isQuota && use < 1.02 && onset !== undefined && onset.from <= use * capacity.rate * 1.05;
}

/** A device that runs on credits which its own run does not use up carries more than it can for good, and nothing waits: what it would carry for good is all that can be told. */
function isLentToTheEnd(world: World, { first, capacity }: Known): boolean {
  const limit = first.length === 1 ? limitOf(world, first[0] ?? '') : undefined;
  const disk = limit && resourceOf(world, limit);
  if (disk?.kind !== 'disk' || !disk.burst || world.load.kind === 'users') return false;
  const { operations, burst } = disk;
  let left = burst.credits;
  let at = 0;
  for (const { load, to } of scheduleOf(world)) {
    const asked = (load / capacity.rate) * operations;
    left = Math.min(burst.credits, left + (operations - asked) * (to - at));
    at = to;
    if (left <= 0 || asked > burst.fast) return false;
  }
  return true;
}

function fullKinds(world: World, known: Known): readonly VerdictKind[] {
  const { first, why } = known;
  if (first.length === 0) return ['unobserved-limit'];
  const unseen = first.filter((key) => isUnseen(world, key));
  if (unseen.length === first.length)
    return insteadOf(world, known).length > 0 || unseen.every((key) => kills(world, key))
      ? ['unobserved-limit', 'saturated']
      : ['unobserved-limit'];
  if (unseen.length > 0) return ['near-tie', 'saturated', 'unobserved-limit'];
  return first.length > 1 && why !== 'protective' ? ['near-tie', 'saturated'] : ['saturated'];
}

/** That something was killed at its limit is told by whoever started it anew, also where nobody tells how full it was. */
function kills(world: World, key: string): boolean {
  const limit = limitOf(world, key);
  return limit !== undefined && resourceOf(world, limit)?.kind === 'memory';
}

/** Half of what making a limit half as large again can bring. */
const half = 0.25;
const errors = 3;

/**
 * What is right to name beside what is first. Where nobody can see that: a limit that is seen and, made half as large again, brings at least half of that. It is full, work waits
 * for it, and lifting it helps, whatever would help more: pods at their quota whose autoscaler is not seen, a database behind a cache that is not. And of an autoscaler at its most and what each
 * of its instances has: what ends is the product of the two, and which of them brings more is a matter of rounding and of what comes next.
 */
export function insteadOf(world: World, { first, gains }: Pick<Known, 'first' | 'gains'>): readonly string[] {
  const helping = Object.entries(gains)
    .filter(([key, { gain, error }]) => gain >= half && gain >= errors * error && !isUnseen(world, key))
    .map(([key]) => key);
  const isSeen = first.some((key) => !isUnseen(world, key));
  return isSeen ? helping.filter((key) => first.some((one) => isOneProduct(world, one, key))) : helping;
}

/** How many instances there are at most, and what each of them has. */
function isOneProduct(world: World, first: string, key: string): boolean {
  const [a, b] = [limitOf(world, first), limitOf(world, key)];
  if (!a || !b || a.part !== b.part) return false;
  const kinds = [resourceOf(world, a)?.kind, resourceOf(world, b)?.kind];
  return kinds.includes('autoscaler') && kinds.some((kind) => kind === 'quota' || kind === 'cpu');
}

/** No exporter speaks for it: it is missing, it belongs to others, or no pack knows it. */
export function isUnseen(world: World, key: string): boolean {
  const limit = limitOf(world, key);
  return limit === undefined || namedAs(world, limit) === undefined;
}
