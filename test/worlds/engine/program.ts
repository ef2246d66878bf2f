import type { Act, RequestClass, Resource, World } from '../world.ts';

/** Where an act takes place: numbers of a part and of a resource in it. */
export type Place = { readonly part: number; readonly resource: number };

/**
 * Acts laid out one after the other. `number` keys what is drawn for it. `isOutermost`: nothing around it is at the same part.
 * `isCrowded`: something around it slows down what is within.
 */
export type Op =
  | {
      readonly do: 'cpu';
      readonly part: number;
      readonly seconds: number;
      readonly cv: number;
      readonly number: number;
      readonly isOutermost: boolean;
      readonly isCrowded: boolean;
      readonly isByWorkers: boolean;
    }
  | {
      readonly do: 'pause';
      readonly seconds: number;
      readonly cv: number;
      readonly number: number;
      readonly isCrowded: boolean;
    }
  | {
      readonly do: 'disk';
      readonly of: Place;
      readonly operations: number;
      readonly bytes: number;
      readonly number: number;
      readonly isOutermost: boolean;
    }
  | { readonly do: 'send'; readonly of: Place; readonly bytes: number; readonly isOutermost: boolean }
  | {
      readonly do: 'take';
      readonly of: Place;
      readonly number: number;
      readonly isOutermost: boolean;
      readonly isWorkers: boolean;
    }
  | { readonly do: 'give' }
  | { readonly do: 'pass'; readonly of: Place }
  | { readonly do: 'look-up'; readonly of: Place; readonly number: number; readonly miss: { place: number } }
  | { readonly do: 'jump'; readonly to: { place: number } }
  | {
      readonly do: 'try';
      readonly timeout: number;
      readonly attempts: number;
      readonly backoff: number;
    }
  | { readonly do: 'tried' }
  | { readonly do: 'fail'; readonly chance: number; readonly number: number }
  | { readonly do: 'end' };

/** What is around an act. */
type Around = { readonly parts: readonly number[]; readonly isCrowded: boolean; readonly workers: readonly number[] };

/**
 * A class's acts in the order in which they are done. A request is inside the front part (by its number) from beginning to end.
 * Throws on a part or a resource that is not in the world.
 */
export function programOf({ name, acts }: RequestClass, world: World, front: number): readonly Op[] {
  const ops: Op[] = [];
  const where = (part: string, id?: string) => placeOf(world, part, id, name);
  lay(acts, { parts: [front], isCrowded: false, workers: [] }, ops, where);
  ops.push({ do: 'end' });
  return ops;
}

type Where = (part: string, id?: string) => Place & { readonly what: Resource | undefined };

function placeOf(world: World, name: string, id: string | undefined, className: string) {
  const part = world.parts.findIndex((one) => one.name === name);
  const resources = world.parts[part]?.resources;
  if (resources === undefined) throw new Error(`class ${className} works at ${name}, which is no part of the world`);
  const resource = resources.findIndex((one) => one.id === id);
  if (id !== undefined && resource < 0) throw new Error(`class ${className} uses ${name}/${id}, which does not exist`);
  return { part, resource, what: resources[resource] };
}

function lay(acts: readonly Act[], around: Around, ops: Op[], where: Where): void {
  for (const act of acts) {
    if (act.do === 'hold') layHold(act, around, ops, where);
    else if (act.do === 'look-up') layLookUp(act, around, ops, where);
    else if (act.do === 'try') layTry(act, around, ops, where);
    else ops.push(simple(act, around, ops.length, where));
  }
}

function simple(act: Act, around: Around, number: number, where: Where): Op {
  const { isCrowded } = around;
  const isOutermost = (part: number) => !around.parts.includes(part);
  switch (act.do) {
    case 'cpu': {
      const { part } = where(act.part);
      const isByWorkers = around.workers.includes(part);
      return { ...act, part, number, isOutermost: isOutermost(part), isCrowded, isByWorkers };
    }
    case 'pause':
      return { ...act, number, isCrowded };
    case 'disk': {
      const of = where(act.of.part, act.of.id);
      return { ...act, of, number, isOutermost: isOutermost(of.part) };
    }
    case 'send': {
      const of = where(act.of.part, act.of.id);
      return { ...act, of, isOutermost: isOutermost(of.part) };
    }
    case 'pass':
      return { ...act, of: where(act.of.part, act.of.id) };
    case 'fail':
      return { ...act, number };
    case 'hold':
    case 'look-up':
    case 'try':
      throw new Error(`${act.do} is laid out with what is within`);
  }
}

function layHold(act: Extract<Act, { do: 'hold' }>, around: Around, ops: Op[], where: Where): void {
  const of = where(act.of.part, act.of.id);
  const { what } = of;
  if (what === undefined || !(what.kind === 'pool' || what.kind === 'workers' || what.kind === 'lock'))
    throw new Error(`${act.of.part}/${act.of.id} cannot be held: it is no pool, workers or lock`);
  const isOutermost = !around.parts.includes(of.part);
  ops.push({ do: 'take', of, number: ops.length, isOutermost, isWorkers: what.kind === 'workers' });
  const within: Around = {
    parts: [...around.parts, of.part],
    isCrowded: around.isCrowded || ('crowding' in what && what.crowding !== undefined),
    workers: what.kind === 'workers' ? [...around.workers, of.part] : around.workers,
  };
  lay(act.within, within, ops, where);
  ops.push({ do: 'give' });
}

function layLookUp(act: Extract<Act, { do: 'look-up' }>, around: Around, ops: Op[], where: Where): void {
  const miss = { place: 0 };
  const behind = { place: 0 };
  ops.push({ do: 'look-up', of: where(act.of.part, act.of.id), number: ops.length, miss });
  lay(act.hit, around, ops, where);
  ops.push({ do: 'jump', to: behind });
  miss.place = ops.length;
  lay(act.miss, around, ops, where);
  behind.place = ops.length;
}

function layTry(act: Extract<Act, { do: 'try' }>, around: Around, ops: Op[], where: Where): void {
  ops.push({ do: 'try', timeout: act.timeout, attempts: act.attempts, backoff: act.backoff });
  lay(act.within, around, ops, where);
  ops.push({ do: 'tried' });
}
