import { expect, test } from 'vitest';
import { headroomOf } from '../../src/analyse/capacity/headroom.ts';
import { perSecond, ratio, seconds } from '../../src/model/units.ts';
import { explain } from '../../src/verdict/explain.ts';
import { candidate, finding, nothing, onset, reached } from './findings.ts';

const headroom = {
  load: perSecond(120),
  reference: 'expected',
  ratio: { kind: 'interval', value: 0.378, low: 0.368, high: 0.388 },
  multiplier: { kind: 'interval', value: 1.61, low: 1.58, high: 1.63 },
  spare: { kind: 'interval', value: 73, low: 70, high: 76 },
} as const;

test('a saturated resource is told with its onset, the capacity and the headroom', () => {
  const first = candidate('pool', 0.92);
  const findings = { ...nothing, capacity: reached, resources: [finding('pool', { state: 'root', onset })] };
  expect(explain({ kind: 'saturated', first, probability: first.probability }, findings, headroom)).toBe(
    'api / pool saturated first, between 160/s and 200/s, with probability 92 %. Capacity is 193/s (190/s to 196/s). ' +
      'Headroom at the expected load of 120/s: 37.8 % (36.8 % to 38.8 %).',
  );
});

test('what is full and waited for while goodput still followed the load is told as both', () => {
  const first = candidate('pool', 0.92);
  const findings = { ...nothing, resources: [finding('pool', { state: 'root', onset })] };
  expect(explain({ kind: 'saturated', first, probability: first.probability }, findings, undefined)).toBe(
    'api / pool saturated first, between 160/s and 200/s, with probability 92 %. Goodput followed the load up to 600/s all the same: capacity is at least that.',
  );
});

test('a tie names everybody with their chance', () => {
  const among = [candidate('pool', 0.5), candidate('cpu', 0.45)];
  expect(explain({ kind: 'near-tie', among }, nothing, undefined)).toBe(
    'It cannot be told which was first: api / pool (50 %) or api / cpu (45 %). Capacity is at least 600/s.',
  );
});

test('a tie of one says that the rest may be unseen', () => {
  expect(
    explain({ kind: 'near-tie', among: [candidate('pool', 0.56)] }, { ...nothing, capacity: undefined }, undefined),
  ).toBe('Most likely api / pool (56 %) was first; what is left may be something that no metric shows.');
});

test('of a cache that is most likely first the rest is what its misses fill', () => {
  const resources = [finding('entries', { state: 'root', onset }), finding('cpu', { state: 'symptom', isFed: true })];
  const findings = { ...nothing, capacity: undefined, resources };
  expect(explain({ kind: 'near-tie', among: [candidate('entries', 0.79)] }, findings, undefined)).toBe(
    'Most likely api / entries (79 %) was first, else api / cpu, whose work comes of its misses.',
  );
});

test('what a mean may hide is not ruled out', () => {
  const verdict = {
    kind: 'unobserved-limit',
    notIn: ['db / cpu'],
    unread: [],
    always: [],
    fits: ['lock'],
    below: undefined,
    likely: undefined,
  } as const;
  const told = explain({ ...verdict, moments: ['host / cpu'] }, { ...nothing, capacity: undefined }, undefined);
  expect(told).toContain('the limit may be something that no metric shows. It is not db / cpu.');
  expect(told).toContain(
    'host / cpu had room on average and hardly any in a twentieth of the time: whether it limits then cannot be told.',
  );
});

test('of two that may be first as likely as each other both are named', () => {
  const expected = [candidate('pool', 0.48), candidate('cpu', 0.45), candidate('disk', 0.02)];
  const findings = { ...nothing, expected };
  expect(explain({ kind: 'not-reached', upTo: perSecond(75), expected }, findings, undefined)).toContain(
    'Expected to be first: api / pool (48 %) or api / cpu (45 %).',
  );
});

test('where answers wait for something unseen that is told, and what is seen is no more than the nearest', () => {
  const expected = [candidate('cpu', 0.34)];
  const slowed = { times: 4.46, from: perSecond(106) };
  expect(
    explain({ kind: 'not-reached', upTo: perSecond(111), expected }, { ...nothing, expected, slowed }, undefined),
  ).toContain(
    'From 106/s on answers take 4.46 times as long as at low load, and nothing that is seen makes them wait: most likely something that is not seen fills. Of what is seen the nearest to its end is api / cpu (34 %).',
  );
});

test('what is less likely than not to be first is not called expected', () => {
  const expected = [candidate('pool', 0.33)];
  const findings = {
    ...nothing,
    expected,
    resources: [finding('pool', { peak: { usage: 3, ceiling: 10, ratio: ratio(0.3) } })],
  };
  expect(explain({ kind: 'not-reached', upTo: perSecond(75), expected }, findings, undefined)).toContain(
    'What would be first cannot be told so far below; the nearest that is seen is api / pool (33 %).',
  );
});

test('an unseen limit says where it is not and what it could be', () => {
  const verdict = {
    kind: 'unobserved-limit',
    notIn: ['api / cpu', 'db / cpu'],
    unread: [],
    always: [],
    fits: ['lock', 'external-dependency'],
    below: undefined,
    likely: undefined,
  } as const;
  expect(explain(verdict, { ...nothing, capacity: undefined }, undefined)).toBe(
    'Goodput stopped following the load, and nothing that is observed is saturated: the limit is something that no metric shows. ' +
      'It is not api / cpu or db / cpu. What fits: a lock or an external dependency.',
  );
});

test('beside what is saturated, in however few of the draws, nobody is told that nothing is', () => {
  const verdict = {
    kind: 'unobserved-limit',
    notIn: ['db / cpu'],
    unread: [],
    always: [],
    fits: ['lock'],
    below: undefined,
    likely: undefined,
  } as const;
  const findings = { ...nothing, capacity: undefined, resources: [finding('cpu', { state: 'root', onset })] };
  expect(explain(verdict, findings, undefined)).toBe(
    'Goodput stopped following the load, and api / cpu is saturated, but it is not likely that it was first: ' +
      'the limit may be something that no metric shows. It is not db / cpu. What fits: a lock.',
  );
  const ended = explain(verdict, { ...findings, ended: 'api stopped answering' }, undefined);
  expect(ended).not.toContain('Nothing that is observed was saturated');
  expect(explain({ ...verdict, below: 'api / pool is held' }, findings, undefined)).not.toContain('nothing observed');
});

test('what is hardly used is no more than the nearest to its end', () => {
  const verdict = { kind: 'not-reached', upTo: perSecond(240), expected: [candidate('cpu', 0.95)] } as const;
  const used = (share: number) => ({
    ...nothing,
    resources: [finding('cpu', { peak: { usage: share, ceiling: 1, ratio: ratio(share) } })],
  });
  expect(explain(verdict, used(0.0175), undefined)).toContain(
    'Nothing that is seen comes near its end; the nearest is api / cpu, 1.75 % in use.',
  );
  expect(explain(verdict, used(0.5), undefined)).toContain('Expected to be first: api / cpu (95 %).');
});

test('what was hardly read there, and what is full at any load, leaves the limit open', () => {
  const verdict = {
    kind: 'unobserved-limit',
    notIn: [],
    unread: ['app / heap'],
    always: ['node / cpu'],
    fits: ['lock'],
    below: undefined,
    likely: undefined,
  } as const;
  expect(explain(verdict, { ...nothing, capacity: undefined }, undefined)).toContain(
    'the limit may be something that no metric shows. Hardly read there: app / heap. node / cpu is full at any load, so whether it limits cannot be told.',
  );
});

test.each([
  [6, 'It is not api / a, api / b, api / c, api / d, api / e or 1 other.'],
  [7, 'It is not api / a, api / b, api / c, api / d, api / e or 2 others.'],
])('of %i that are ruled out five are named, and how many are left is told', (count, told) => {
  const notIn = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].slice(0, count).map((one) => `api / ${one}`);
  const verdict = {
    kind: 'unobserved-limit',
    notIn,
    unread: [],
    always: [],
    fits: ['lock'],
    below: undefined,
    likely: undefined,
  } as const;
  expect(explain(verdict, nothing, undefined)).toContain(told);
});

// 86.6/s were carried, and 120/s are expected: "at least 0 %, at least -33.4/s to spare" says nothing.
test('where less than the load is known to be carried, headroom is not known, and what is known stands there', () => {
  const open = headroomOf({ kind: 'at-least', low: 86.6 }, perSecond(120), 'expected');
  expect(explain({ kind: 'not-reached', upTo: perSecond(86.6), expected: [] }, nothing, open)).toContain(
    ' Whether there is headroom at the expected load of 120/s is not known: no more than 86.6/s is known to be carried.',
  );
});

test('where at most less than the load is carried there is no headroom', () => {
  const none = headroomOf({ kind: 'at-most', high: 86.6 }, perSecond(120), 'history');
  expect(explain({ kind: 'not-reached', upTo: perSecond(86.6), expected: [] }, nothing, none)).toContain(
    ' At the usual peak of 120/s there is no headroom.',
  );
});

test('no headroom is said in words, not as 0 %', () => {
  const none = { ...headroom, ratio: { kind: 'interval', value: 0, low: 0, high: 0 } } as const;
  expect(explain({ kind: 'not-reached', upTo: perSecond(600), expected: [] }, nothing, none)).toContain(
    'At the expected load of 120/s there is no headroom.',
  );
});

test.each(['data-invalid', 'generator-limited', 'unstable-config'] as const)(
  '%s says that there is no answer, and why',
  (kind) => {
    expect(explain({ kind, because: ['this and that'] }, { ...nothing, capacity: undefined }, undefined)).toMatch(
      /^No answer: .*this and that/,
    );
  },
);

test('where something is saturated and its pooler is not seen, both are said', () => {
  const likely = candidate('pool', 0.6);
  const verdict = {
    kind: 'unobserved-limit',
    notIn: [],
    unread: [],
    always: [],
    fits: ['lock'],
    below: undefined,
    likely,
  } as const;
  const blind = [{ component: 'bouncer', resource: 'server-pool', why: 'no series', cure: 'scrape its exporter' }];
  const findings = { ...nothing, blindBelow: blind };
  const saturated = { ...findings, resources: [finding('pool', { state: 'root', onset })] };
  expect(explain(verdict, saturated, undefined)).toContain(
    'api / pool (60 %) is saturated, but it is not sure that it was first: the limit may be something that no metric shows. What fits: a lock. What cannot be seen: bouncer / server-pool.',
  );
  expect(explain(verdict, findings, undefined)).toContain('api / pool (60 %) may be saturated, but it is not sure');
});

test('a machine that is full of the work of others is said beside a limit that nobody sees', () => {
  const verdict = {
    kind: 'unobserved-limit',
    notIn: [],
    unread: [],
    always: [],
    fits: ['lock'],
    below: undefined,
    likely: undefined,
  } as const;
  const resources = [finding('cpu', { state: 'bystander' })];
  expect(explain(verdict, { ...nothing, resources }, undefined)).toContain('api / cpu is full, but not of this load.');
  const named = { ...verdict, likely: candidate('cpu', 0.11) };
  expect(explain(named, { ...nothing, resources }, undefined)).not.toContain('not of this load');
});

test('what was not read at the top, and what is full and tells nobody what it refuses, stand beside that nothing saturated', () => {
  const base = { kind: 'not-reached', upTo: perSecond(151), expected: [] } as const;
  expect(explain({ ...base, unread: ['web / workers'] }, nothing, undefined)).toContain(
    'Nothing that was read there saturated up to 151/s. Hardly read there: web / workers.',
  );
  expect(explain({ ...base, full: ['app / file-descriptors'] }, nothing, undefined)).toContain(
    'Nothing is seen to have saturated up to 151/s. app / file-descriptors is full, and nobody tells what is refused there: it may limit already.',
  );
});

test('where something was away when goodput stopped, that is told and no hidden limit is guessed', () => {
  const ended = 'api stopped answering at about 10:04:48 UTC';
  const verdict = { kind: 'unobserved-limit', notIn: ['api / cpu'], unread: [], always: [], fits: [] } as const;
  expect(explain({ ...verdict, below: undefined, likely: undefined }, { ...nothing, ended }, undefined)).toBe(
    `Goodput stopped following the load, but something was away then: ${ended}. Nothing that is observed was saturated, and whether the load ended it cannot be told. It is not api / cpu. Capacity is at least 600/s.`,
  );
});

test('an objective that was missed for a while stands beside that nothing saturated', () => {
  const missed = ['errors ≤ 1 % was missed in 2 of 12 windows, at 40/s (the worst 22.4 %)'];
  expect(
    explain({ kind: 'not-reached', upTo: perSecond(40), expected: [] }, { ...nothing, missed }, undefined),
  ).toMatch(
    /^Nothing saturated up to 40\/s. But errors ≤ 1 % was missed in 2 of 12 windows, at 40\/s \(the worst 22.4 %\)\. Capacity/,
  );
});

test('what may have saturated is named, and not that nothing did', () => {
  const doubtful = [candidate('pool', 0.7)];
  const findings = { ...nothing, resources: [finding('pool', { state: 'root', onset })] };
  expect(
    explain(
      { kind: 'not-reached', upTo: perSecond(200), expected: [candidate('pool', 0.9)], doubtful },
      findings,
      undefined,
    ),
  ).toBe(
    'Nothing is sure to have saturated up to 200/s: api / pool may have, between 160/s and 200/s (70 %). Capacity is at least 600/s.',
  );
  expect(
    explain(
      {
        kind: 'objective-limited',
        objective: 'p95 ≤ 300 ms was crossed at 200/s',
        fullest: candidate('pool', 0.7),
        doubtful,
      },
      findings,
      undefined,
    ),
  ).toMatch(
    /^Nothing is sure to have saturated, but p95 ≤ 300 ms was crossed at 200\/s; api \/ pool may have, between 160\/s and 200\/s \(70 %\)\./u,
  );
});

test('what piles up while goodput follows the load is no capacity of that load', () => {
  const first = candidate('pool', 0.92);
  const backlog = {
    resource: finding('pool').resource,
    from: { above: perSecond(80), upTo: perSecond(110) },
    growth: 40,
    at: perSecond(125),
  };
  const rate = { kind: 'interval', value: 82, low: 80, high: 85 } as const;
  const findings = {
    ...nothing,
    backlog,
    capacity: { rate, binds: 'backlog', provenance: 'reached' } as const,
    resources: [finding('pool', { state: 'root', onset })],
  };
  const told = explain({ kind: 'saturated', first, probability: first.probability }, findings, undefined);
  expect(told).toContain(
    'but it piles up: by 40 connections/s at 125/s. What is worked off, and so carried for long, is 82/s (80/s to 85/s).',
  );
  expect(told).not.toContain('at least');
});

test('of what fills with time between restarts the instance that is full soonest is told once, and no load', () => {
  const perSecond10 = { kind: 'interval', value: 10, low: 9, high: 11 } as const;
  const leak = (fillsIn: number) => ({
    perSecond: perSecond10,
    unexplained: 1000,
    fillsIn: seconds(fillsIn),
    fullAfter: seconds(86_400),
  });
  const resource = { ...finding('memory').resource, kind: 'space', unit: 'bytes' } as const;
  const resources = [7200, 3600].map((fillsIn) => finding('memory', { resource, leak: leak(fillsIn) }));
  const text = explain(
    { kind: 'not-reached', upTo: perSecond(100), expected: [] },
    { ...nothing, resources },
    undefined,
  );
  expect(text).toContain(
    'api / memory fills with time and not with load: 10 B stay behind each second until a restart or something else empties it, so it is full about 24 h after that; the first of 2 instances that do is full in 60 min.',
  );
  expect(text.match(/fills with time/g)).toHaveLength(1);
});
