import { expect, test } from 'vitest';
import { comesNext } from '../../../src/analyse/capacity/comes-next.ts';
import type { Cost } from '../../../src/analyse/cost/cost.ts';
import type { Judged, Standing } from '../../../src/analyse/roots/judged.ts';
import type { Case } from '../../../src/analyse/seen/cases.ts';
import type { OwnCapacity, ResourceFinding, ResourceState } from '../../../src/model/finding.ts';
import type { Resource } from '../../../src/model/resource.ts';
import { ratio } from '../../../src/model/units.ts';
import { caseWith } from '../windows.ts';

const carries = (value: number): OwnCapacity => ({
  rate: { kind: 'interval', value, low: 0.9 * value, high: 1.1 * value },
  provenance: 'extrapolated',
  extrapolation: 1,
});

/** At least the 100 a second that were carried, and by its line much more. */
const byLine = (indicative: number): OwnCapacity => ({
  rate: { kind: 'at-least', low: 100 },
  indicative,
  provenance: 'extrapolated',
  extrapolation: 1,
});

type Given = {
  readonly of: string;
  readonly ends: number;
  readonly standing?: Standing;
  readonly pod?: string;
  readonly as?: Partial<Resource>;
  readonly likely?: number;
  readonly byLine?: boolean;
};

const root: Standing = { kind: 'root', own: 1 };

/** The target reached 100 a second: that is what all that are full carry together. */
function next(...given: readonly Given[]) {
  const judged = given.map(({ of, standing = { kind: 'unsaturated' }, pod, as }): Judged => {
    const [component = '', resource = ''] = of.split('/');
    const one = { ...caseWith({ usage: [1], of: 1 }, { component, resource, ...as }), at: pod ? { pod } : {} };
    return { one, saturation: { full: [], starved: [], saturated: [], onset: 0 }, standing };
  });
  return nextOf(judged, given);
}

const stateOf = ({ kind }: Standing): ResourceState =>
  kind === 'root' || kind === 'symptom' || kind === 'bystander' ? kind : 'free';

function nextOf(judged: readonly Judged[], given: readonly Given[]) {
  const costs = new Map<Case, Cost>(
    judged.map(({ one }, i) => {
      const { ends = 0, byLine: isByLine } = given[i] ?? {};
      return [one, { demand: undefined, capacity: isByLine ? byLine(ends) : carries(ends) }];
    }),
  );
  const ends = judged.map(
    ({ one, standing }): ResourceFinding => ({
      resource: one.resource,
      at: one.at,
      state: stateOf(standing),
      peak: undefined,
      curve: [],
      onset: undefined,
      demand: undefined,
      capacity: standing.kind === 'root' ? carries(100) : costs.get(one)?.capacity,
      leak: undefined,
      proofs: [],
      because: undefined,
    }),
  );
  const candidates = judged.flatMap(({ one }, i) => {
    const { likely } = given[i] ?? {};
    const { component, resource } = one.resource;
    return likely === undefined ? [] : [{ component, resource, at: one.at, probability: ratio(likely) }];
  });
  return comesNext(ends, { judged, costs, candidates }).map(
    ({ component, resource, capacity: { rate } }) =>
      `${component}/${resource} ${rate.kind === 'interval' ? rate.value : '?'}`,
  );
}

test('what is full as well, but not first, comes next where its own line ends', () =>
  expect(
    next(
      { of: 'db/cpu', ends: 98, standing: root, likely: 0.97 },
      { of: 'api/cpu', ends: 108, standing: root },
      { of: 'disk/operations', ends: 140 },
    ),
  ).toEqual(['api/cpu 108', 'disk/operations 140']));

test('of a tie both are lifted, and where none is likely all that are full are', () => {
  const [a, b] = [
    { of: 'db/cpu', ends: 98, standing: root },
    { of: 'api/cpu', ends: 108, standing: root },
  ];
  const other = { of: 'disk/operations', ends: 140 };
  expect(next({ ...a, likely: 0.6 }, { ...b, likely: 0.35 }, other)).toEqual(['disk/operations 140']);
  expect(next(a, b, other)).toEqual(['disk/operations 140']);
});

test('what others fill is not asked', () =>
  expect(
    next({ of: 'db/cpu', ends: 90, standing: { kind: 'bystander' } }, { of: 'disk/operations', ends: 140 }),
  ).toEqual(['disk/operations 140']));

// file handles of a machine: 1055048/s by their line, at 130/s
test('what would end a hundred times farther by its line is no next', () => {
  const first = { of: 'db/cpu', ends: 98, standing: root, likely: 0.97 };
  expect(next(first, { of: 'api/cpu', ends: 900, byLine: true })).toEqual(['api/cpu ?']);
  expect(next(first, { of: 'node/file-handles', ends: 10_000, byLine: true })).toEqual([]);
});

const count = { of: 'web/replicas', ends: 100, as: { kind: 'external', unit: 'pods' } } as const;
const quota = { of: 'web/quota', ends: 100, pod: 'a' };

test('more instances bring their own quota and threads; a larger quota needs no more instances', () => {
  const [threads, disk] = [
    { of: 'web/threads', ends: 110, pod: 'a' },
    { of: 'disk/operations', ends: 140 },
  ];
  expect(next({ ...count, standing: root, likely: 0.9 }, quota, threads, disk)).toEqual(['disk/operations 140']);
  expect(next(count, { ...quota, standing: root, likely: 0.9 }, threads, disk)).toEqual([
    'web/threads 110',
    'disk/operations 140',
  ]);
});

test('more nodes have a place for more instances, for all that each of them has, and for their number', () => {
  const nodes = caseWith({ usage: [2] }, { component: 'machines', resource: 'nodes', kind: 'external', unit: 'nodes' });
  const waits: Standing = { kind: 'symptom', of: nodes, by: 'places' };
  const given: readonly Given[] = [
    { of: 'machines/nodes', ends: 100, standing: root, likely: 0.9 },
    { ...quota, standing: waits },
    { of: 'web/threads', ends: 110, pod: 'a' },
    count,
    { of: 'disk/operations', ends: 140 },
  ];
  expect(next(...given)).toEqual(['disk/operations 140']);
});

test('a larger cache lets more pass all that waits for its misses', () => {
  const cache = caseWith({ usage: [1] }, { component: 'redis', resource: 'memory' });
  const db = caseWith({ usage: [1] }, { component: 'db', resource: 'cpu' });
  const given = [
    { of: 'redis/memory', ends: 100, standing: root, likely: 0.9 },
    { of: 'db/cpu', ends: 105 },
    { of: 'api/pool', ends: 110 },
    { of: 'api/cpu', ends: 130 },
  ];
  const standings: readonly Standing[] = [
    root,
    { kind: 'symptom', of: cache, by: 'misses' },
    { kind: 'symptom', of: db },
    { kind: 'unsaturated' },
  ];
  const judged = standings.map((standing, i): Judged => {
    const [component = '', resource = ''] = (given[i]?.of ?? '').split('/');
    const one = [cache, db][i] ?? caseWith({ usage: [1], of: 1 }, { component, resource });
    return { one, saturation: { full: [], starved: [], saturated: [], onset: 0 }, standing };
  });
  expect(nextOf(judged, given)).toEqual(['api/cpu 130']);
});
