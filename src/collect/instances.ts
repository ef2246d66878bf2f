import { fits, type Labels, textOf } from '../model/labels.ts';
import type { SampleSeries } from '../model/signal.ts';
import type { Candidate } from './candidates.ts';

/**
 * The labels that tell replicas apart here: of those that could, in their order, each that takes several values where the ones before it are equal.
 *
 * @example replicaLabels(['pod', 'instance'], twoPodsWithOneInstanceEach) // => ['pod']
 */
export function replicaLabels(possible: readonly string[], series: readonly Labels[]): readonly string[] {
  const chosen: string[] = [];
  for (const label of possible) {
    const groups = Map.groupBy(series, (labels) => chosen.map((one) => labels[one] ?? '').join('\n'));
    const splits = [...groups.values()].some(
      (group) => new Set(group.flatMap((labels) => labels[label] ?? [])).size > 1,
    );
    if (splits) chosen.push(label);
  }
  return chosen;
}

/** What keeps a series apart from others of its resource: `per` by its logical name, and the replica. */
export function atOf(labels: Labels, candidate: Candidate, replicas: readonly string[]): Labels {
  const per = Object.entries(candidate.per).map(([key, label]) => [key, labels[label] ?? '']);
  const replica = replicas.map((label) => [label, labels[label] ?? '']);
  return Object.fromEntries([...per, ...replica].filter(([, value]) => value !== ''));
}

/** Series grouped by instance. */
export function byInstance(
  series: readonly SampleSeries[],
  candidate: Candidate,
  replicas: readonly string[],
): readonly { readonly at: Labels; readonly series: readonly SampleSeries[] }[] {
  const groups = Map.groupBy(series, ({ labels }) => textOf(atOf(labels, candidate, replicas)));
  return [...groups.values()].map((group) => ({
    at: atOf(group[0]?.labels ?? {}, candidate, replicas),
    series: group,
  }));
}

/** The series that belong to an instance: nothing that they say contradicts it. */
export const belonging = (
  series: readonly SampleSeries[],
  at: Labels,
  candidate: Candidate,
  replicas: readonly string[],
): readonly SampleSeries[] => series.filter(({ labels }) => fits(atOf(labels, candidate, replicas), at));
