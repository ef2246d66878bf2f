import type { Component } from '../../model/component.ts';
import { noRoom } from '../../model/full.ts';
import { sum } from '../../stats/sum.ts';
import { type Case, fillOf, isSame, nameOf } from '../seen/cases.ts';
import type { View } from '../seen/view.ts';
import { callsOnTheWay } from '../seen/waits-for.ts';
import { from, keptLonger, rise } from './kept-longer.ts';
import { isFree } from './residence.ts';

type Scene = {
  readonly view: View;
  readonly plateau: number | undefined;
  readonly components: readonly Component[];
  /** Every resource as it was read. */
  readonly around: readonly Case[];
};

/** Threads that are kept longer by less than this share of all that there are say nothing. */
const enough = 0.25;

/**
 * Which share of what full threads are kept longer by is kept in the pool of their own component through which they wait for something, at its door, or in what else is seen to work: by Little's law what is
 * kept below is kept above as well, and what is not seen below is kept by something else. Undefined where that something may be reached without the pool, where some may wait for the pool unseen, or where what the threads
 * run on is busy itself.
 */
export function keptBehindPool(threads: Case, below: Case, scene: Scene): number | undefined {
  const { view, plateau, components, around } = scene;
  const { component, kind } = threads.resource;
  const on = components.find(({ name }) => name === component)?.on;
  const own = [component, ...(on === undefined ? [] : [on])];
  const pools = around.filter(({ resource }) => resource.component === component && resource.kind === 'pool');
  if (plateau === undefined || kind !== 'servers' || own.includes(below.resource.component)) return undefined;
  if (callsOnTheWay(component, below.resource.component, components).some((name) => isAskedDirectly(name, around)))
    return undefined;
  const late = from(view, plateau);
  if (pools.length === 0 || !pools.every((pool) => isTold(pool, late)) || !isFree(own, around)) return undefined;
  const placed = { view, plateau, around };
  const alike = around.filter(({ resource }) => isSame(resource, threads.resource));
  const kept = keptLonger(threads, placed);
  if (!(kept >= enough * sum(alike.map(({ ceiling }) => ceiling.at(-1) ?? 0)))) return undefined;
  const kinds = [...new Map(pools.map((pool) => [nameOf(pool), pool])).values()];
  const works = around.filter(
    ({ resource }) =>
      resource.layer === 'thread' && ![component, below.resource.component].includes(resource.component),
  );
  const risen = [...pools.map(({ queue }) => queue), ...works.map(({ usage }) => usage)];
  const seen = [
    ...kinds.map((pool) => keptLonger(pool, placed)),
    ...risen.map((track) => rise(track, view, plateau) ?? 0),
  ];
  return sum(seen.map((part) => Math.max(0, part))) / kept;
}

/** A service with workers of its own, which lends nobody connections, is not what a pool of them leads to. */
function isAskedDirectly(name: string, around: readonly Case[]): boolean {
  const own = around.flatMap(({ resource }) => (resource.component === name ? [resource] : []));
  const lends = own.some(({ kind, unit, hard }) => kind === 'pool' && hard && unit === 'connections');
  const works = own.some(({ kind, layer }) => kind === 'servers' && layer !== 'leaf');
  return works && !lends;
}

/** Whether all that wait for it are counted: as their number, or because it has room. */
const isTold = (pool: Case, late: readonly number[]): boolean =>
  (pool.queue !== undefined && (pool.queueReads ?? '$number').startsWith('$number')) ||
  late.every((i) => (fillOf(pool, i) ?? 1) < noRoom);
