import { resourceOf } from '../families/rough-capacity.ts';
import type { Act, Ref, World } from '../world.ts';

/** How many requests can be at a resource at once (in it or waiting for it), and how many at the CPU of a part: what is held around it lets no more in. */
export type Room = { readonly at: ReadonlyMap<string, number>; readonly cpu: ReadonlyMap<string, number> };

/** What is held around an act, and how many of it there are in all. */
type Around = { readonly key: string; readonly size: number };

const keyOf = (of: Ref): string => `${of.part}/${of.id}`;
const anybody: Around = { key: '', size: Number.POSITIVE_INFINITY };

/** The tightest of what is held around each place; a place that is reached from within several holds has room for the sum of them. */
export function roomOf(world: World): Room {
  const at = new Map<string, Map<string, number>>();
  const cpu = new Map<string, Map<string, number>>();
  const note = (places: Map<string, Map<string, number>>, place: string, { key, size }: Around): void => {
    places.set(place, (places.get(place) ?? new Map<string, number>()).set(key, size));
  };
  const walk = (acts: readonly Act[], around: Around): void => {
    for (const act of acts) {
      if (act.do === 'cpu') note(cpu, act.part, around);
      if ('of' in act) note(at, keyOf(act.of), around);
      walk(
        withinOf(act),
        act.do === 'hold' ? tighter(around, { key: keyOf(act.of), size: sizeOf(world, act.of) }) : around,
      );
    }
  };
  for (const { acts } of world.classes) walk(acts, anybody);
  return { at: summed(at), cpu: summed(cpu) };
}

/** What is done inside an act. */
function withinOf(act: Act): readonly Act[] {
  if (act.do === 'hold' || act.do === 'try') return act.within;
  return act.do === 'look-up' ? [...act.hit, ...act.miss] : [];
}

const tighter = (a: Around, b: Around): Around => (b.size <= a.size ? b : a);

/** Units of all instances together. */
function sizeOf(world: World, of: Ref): number {
  const resource = resourceOf(world, of);
  const replicas = world.parts.find(({ name }) => name === of.part)?.replicas ?? 1;
  if (resource.kind === 'workers') return resource.threads * replicas;
  if (resource.kind !== 'pool') return Number.POSITIVE_INFINITY;
  return (resource.size - (resource.others ?? 0)) * (resource.shared === true ? 1 : replicas);
}

const summed = (places: ReadonlyMap<string, ReadonlyMap<string, number>>): ReadonlyMap<string, number> =>
  new Map([...places].map(([place, sizes]) => [place, [...sizes.values()].reduce((sum, size) => sum + size, 0)]));
