import type { Act, Happening, Part, RequestClass, Resource, World } from '../world.ts';

/**
 * The world as it stands at one moment of its own run, for ever: what has happened stays as it was left, the mix of classes stays, autoscalers are at their most,
 * nothing leaks, and bursts are used up. So a plateau can be looked for at any load and for as long as it takes.
 */
export function steadied(world: World, at: number): World {
  const past = world.happenings.filter((happening) => happening.at <= at);
  const slower = past.reduce((factor, each) => (each.what === 'slow' ? factor * each.factor : factor), 1);
  return {
    ...world,
    parts: world.parts.map((part) => settledPart(part, past)),
    classes: world.classes.map((one) => settledClass(one, at, { past, slower })),
    happenings: strangersAt(past),
    load: loadOf(world),
  };
}

/** Strangers are there from the beginning; everything else is worked into the parts and the classes. */
function strangersAt(past: readonly Happening[]): readonly Happening[] {
  const last = new Map(past.flatMap((each) => (each.what === 'strangers' ? [[each.part, each.cores] as const] : [])));
  return [...last].map(([part, cores]) => ({ at: 0, what: 'strangers', part, cores }));
}

function settledPart(part: Part, past: readonly Happening[]): Part {
  const scaled = past.findLast((each) => each.what === 'scale' && each.part === part.name);
  const replicas = scaled?.what === 'scale' ? scaled.replicas : part.replicas;
  const scaler = part.resources.find(({ kind }) => kind === 'autoscaler');
  const most = scaler?.kind === 'autoscaler' ? Math.min(scaler.most, scaler.room) : replicas;
  return { ...part, replicas: most, resources: part.resources.map(settledResource) };
}

function settledResource(resource: Resource): Resource {
  switch (resource.kind) {
    case 'autoscaler':
      return { ...resource, least: Math.min(resource.most, resource.room) };
    case 'memory':
      return { ...resource, leak: 0 };
    case 'pool': {
      const { leak: _, ...rest } = resource;
      return rest;
    }
    case 'disk': {
      const { burst: _, ...rest } = resource;
      return rest;
    }
    default:
      return resource;
  }
}

function settledClass(
  one: RequestClass,
  at: number,
  { past, slower }: { readonly past: readonly Happening[]; readonly slower: number },
): RequestClass {
  const cost = new Map<string, number>();
  for (const each of past) if (each.what === 'rollout') cost.set(each.part, (cost.get(each.part) ?? 1) * each.factor);
  return {
    ...one,
    weight: takesTurns(one.weight) ? goingOn(one.weight) : [{ at: 0, weight: weightAt(one.weight, at) }],
    acts: one.acts.map((act) => settledAct(act, cost, slower)),
  };
}

/** A weight that goes up and down again and again is a mix of its own, that no single moment shows. */
const takesTurns = (points: RequestClass['weight']): boolean => points.length > 6;

/** As long as any search for a plateau lasts (s). */
const longSearch = 3600;

/** The same turns again and again; the last point only ends the run. */
function goingOn(points: RequestClass['weight']): RequestClass['weight'] {
  const cycle = cycleIn(points);
  const inCycle = points.slice(0, -1).filter(({ at }) => at < cycle - 1e-6);
  return Array.from({ length: Math.ceil(longSearch / cycle) }, (_, i) =>
    inCycle.map(({ at, weight }) => ({ at: at + i * cycle, weight })),
  ).flat();
}

/** From where a weight rises from nought to where it does so again. */
function cycleIn(points: RequestClass['weight']): number {
  const [first, second] = points.filter(({ weight }, i) => weight > 0 && points[i - 1]?.weight === 0);
  return Math.max(1, (second?.at ?? 0) - (first?.at ?? 0));
}

/** How long it takes until the mix of a world comes round again (s); undefined where it takes no turns. */
export function cycleOf({ classes }: World): number | undefined {
  const turning = classes.find(({ weight }) => takesTurns(weight));
  return turning && cycleIn(turning.weight);
}

function settledAct(act: Act, cost: ReadonlyMap<string, number>, slower: number): Act {
  const inside = (acts: readonly Act[]): readonly Act[] => acts.map((each) => settledAct(each, cost, slower));
  switch (act.do) {
    case 'cpu':
      return { ...act, seconds: act.seconds * (cost.get(act.part) ?? 1) };
    case 'pause':
      return { ...act, seconds: act.seconds * slower };
    case 'hold':
    case 'try':
      return { ...act, within: inside(act.within) };
    case 'look-up':
      return { ...act, hit: inside(act.hit), miss: inside(act.miss) };
    case 'disk':
    case 'send':
    case 'pass':
    case 'fail':
      return act;
  }
}

/** Between two points the weight is on the line between them, outside it is that of the nearest. */
export function weightAt(points: RequestClass['weight'], at: number): number {
  const after = points.find((point) => point.at >= at);
  const before = points.findLast((point) => point.at <= at);
  if (!before) return after?.weight ?? 0;
  if (!after || after.at === before.at) return before.weight;
  return before.weight + ((after.weight - before.weight) * (at - before.at)) / (after.at - before.at);
}

/** Open worlds stay open, with the generator out of the way; the rates are offered by whoever looks for the plateau. */
function loadOf({ load }: World): World['load'] {
  if (load.kind === 'users') return load;
  const arrivals = load.kind === 'steps' ? load.arrivals : 'poisson';
  return { kind: 'steps', rates: [], settle: 0, measure: 0, arrivals, timeout: load.timeout };
}
