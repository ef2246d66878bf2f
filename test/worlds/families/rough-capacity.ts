import type { Act, Part, Ref, RequestClass, Resource, World } from '../world.ts';

/** What a resource could carry if nothing waited and nothing else were in the way: size ÷ demand. */
export type Rough = { readonly of: Ref; readonly demand: number; readonly size: number; readonly capacity: number };

const keyOf = (part: string, id: string) => `${part}/${id}`;

function resourceOf(world: World, of: Ref): Resource {
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

/** Seconds that acts take with nothing in the way. */
export function durationOf(world: World, acts: readonly Act[]): number {
  return acts.reduce((sum, act) => sum + lasts(world, act), 0);
}

function lasts(world: World, act: Act): number {
  switch (act.do) {
    case 'cpu':
    case 'pause':
      return act.seconds;
    case 'disk': {
      const disk = resourceOf(world, act.of);
      return disk.kind === 'disk' ? act.operations * disk.latency : 0;
    }
    case 'send': {
      const link = resourceOf(world, act.of);
      return link.kind === 'link' ? act.bytes / link.bytes : 0;
    }
    case 'hold':
    case 'try':
      return durationOf(world, act.within);
    case 'look-up': {
      const hit = hitRatioOf(world, act.of);
      return hit * durationOf(world, act.hit) + (1 - hit) * durationOf(world, act.miss);
    }
    case 'pass':
    case 'fail':
      return 0;
  }
}

type Demands = Map<string, number>;
const add = (demands: Demands, key: string, amount: number) => demands.set(key, (demands.get(key) ?? 0) + amount);

/** Each act that a request comes to, with how often it does in the mean. */
function visited(world: World, acts: readonly Act[], visits: number): readonly (readonly [Act, number])[] {
  return acts.flatMap((act): readonly (readonly [Act, number])[] => {
    if (act.do === 'hold' || act.do === 'try') return [[act, visits], ...visited(world, act.within, visits)];
    if (act.do !== 'look-up') return [[act, visits]];
    const hit = hitRatioOf(world, act.of);
    return [...visited(world, act.hit, visits * hit), ...visited(world, act.miss, visits * (1 - hit))];
  });
}

function askedBy(world: World, act: Act): readonly (readonly [string, number])[] {
  switch (act.do) {
    case 'cpu':
      return [[keyOf(act.part, ''), act.seconds]];
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
      return [[keyOf(act.of.part, act.of.id), durationOf(world, act.within) + linger]];
    }
    case 'pause':
    case 'look-up':
    case 'try':
    case 'fail':
      return [];
  }
}

/** The weight of a class at a moment: linear between its points, constant outside. */
function weightAt(of: RequestClass, at: number): number {
  const before = of.weight.filter((point) => point.at <= at).at(-1);
  const after = of.weight.find((point) => point.at > at);
  if (before === undefined || after === undefined) return (before ?? after)?.weight ?? 0;
  return before.weight + ((after.weight - before.weight) * (at - before.at)) / (after.at - before.at);
}

/** What a request asks of each part and resource in the mean, by "part/id"; the CPU seconds of a part's own work are under "part/". */
function demandsAt(world: World, at: number): { readonly demands: Demands; readonly duration: number } {
  const demands: Demands = new Map();
  const weights = world.classes.map((one) => weightAt(one, at));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let duration = 0;
  for (const [index, one] of world.classes.entries()) {
    const share = (weights[index] ?? 0) / total;
    for (const [act, visits] of visited(world, one.acts, share)) {
      for (const [key, amount] of askedBy(world, act)) add(demands, key, visits * amount);
    }
    duration += share * durationOf(world, one.acts);
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
  const crowded = 1 + (pool.crowding ?? 0) * (pool.size - 1);
  return { size: pool.size - (pool.others ?? 0), demand: demand * share * crowded };
}

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
      return { size: resource.limit - resource.base, demand: resource.each * duration * share };
    case 'heap':
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
