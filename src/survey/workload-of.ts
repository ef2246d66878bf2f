import type { Labels } from '../model/labels.ts';

/** The names that Kubernetes gives to pods, by what made them. */
const makers: readonly (readonly [string, RegExp])[] = [
  ['deployment', /^(.+)-[a-z0-9]{1,10}-[a-z0-9]{5}$/],
  ['statefulset', /^(.+)-[0-9]{1,4}$/],
  ['daemonset', /^(.+)-[a-z0-9]{5}$/],
];

/** The workload whose pods all of these are, guessed from their names; undefined where they are not of one. */
export function workloadOf(places: readonly Labels[]): Labels | undefined {
  const found = places.map(({ namespace, pod, container }) => {
    const made = pod === undefined ? undefined : makerOf(pod);
    return namespace === undefined || made === undefined
      ? undefined
      : { namespace, ...made, ...(container === undefined ? {} : { container }) };
  });
  const [first] = found;
  const isOne = first !== undefined && found.every((other) => JSON.stringify(other) === JSON.stringify(first));
  return isOne ? first : undefined;
}

function makerOf(pod: string): Labels | undefined {
  for (const [kind, pattern] of makers) {
    const name = pattern.exec(pod)?.[1];
    if (name !== undefined) return { [kind]: name };
  }
  return undefined;
}
