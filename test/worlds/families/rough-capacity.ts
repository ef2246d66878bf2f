import type { Act, Part, Ref, RequestClass, Resource, World } from '../world.ts';

/** What a resource could carry if nothing waited and nothing else were in the way: size ÷ demand. */
export type Rough = { readonly of: Ref; readonly demand: number; readonly size: number; readonly capacity: number };

const keyOf = (part: string, id: string) => `${part}/${id}`;

/** The resource that a reference names. */
export function resourceOf(world: World, of: Ref): Resource {
  const found = world.parts.find((part) => part.name === of.part)?.resources.find((one) => one.id === of.id);
  if (found === undefined) throw new Error(`${world.name}: there is no resource ${of.part}/${of.id}`);
  return found;
}

/** The share of look-ups that find their entry once the cache is warm. */
export const hitRatio = (cache: { readonly size: number; readonly entries: number; readonly skew: number }): number =>
  Math.min(1, (cache.size / cache.entries) ** cache.skew);

function hitRatioOf(world: World, of: Ref): number {
  const resource = resourceOf(world, of);
  return resource.kind === 'cache' ? hitRatio(resource) : 1;
}

/** How many times as long pauses have become in the end. */
const slownessOf = (world: World): number =>
  world.happenings.reduce((factor, one) => (one.what === 'slow' ? factor * one.factor : factor), 1);

/** How many times as much CPU the work of a part costs in the end, after all rollouts. */
const costOf = (world: World, part: string): number =>
  world.happenings.reduce((cost, one) => (one.what === 'rollout' && one.part === part ? cost * one.factor : cost), 1);

/** How many times as long work takes within a hold, when all are inside that may be; `most`: what is held around it. */
function crowdedIn(world: World, of: Ref, most: number): number {
  const resource = resourceOf(world, of);
  if (resource.kind !== 'pool' || resource.crowding === undefined) return 1;
  return 1 + resource.crowding * (Math.min(resource.size, most + (resource.others ?? 0)) - 1);
}

/** How many units of a pool there are in all instances. */
function unitsOf(world: World, of: Ref): number {
  const resource = resourceOf(world, of);
  const found = world.parts.find((part) => part.name === of.part);
  return resource.kind === 'pool' && found !== undefined
    ? resource.size * instancesOf(found)
    : Number.POSITIVE_INFINITY;
}

/** Where an act stands: how often a request comes to it, and how many times as long it takes. */
type Place = { readonly visits: number; readonly slowed: number; readonly most: number };

const inside = (world: World, of: Ref, { visits, slowed, most }: Place): Place => ({
  visits,
  slowed: slowed * crowdedIn(world, of, most),
  most: Math.min(most, unitsOf(world, of)),
});

/** Seconds that acts take with nothing in the way. */
function durationOf(world: World, acts: readonly Act[], place: Place): number {
  return acts.reduce((sum, act) => sum + lasts(world, act, place), 0);
}

function lasts(world: World, act: Act, place: Place): number {
  switch (act.do) {
    case 'cpu':
      return act.seconds * place.slowed * costOf(world, act.part);
    case 'pause':
      return act.seconds * place.slowed * slownessOf(world);
    case 'disk': {
      const disk = resourceOf(world, act.of);
      return disk.kind === 'disk' ? act.operations * disk.latency : 0;
    }
    case 'send': {
      const link = resourceOf(world, act.of);
      return link.kind === 'link' ? act.bytes / link.bytes : 0;
    }
    case 'hold':
      return durationOf(world, act.within, inside(world, act.of, place));
    case 'try':
      return durationOf(world, act.within, place);
    case 'look-up': {
      const hit = hitRatioOf(world, act.of);
      return hit * durationOf(world, act.hit, place) + (1 - hit) * durationOf(world, act.miss, place);
    }
    case 'pass':
    case 'fail':
      return 0;
  }
}

type Demands = Map<string, number>;
const add = (demands: Demands, key: string, amount: number) => demands.set(key, (demands.get(key) ?? 0) + amount);

/** Each act that a request comes to, with where it stands. */
function visited(world: World, acts: readonly Act[], place: Place): readonly (readonly [Act, Place])[] {
  return acts.flatMap((act): readonly (readonly [Act, Place])[] => {
    if (act.do === 'hold') return [[act, place], ...visited(world, act.within, inside(world, act.of, place))];
    if (act.do === 'try') return visited(world, act.within, place);
    if (act.do !== 'look-up') return [[act, place]];
    const hit = hitRatioOf(world, act.of);
    return [
      ...visited(world, act.hit, { ...place, visits: place.visits * hit }),
      ...visited(world, act.miss, { ...place, visits: place.visits * (1 - hit) }),
    ];
  });
}

function askedBy(world: World, act: Act, place: Place): readonly (readonly [string, number])[] {
  switch (act.do) {
    case 'cpu':
      return [[keyOf(act.part, ''), lasts(world, act, place)]];
    case 'disk':
      return [
        [keyOf(act.of.part, act.of.id), act.operations],
        [keyOf(act.of.part, `${act.of.id} bytes`), act.bytes],
      ];
    case 'send':
      return [[keyOf(act.of.part, act.of.id), act.bytes]];
    case 'pass':
      return [[keyOf(act.of.part, act.of.id), 1]];
    case 'hold': {
      const resource = resourceOf(world, act.of);
      const linger = resource.kind === 'pool' ? (resource.linger ?? 0) : 0;
      return [[keyOf(act.of.part, act.of.id), lasts(world, act, place) + linger]];
    }
    case 'pause':
    case 'look-up':
    case 'try':
    case 'fail':
      return [];
  }
}

/** The weight of a class at a moment: linear between its points, constant outside. */
export function weightAt(of: RequestClass, at: number): number {
  const before = of.weight.filter((point) => point.at <= at).at(-1);
  const after = of.weight.find((point) => point.at > at);
  if (before === undefined || after === undefined) return (before ?? after)?.weight ?? 0;
  return before.weight + ((after.weight - before.weight) * (at - before.at)) / (after.at - before.at);
}

const alone: Place = { visits: 1, slowed: 1, most: Number.POSITIVE_INFINITY };

/** What a request asks of each part and resource in the mean, by "part/id"; the CPU seconds of a part's own work are under "part/". */
function demandsAt(world: World, at: number): { readonly demands: Demands; readonly duration: number } {
  const demands: Demands = new Map();
  const weights = world.classes.map((one) => weightAt(one, at));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let duration = 0;
  for (const [index, one] of world.classes.entries()) {
    const share = (weights[index] ?? 0) / total;
    for (const [act, place] of visited(world, one.acts, { ...alone, visits: share })) {
      for (const [key, amount] of askedBy(world, act, place)) add(demands, key, place.visits * amount);
    }
    duration += share * durationOf(world, one.acts, alone);
  }
  return { demands, duration };
}

/** How many instances a part comes to: an autoscaler goes to its maximum, or as far as there is room. */
function instancesOf(part: Part): number {
  const scaler = part.resources.find((one) => one.kind === 'autoscaler');
  return scaler?.kind === 'autoscaler' ? Math.min(scaler.most, scaler.room) : part.replicas;
}

/** The share of the requests that each instance gets. */
export function sharesOf(part: Part): readonly number[] {
  const count = instancesOf(part);
  const balance = Array.from({ length: count }, (_, index) => part.balance[index] ?? (part.balance.length ? 0 : 1));
  const sum = balance.reduce((all, one) => all + one, 0);
  return balance.map((one) => one / sum);
}

/** CPU seconds a request asks of each instance of a node part: instances of the parts on it are dealt out in turn. */
function asksOfNodes(world: World, node: Part, demands: Demands): readonly number[] {
  const asked = Array.from({ length: node.replicas }, () => 0);
  for (const part of world.parts) {
    if (part.on !== node.name && part.name !== node.name) continue;
    const own = demands.get(keyOf(part.name, '')) ?? 0;
    for (const [index, share] of sharesOf(part).entries()) {
      const place = index % node.replicas;
      asked[place] = (asked[place] ?? 0) + own * share;
    }
  }
  return asked;
}

/** Cores that are there from the start on, less what others use of each. */
function coresLeft(world: World, part: Part, cpu: Extract<Resource, { kind: 'cpu' }>): number {
  const cores = cpu.smt ? cpu.smt.physical + cpu.smt.gain * (cpu.cores - cpu.smt.physical) : cpu.cores;
  const strangers = world.happenings.filter(
    (one) => one.what === 'strangers' && one.at === 0 && one.part === part.name,
  );
  return strangers.reduce((left, one) => left - (one.what === 'strangers' ? one.cores : 0), cores);
}

type Sized = { readonly size: number; readonly demand: number };

function sizedPool(part: Part, pool: Extract<Resource, { kind: 'pool' }>, demand: number): Sized {
  const share = pool.shared ? 1 : Math.max(...sharesOf(part));
  return { size: pool.size - (pool.others ?? 0), demand: demand * share };
}

/** How many are inside scatters as Poisson's law says: memory is full long before their mean is as many as fit. */
function sizedMemory(memory: Extract<Resource, { kind: 'memory' }>, duration: number): Sized {
  const fit = (memory.limit - memory.base) / memory.each;
  return { size: Math.max(0, fit - 3 * Math.sqrt(fit)) * memory.each, demand: memory.each * duration };
}

/** The rate at which work and collecting together take all the CPU that an instance may use, by halving. */
function sizedHeap(
  world: World,
  part: Part,
  heap: Extract<Resource, { kind: 'heap' }>,
  demands: Demands,
  duration: number,
): Sized {
  const share = Math.max(...sharesOf(part));
  const work = share * (demands.get(keyOf(part.name, '')) ?? 0);
  const own = part.resources.flatMap((one) => (one.kind === 'quota' ? [one.cores] : isLoop(one) ? [1] : []));
  const node = world.parts.find((one) => one.name === part.on)?.resources.find((one) => one.kind === 'cpu');
  const ceiling = Math.min(...own, node?.kind === 'cpu' ? node.cores : Number.POSITIVE_INFINITY);
  const isTooMuch = (rate: number): boolean => {
    const inside = rate * share * duration;
    const free = 1 - (heap.base + heap.each * (inside + 3 * Math.sqrt(inside))) / heap.heap;
    return free <= heap.cost || (work * rate) / (1 - heap.cost / free) > ceiling;
  };
  let [low, high] = [0, ceiling / work];
  for (let halving = 0; halving < 40; halving += 1) {
    const middle = (low + high) / 2;
    [low, high] = isTooMuch(middle) ? [low, middle] : [middle, high];
  }
  return { size: 1, demand: 1 / low };
}

const isLoop = (resource: Resource): boolean => resource.kind === 'workers' && resource.threads === 1;

function sizedDisk(part: Part, disk: Extract<Resource, { kind: 'disk' }>, demands: Demands): Sized {
  const share = Math.max(...sharesOf(part));
  const operations = share * (demands.get(keyOf(part.name, disk.id)) ?? 0);
  const bytes = share * (demands.get(keyOf(part.name, `${disk.id} bytes`)) ?? 0);
  const size = Math.min(disk.operations, disk.depth / disk.latency);
  return operations / size > bytes / disk.bytes ? { size, demand: operations } : { size: disk.bytes, demand: bytes };
}

function sized(world: World, part: Part, resource: Resource, demands: Demands, duration: number): Sized | undefined {
  const share = Math.max(...sharesOf(part));
  const own = demands.get(keyOf(part.name, resource.id)) ?? 0;
  switch (resource.kind) {
    case 'cpu':
      return { size: coresLeft(world, part, resource), demand: Math.max(...asksOfNodes(world, part, demands)) };
    case 'quota':
      return { size: resource.cores, demand: share * (demands.get(keyOf(part.name, '')) ?? 0) };
    case 'workers':
      return { size: resource.threads, demand: own * share };
    case 'pool':
      return sizedPool(part, resource, own);
    case 'lock':
      return { size: resource.rows, demand: own * share };
    case 'disk':
      return sizedDisk(part, resource, demands);
    case 'link':
      return { size: resource.bytes, demand: own * share };
    case 'rate-limit':
      return { size: resource.rate, demand: own };
    case 'memory':
      return sizedMemory(resource, duration * share);
    case 'heap':
      return sizedHeap(world, part, resource, demands, duration);
    case 'cache':
    case 'autoscaler':
      return undefined;
  }
}

/** Every resource that has a closed formula, the lowest capacity first; `at`: for which mix of classes (s), at the end unless given. */
export function roughCapacities(world: World, at = Number.POSITIVE_INFINITY): readonly Rough[] {
  const { demands, duration } = demandsAt(world, at);
  return world.parts
    .flatMap((part) =>
      part.resources.map((resource) => ({
        of: { part: part.name, id: resource.id },
        sized: sized(world, part, resource, demands, duration),
      })),
    )
    .flatMap(({ of, sized: known }) =>
      known !== undefined && known.demand > 0 ? [{ of, ...known, capacity: known.size / known.demand }] : [],
    )
    .sort((one, other) => one.capacity - other.capacity);
}

/** The lowest of them: about what the target carries. */
export function roughCapacity(world: World): number {
  return roughCapacities(world)[0]?.capacity ?? Number.POSITIVE_INFINITY;
}
