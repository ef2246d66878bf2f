import type { Labels } from '../model/labels.ts';
import type { Trace } from '../model/trace.ts';
import { workloadOf } from './workload-of.ts';

/** A container of which something tells, and whether it has a quota of its own. */
export type Container = {
  readonly namespace: string | undefined;
  readonly pod: string;
  readonly name: string;
  readonly isBounded: boolean;
};

/** What reads another program and serves what it finds is called so, by convention; it is not what it tells of. */
const reader = /exporter|metrics/;

/** All containers that the packs of pods tell of. */
export function containersIn(traces: readonly Trace[]): readonly Container[] {
  const bounded = new Set(traces.flatMap((trace) => (trace.bounded ?? []).map(keyOf)));
  const places = traces.flatMap((trace) => [...trace.places, ...(trace.bounded ?? [])]);
  const all = new Map(places.map((place) => [keyOf(place), place]));
  return [...all].flatMap(([key, { namespace, pod, container: name }]) =>
    pod === undefined || name === undefined ? [] : [{ namespace, pod, name, isBounded: bounded.has(key) }],
  );
}

const keyOf = ({ namespace, pod, container }: Labels): string => JSON.stringify([namespace, pod, container]);

/**
 * The workload of what an exporter tells of, where the exporter is a container of the same pods, or that itself; undefined where these are not known, or where it runs in pods of its own and tells of something elsewhere.
 *
 * @param about the pack, by whose name a container is known among several
 */
export function workloadBehind(
  places: readonly Labels[],
  about: string,
  containers: readonly Container[],
): Labels | undefined {
  const pods = places.filter(({ pod }) => pod !== undefined);
  if (pods.length === 0 || pods.length < places.length) return undefined;
  const workload = workloadOf(
    pods.map(({ namespace, pod }) => ({
      ...(namespace !== undefined && { namespace }),
      ...(pod !== undefined && { pod }),
    })),
  );
  const found = new Set(pods.map((place) => containerAt(place, about, containers)));
  const [container] = found;
  return workload === undefined || container === undefined || found.size > 1 ? undefined : { ...workload, container };
}

function containerAt(place: Labels, about: string, containers: readonly Container[]): string | undefined {
  const there = containers.filter(({ namespace, pod }) => namespace === place.namespace && pod === place.pod);
  const programs = there.map(({ name }) => name).filter((name) => !reader.test(name));
  const [only, another] = programs;
  if (another !== undefined) return programs.find((name) => name === place.container || name.includes(about));
  // Alone in a pod that is called after something else it may be what reads a server elsewhere.
  const isBeside = only !== undefined && place.container !== undefined && place.container !== only;
  return isBeside || only?.includes(about) === true || place.pod?.startsWith(about) === true ? only : undefined;
}

/** Containers with a quota of their own that run in the same pods beside one. */
export function besideIn(
  workload: Labels,
  places: readonly Labels[],
  containers: readonly Container[],
): readonly string[] {
  const isThere = ({ namespace, pod }: Container): boolean =>
    places.some((place) => place.namespace === namespace && place.pod === pod);
  const bounded = containers.filter((one) => one.isBounded && isThere(one) && one.name !== workload.container);
  return [...new Set(bounded.map(({ name }) => name))].sort();
}
