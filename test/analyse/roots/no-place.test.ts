import { expect, test } from 'vitest';
import type { Judged, Standing } from '../../../src/analyse/roots/judged.ts';
import { withPlaces } from '../../../src/analyse/roots/no-place.ts';
import type { Case } from '../../../src/analyse/seen/cases.ts';
import { caseWith, component } from '../windows.ts';

const components = [component('api', [], 'machines'), component('machines')];
const quota: Case = {
  ...caseWith({ usage: [0.4, 0.7, 0.9, 1], of: 1 }, { resource: 'cpu-quota', kind: 'quota' }),
  at: { pod: 'a' },
};
/** By what share the pods are above their target. */
const count = (above: readonly number[], of = 8): Case =>
  caseWith(
    { usage: [2, 4, 4, 4], of, queue: above, queueFloor: 0.1 },
    { resource: 'replicas', kind: 'external', unit: 'pods' },
  );
const nodes = (waiting: readonly number[], usage = [2, 2, 2, 2], name = 'machines'): Case =>
  caseWith(
    { usage, of: 2, queue: waiting, queueFloor: 0.5 },
    { component: name, resource: 'nodes', kind: 'external', unit: 'nodes' },
  );
const wanting = [0, 0.2, 0.4, 0.6];
const pending = [0, 1, 2, 3];

const judged = (one: Case, standing: Standing, onset: number | undefined): Judged => ({
  one,
  saturation: { full: [], starved: [], saturated: [], onset },
  standing,
});

function standings(...[replicas, pool]: readonly [Case, Case]): readonly (string | undefined)[] {
  const found = withPlaces([judged(quota, { kind: 'root', own: 0.9 }, 2), judged(pool, { kind: 'bystander' }, 1)], {
    around: [quota, replicas, pool],
    components,
  });
  return found.map(({ standing }) => (standing.kind === 'symptom' ? `symptom by ${standing.by}` : standing.kind));
}

test('a quota that is full because more pods are wanted and find no place waits for the nodes, which are first as surely as it was, and from when it is full', () => {
  const pool = nodes(pending);
  const [waits, root] = withPlaces(
    [judged(quota, { kind: 'root', own: 0.9 }, 2), judged(pool, { kind: 'bystander' }, 1)],
    { around: [quota, count(wanting), pool], components },
  );
  expect(waits?.standing).toEqual({ kind: 'symptom', of: pool, by: 'places' });
  expect(root?.standing).toEqual({ kind: 'root', own: 0.9 });
  expect(root?.saturation.onset).toBe(2);
});

test('the only pool that there is has the places of what does not say where it runs', () =>
  expect(standings(count(wanting), nodes(pending, [2, 2, 2, 2], 'cluster'))).toEqual(['symptom by places', 'root']));

test.each([
  ['no pod waits for a place: those that are there are what limits', count(wanting), nodes([0, 0, 0, 0])],
  ['the pool may grow', count(wanting), nodes(pending, [1, 1, 1, 1])],
  ['no more of these pods are wanted: those that wait are others', count([0, 0, 0.05, 0]), nodes(pending)],
  ['there may be no more of these pods in any case', count(wanting, 4), nodes(pending)],
])('%s', (_, replicas, pool) => expect(standings(replicas, pool)).toEqual(['root', 'bystander']));
