import type { Labels } from '../../../src/model/labels.ts';
import type { Part, World } from '../world.ts';
import { lettersOf } from './seed-of.ts';
import type { Glimpse } from './sight.ts';

export const namespace = 'shop';
/** The database inside the server, and who uses it. */
export const database = 'shop';

/** The part that requests come to. */
export function frontOf(world: World): Part {
  const front = world.parts.find(({ technology }) => technology !== 'node');
  if (!front) throw new Error(`${world.name}: no part but nodes`);
  return front;
}

/** Whether a part runs in pods on nodes that are parts of the world. */
export const isInPods = ({ on, technology }: Part): boolean =>
  on !== undefined && technology !== 'node' && technology !== 'external';

/** Whether a part has a machine of its own that is looked at. */
export const hasHost = ({ on, technology, resources }: Part): boolean =>
  technology === 'node' ||
  (on === undefined &&
    technology !== 'external' &&
    resources.some(({ kind }) => kind === 'cpu' || kind === 'disk' || kind === 'link' || kind === 'memory'));

/** The job under which a part's own exporter is scraped, and that of its machine. */
export const jobOf = (part: string): string => part;
export const hostJobOf = ({ name, technology }: Part): string => (technology === 'node' ? name : `${name}-host`);

/** The machine of an instance of a part that has one: its name is that of the node. */
export const machineOf = (part: string, replica: number): string => `${part}-${replica}`;

/** The node that an instance runs on: instances are dealt out in turn. */
export function nodeOf(world: World, part: Part, replica: number): string {
  const node = world.parts.find(({ name }) => name === part.on);
  return machineOf(part.on ?? part.name, replica % Math.max(1, node?.replicas ?? 1));
}

/** The replica sets that a part had up to a moment: one more with each rollout. */
export function generationsOf(
  world: World,
  part: string,
  at: number,
): readonly { readonly name: string; readonly since: number }[] {
  const rollouts = world.happenings.filter((one) => one.what === 'rollout' && one.part === part && one.at <= at);
  return [0, ...rollouts.map((one) => one.at)].map((since, index) => ({
    name: `${part}-${lettersOf(`${world.seed} ${part} ${index}`, 8)}`,
    since,
  }));
}

/** The replica set whose pods start at a moment. */
export const replicaSetOf = (world: World, part: string, at: number): string =>
  generationsOf(world, part, at).at(-1)?.name ?? part;

/** A container that is started anew stays in its pod; a rollout makes other pods. */
export function podOf(world: World, { part, replica, since }: Glimpse): string {
  const names = pods.get(world) ?? new Map<string, string>();
  pods.set(world, names);
  const key = `${part.name} ${replica} ${since}`;
  const known = names.get(key);
  if (known !== undefined) return known;
  const set = replicaSetOf(world, part.name, since);
  const made = `${set}-${lettersOf(`${world.seed} ${set} ${replica}`, 5)}`;
  names.set(key, made);
  return made;
}

/** Names that were found once. */
const pods = new WeakMap<World, Map<string, string>>();

/** How an orchestrator names the container of an instance. */
export const containerLabels = (world: World, seen: Glimpse): Labels => ({
  namespace,
  pod: podOf(world, seen),
  container: seen.part.name,
});
