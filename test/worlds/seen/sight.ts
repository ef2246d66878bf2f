import { type Door, itself, type Look, type Running } from '../engine.ts';
import type { Part, World } from '../world.ts';
import { type Besides, besidesOf } from './besides.ts';
import { frontOf } from './naming.ts';
import { seedOf } from './seed-of.ts';

/** What the front part counted of its requests. */
export type OwnDoor = Door & { readonly instance: string; readonly since: number };

/** One instance of a part at a moment. */
export type Glimpse = {
  readonly part: Part;
  readonly replica: number;
  readonly instance: string;
  /** When it started, and now (s in the world). */
  readonly since: number;
  readonly now: number;
  readonly look: (id: string) => Look | undefined;
  /** What is used of a resource besides the requests' work. */
  readonly besides: (id: string) => { readonly level: number; readonly total: number };
  readonly door: OwnDoor | undefined;
  /** The instances of other parts at the same moment. */
  readonly others: Sight['of'];
};

/** All instances of a world at a moment, by part. */
export type Sight = { readonly now: number; readonly of: (part: string) => readonly Glimpse[] };

const nothing = { level: 0, total: 0 };

/** Looks at a running world; what is used besides work goes on from one look to the next. */
export function watcherOf(world: World, running: Running, repetition: number): () => Sight {
  const besides = new Map<string, Besides>();
  const beside = (key: string): Besides => {
    const known = besides.get(key);
    if (known) return known;
    const made = besidesOf(world.seen.noise, seedOf(`${world.seed} ${repetition} besides ${key}`));
    besides.set(key, made);
    return made;
  };
  const front = frontOf(world).name;
  const parts = new Map(world.parts.map((part) => [part.name, { part, shared: sharedIn(part) }]));
  return () => {
    const now = running.now;
    const seen = new Map<string, readonly Glimpse[]>();
    const of = (name: string): readonly Glimpse[] => {
      const known = seen.get(name);
      if (known) return known;
      const part = parts.get(name);
      const doors = name === front ? running.doors() : [];
      const made = part ? glimpsesOf(part, running.looks(name), { doors, now, beside, others: of }) : [];
      seen.set(name, made);
      return made;
    };
    return { now, of };
  };
}

/** What the requests' work came to, and how much of it there can be in a second: of a disk in operations. */
const workAndCeiling = ({ usedTime, size, more: { operations, operationsLimit } }: Look): readonly [number, number] =>
  operations === undefined || operationsLimit === undefined ? [usedTime, size] : [operations, operationsLimit];

type Moment = {
  readonly doors: readonly OwnDoor[];
  readonly now: number;
  readonly beside: (key: string) => Besides;
  readonly others: Sight['of'];
};

/** What there is once for all instances of a part. */
const sharedIn = ({ resources }: Part): ReadonlySet<string> =>
  new Set(
    resources
      .filter((one) => one.kind === 'autoscaler' || (one.kind === 'pool' && one.shared === true))
      .map(({ id }) => id),
  );

type OfPart = { readonly part: Part; readonly shared: ReadonlySet<string> };

function glimpsesOf(
  { part, shared: ids }: OfPart,
  looks: readonly Look[],
  { doors, now, beside, others }: Moment,
): readonly Glimpse[] {
  const shared = ids.size > 0 ? looks.filter(({ of }) => ids.has(of.id)) : [];
  const own = Map.groupBy(
    shared.length > 0 ? looks.filter(({ of }) => !ids.has(of.id)) : looks,
    ({ instance }) => instance,
  );
  return [...own.entries()].map(([instance, list], index) => {
    const byId = new Map([...list, ...(index === 0 ? shared : [])].map((look) => [look.of.id, look]));
    const [first] = list;
    const replica = first?.replica ?? index;
    const since = byId.get(itself)?.since ?? first?.since ?? 0;
    return {
      part,
      replica,
      instance,
      since,
      now,
      look: (id) => byId.get(id),
      besides(id) {
        const look = byId.get(id);
        return look ? beside(`${part.name} ${replica} ${since} ${id}`).at(now, ...workAndCeiling(look)) : nothing;
      },
      door: doors.find((door) => door.instance === instance),
      others,
    };
  });
}
