import { fault, PlimsollFault } from '../faults.ts';
import type { Configuration, Target } from '../model/configuration.ts';
import type { Order, Reference } from '../model/order.ts';
import { requestsPerArrival } from '../model/requests-per-arrival.ts';
import type { Caps } from '../model/script.ts';
import { tightened } from '../model/stop-limits.ts';
import { perSecond, type Seconds, seconds } from '../model/units.ts';
import { layOut } from '../plan/lay-out.ts';
import { longestWalk } from '../plan/longest-walk.ts';
import { compile } from '../plan/script.ts';

/** What an order is made from besides the configuration: the run's name, and the load that headroom is stated against where none is configured. */
export type Circumstances = {
  readonly run: string;
  readonly version: string;
  readonly reference: Reference;
};

/** What a load needs to know of the world: where the target's address leads, how slow the slowest scrape is (undefined: nothing was seen twice yet), how many workers fit. */
export type Surroundings = {
  readonly origin: string;
  readonly address: string;
  readonly scrape: Seconds | undefined;
  readonly workers: number;
  /** Lower limits that a request asked for; they never raise those of the configuration. */
  readonly caps: Partial<Caps>;
};

/** An order to judge a window whose load others made. */
export function observation(configuration: Configuration, target: Target, given: Circumstances): Order {
  return {
    run: given.run,
    target: target.name,
    config: configuration.hash,
    version: given.version,
    components: target.components,
    traffic: target.traffic,
    objectives: target.objectives,
    reference: target.expect === undefined ? given.reference : { kind: 'expected', load: target.expect },
    load: undefined,
  };
}

/**
 * An order to load a target: its plan laid out, its script compiled.
 *
 * @throws TARGET_NOT_LOADABLE where the configuration gives it no load; PLAN_INVALID, CONFIG_INVALID as plan and script do
 */
export function probe(
  configuration: Configuration,
  target: Target,
  given: Circumstances,
  around: Surroundings,
): Order & { readonly load: NonNullable<Order['load']> } {
  const { load } = target;
  if (!load) throw fault('TARGET_NOT_LOADABLE', [target.name]);
  const caps = lowest(configuration.limits, around.caps);
  const walk = longestWalk(load.requests);
  const each = requestsPerArrival(load.requests);
  const plan = layOut(load.plan, { scrape: around.scrape, caps, objectives: target.objectives, walk, each });
  const { run, version } = given;
  const { origin, address, workers } = around;
  const script = compile(load, { target: target.name, run, version, plan, caps, origin, address, workers });
  return {
    ...observation(configuration, target, given),
    load: { plan, script, guards: load.guards, stop: tightened(load.stop) },
  };
}

/** Phases are shortest against it: a plan that is too long even so is too long. */
const fastestScrape = seconds(1);

/**
 * Holds what a target's load would send, and its plan, against the configuration: whatever is wrong there is found without looking at the world.
 *
 * @throws what `probe` does
 */
export function checkLoad(configuration: Configuration, target: Target): void {
  if (!target.load) return;
  const given: Circumstances = { run: 'none', version: '', reference: { kind: 'unknown', why: 'not looked up' } };
  const { origin } = new URL(target.load.url);
  const scrape = fastestScrape;
  try {
    probe(configuration, target, given, { origin, address: '', scrape, workers: 1, caps: {} });
  } catch (error) {
    throw error instanceof PlimsollFault && error.code === 'PLAN_INVALID' ? of(target, error) : error;
  }
}

/** A configuration has many plans: which one it is. */
const of = ({ name, place: { file, line } }: Target, cause: PlimsollFault): PlimsollFault =>
  new PlimsollFault(cause.code, `${file}:${line}: target "${name}": ${cause.message}`, { cause });

/** Finds a target by its name. */
export function targetNamed(configuration: Configuration, name: string): Target {
  const found = configuration.targets.find((target) => target.name === name);
  if (found) return found;
  const known = configuration.targets.map((target) => `"${target.name}"`).join(', ');
  throw fault('TARGET_UNKNOWN', [name, known || 'none']);
}

/** The components of a target that other targets have too: only one run at a time may load them. */
export function sharedComponents(configuration: Configuration, target: Target): readonly string[] {
  const others = configuration.targets.filter((other) => other.name !== target.name);
  const names = new Set(others.flatMap((other) => other.components.map((component) => component.name)));
  return target.components.map((component) => component.name).filter((name) => names.has(name));
}

function lowest(limits: Caps, asked: Partial<Caps>): Caps {
  const lower = (limit: number, wish: number | undefined): number => Math.min(limit, wish ?? limit);
  return {
    rate: perSecond(lower(limits.rate, asked.rate)),
    inFlight: lower(limits.inFlight, asked.inFlight),
    requests: lower(limits.requests, asked.requests),
    duration: seconds(lower(limits.duration, asked.duration)),
  };
}
