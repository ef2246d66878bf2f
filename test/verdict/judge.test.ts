import { expect, test } from 'vitest';
import type { Aside, Sheet } from '../../src/model/sheet.ts';
import { perSecond, ratio } from '../../src/model/units.ts';
import { judge } from '../../src/verdict/judge.ts';
import { sheetOf } from '../analyse/windows.ts';
import { candidate, finding, nothing, onset, reached } from './findings.ts';

const loads = [100, 200, 300, 400, 500, 600];
const sheet = sheetOf(loads.map((load) => ({ load })));
const setAside = (kind: Aside['kind'], positions: readonly number[]): Sheet => ({
  ...sheet,
  windows: sheet.windows.map((window, i) =>
    positions.includes(i) ? { ...window, aside: { kind, because: `${kind}!` } } : window,
  ),
});
const plateau = { above: perSecond(400), upTo: perSecond(500) };

test('one resource at 0.8 or more is named alone', () => {
  const verdict = judge(sheet, {
    ...nothing,
    candidates: [candidate('pool', 0.8), candidate('cpu', 0.15)],
    unobserved: ratio(0.05),
  });
  expect(verdict).toMatchObject({ kind: 'saturated', first: { resource: 'pool' }, probability: 0.8 });
});

test('below that it is a tie, and everything with a tenth or more is named', () => {
  const candidates = [candidate('pool', 0.5), candidate('cpu', 0.4), candidate('disk', 0.05)];
  const verdict = judge(sheet, { ...nothing, candidates, unobserved: ratio(0.05) });
  expect(verdict).toMatchObject({ kind: 'near-tie', among: [{ resource: 'pool' }, { resource: 'cpu' }] });
});

test('a plateau without a cause is a limit that nothing shows, and says where it is not', () => {
  const verdict = judge(sheet, { ...nothing, plateau, resources: [finding('cpu')] });
  expect(verdict).toMatchObject({ kind: 'unobserved-limit', notIn: ['api / cpu'] });
});

test('more likely unseen than seen is a limit that nothing shows, not a tie', () => {
  const verdict = judge(sheet, { ...nothing, plateau, candidates: [candidate('pool', 0.3)], unobserved: ratio(0.7) });
  expect(verdict.kind).toBe('unobserved-limit');
});

test('it is not said not to be what may be it, nor what was not read where goodput stopped following', () => {
  const curve = (late: number | undefined) => ({ curve: [0.1, 0.2, 0.3, 0.4, late, late] });
  const resources = [finding('cpu', curve(0.5)), finding('disk', curve(undefined)), finding('pool', curve(0.5))];
  const verdict = judge(sheet, {
    ...nothing,
    plateau,
    resources,
    candidates: [candidate('pool', 0.3)],
    unobserved: ratio(0.7),
  });
  expect(verdict).toMatchObject({ kind: 'unobserved-limit', notIn: ['api / cpu'], unread: ['api / disk'] });
});

test('processors that were full for moments are not ruled out by their mean', () => {
  const curve = [0.1, 0.2, 0.3, 0.4, 0.5, 0.5];
  const leaf = { component: 'api', kind: 'servers', layer: 'leaf', unit: 'cores', hard: false } as const;
  const resources = [
    finding('cpu', { curve, moments: 1, resource: { ...leaf, resource: 'cpu' } }),
    finding('disk', { curve, moments: 0.8, resource: { ...leaf, resource: 'disk' } }),
  ];
  expect(judge(sheet, { ...nothing, plateau, resources })).toMatchObject({
    kind: 'unobserved-limit',
    notIn: ['api / disk'],
    moments: ['api / cpu'],
  });
});

test('what was read in one of three windows there is hardly read', () => {
  const loop = finding('event-loop', { curve: [0.2, 0.4, 0.6, 0.7, 0.78, undefined] });
  const three = { ...nothing, plateau: { above: perSecond(300), upTo: perSecond(400) } };
  expect(judge(sheet, { ...three, resources: [loop] })).toMatchObject({ notIn: ['api / event-loop'], unread: [] });
  const less = { ...loop, curve: [0.2, 0.4, 0.6, 0.7, undefined, undefined] };
  expect(judge(sheet, { ...three, resources: [less] })).toMatchObject({ notIn: [], unread: ['api / event-loop'] });
});

test('processors that are full at any load are neither named nor ruled out', () => {
  const cpu = finding('cpu', {
    state: 'busy',
    peak: { usage: 2, ceiling: 2, ratio: ratio(1) },
    curve: [1, 1, 0.99, 1],
  });
  const machine = { ...cpu, resource: { ...cpu.resource, unit: 'cores' } };
  expect(judge(sheet, { ...nothing, plateau, resources: [machine] })).toMatchObject({
    notIn: [],
    always: ['api / cpu'],
  });
});

test('where answers fail as fast as others come at low load, they are turned away and wait for nothing', () => {
  const failing = (p99: number) =>
    sheetOf(loads.map((load) => (load < 500 ? { load } : { load, goodput: 450, throughput: load, errors: 0.1, p99 })));
  const fits = (p99: number) => judge(failing(p99), { ...nothing, plateau });
  expect(fits(0.01)).toMatchObject({ fits: ['hidden-admission-limit'] });
  expect(fits(0.1)).toMatchObject({ fits: expect.arrayContaining(['unmetered-pool', 'lock']) });
});

test('an objective crossed while nothing is full limits', () => {
  const objective = { text: 'p99 ≤ 300 ms was crossed at 500/s', above: perSecond(400), upTo: perSecond(500) };
  expect(judge(sheet, { ...nothing, objective, resources: [finding('cpu')] })).toMatchObject({
    kind: 'objective-limited',
    fullest: { resource: 'cpu' },
  });
});

// Seen with Redis at 90 % of its thread on a machine that a batch of others filled all the time.
test('the fullest is what this load fills, not what others fill or what happens to be full', () => {
  const objective = { text: 'p99 ≤ 50 ms was crossed at 600/s', above: perSecond(440), upTo: perSecond(600) };
  const peak = (share: number) => ({ peak: { usage: share, ceiling: 1, ratio: ratio(share) } });
  const rate = { kind: 'interval', value: 700, low: 660, high: 770 } as const;
  const thread = finding('main-thread', {
    ...peak(0.9),
    capacity: { rate, provenance: 'extrapolated', extrapolation: 1.2 },
  });
  const machine = finding('cpu', { ...peak(1), state: 'bystander' });
  const disk = finding('filesystem', peak(0.95));
  const resources = [machine, disk, thread];
  expect(judge(sheet, { ...nothing, objective, resources })).toMatchObject({ fullest: { resource: 'main-thread' } });
  expect(judge(sheet, { ...nothing, objective, resources: [machine, disk] })).toMatchObject({
    fullest: { resource: 'filesystem' },
  });
});

test('nothing at all is not reached, up to the best goodput', () => {
  expect(judge(sheet, { ...nothing, expected: [candidate('cpu', 0.9)] })).toMatchObject({
    kind: 'not-reached',
    upTo: 600,
  });
});

test('a generator that gave up at the top leaves the question open', () => {
  expect(judge(setAside('generator-limited', [4, 5]), nothing)).toMatchObject({
    kind: 'generator-limited',
    because: ['generator-limited!'],
  });
});

test('a generator that gave up above a saturated resource does not take the answer away', () => {
  const verdict = judge(setAside('generator-limited', [5]), {
    ...nothing,
    candidates: [candidate('pool', 0.95)],
    unobserved: ratio(0.05),
  });
  expect(verdict.kind).toBe('saturated');
});

test('where too few windows are left, the run is of the kind that took most of them', () => {
  expect(judge(setAside('data-invalid', [0, 1, 2, 3]), { ...nothing, candidates: [candidate('pool', 1)] }).kind).toBe(
    'data-invalid',
  );
  expect(judge(setAside('unstable-config', [0, 1, 2, 3]), nothing).kind).toBe('unstable-config');
});

test('no steady load at all is invalid data, and says how many windows were found', () => {
  expect(judge({ ...sheet, windows: [] }, nothing)).toMatchObject({
    kind: 'data-invalid',
    because: ['only 0 steady stretches of load were found; at least 3 are needed'],
  });
});

test('a resource of which one instance is full is not told to have room because another has', () => {
  const full = finding('threads', { state: 'symptom', peak: { usage: 8, ceiling: 8, ratio: ratio(1) } });
  const other = finding('threads', { state: 'free', peak: { usage: 2, ceiling: 8, ratio: ratio(0.25) } });
  const cpu = finding('cpu', { state: 'free', peak: { usage: 1, ceiling: 2, ratio: ratio(0.5) } });
  const verdict = judge(sheet, { ...nothing, plateau, resources: [full, other, cpu] });
  expect(verdict).toMatchObject({ kind: 'unobserved-limit', notIn: ['api / cpu'] });
});

test('one candidate of which it is not sure: with a blind spot below it the limit may be there, without one it is the likely answer from three to two on', () => {
  const candidates = [candidate('pool', 0.7)];
  const blindBelow = [{ component: 'db', resource: 'cpu', why: 'no series', cure: '' }];
  const plateau = { above: perSecond(90), upTo: perSecond(120) };
  const given = { ...nothing, plateau, candidates, unobserved: ratio(0.3) };
  expect(judge(sheet, { ...given, blindBelow })).toMatchObject({ kind: 'unobserved-limit', likely: candidates[0] });
  expect(judge(sheet, given)).toMatchObject({ kind: 'near-tie', among: candidates });
  const less = { ...given, candidates: [candidate('pool', 0.55)], unobserved: ratio(0.45) };
  expect(judge(sheet, less)).toMatchObject({ kind: 'unobserved-limit', likely: less.candidates[0] });
});

test('one candidate of which it is not sure has not saturated while goodput followed the load; where only answers are counted that cannot be seen', () => {
  const given = { ...nothing, candidates: [candidate('pool', 0.7)], unobserved: ratio(0.3) };
  expect(judge(sheet, given).kind).toBe('not-reached');
  expect(judge({ ...sheet, axis: 'throughput' }, given).kind).toBe('near-tie');
});

test('what fills in fewer draws than not, while goodput followed the load all the way, has not saturated', () => {
  const given = { ...nothing, candidates: [candidate('pool', 0.3)], unobserved: ratio(0.7) };
  expect(judge(sheet, given).kind).toBe('not-reached');
});

test('where goodput stopped following and nothing can be read there, nothing reached below is no answer', () => {
  const aside = { kind: 'data-invalid', because: 'only 46 % of the resources have enough samples here' } as const;
  const behindUnread = { load: perSecond(700), aside };
  const verdict = judge(sheet, { ...nothing, behindUnread, expected: [candidate('cpu', 0.9)] });
  expect(verdict).toEqual({
    kind: 'data-invalid',
    because: ['goodput stopped following the load at 700/s, and only 46 % of the resources have enough samples here'],
  });
  // what is told from the windows below is told
  const candidates = [candidate('pool', 0.9)];
  expect(judge(sheet, { ...nothing, behindUnread, plateau, candidates, unobserved: ratio(0.1) }).kind).toBe(
    'saturated',
  );
});

test('of what was half used and is hardly read at the highest loads nobody knows whether it saturated', () => {
  const curve = [0.2, 0.3, 0.5, 0.7, undefined, undefined];
  const workers = finding('workers', { curve, peak: { usage: 7, ceiling: 10, ratio: ratio(0.7) } });
  expect(judge(sheet, { ...nothing, resources: [workers] })).toMatchObject({
    kind: 'not-reached',
    unread: ['api / workers'],
  });
  const hardly = { ...workers, peak: { usage: 2, ceiling: 10, ratio: ratio(0.2) } };
  expect(judge(sheet, { ...nothing, resources: [hardly] })).not.toHaveProperty('unread');
});

test('where only answers are counted, what is full and refuses may limit already', () => {
  const full = finding('file-descriptors', { state: 'busy', peak: { usage: 64, ceiling: 64, ratio: ratio(1) } });
  const resources = [{ ...full, resource: { ...full.resource, hard: true } }];
  const watched = sheetOf(
    loads.map((load) => ({ load })),
    'throughput',
  );
  expect(judge(watched, { ...nothing, resources })).toMatchObject({ full: ['api / file-descriptors'] });
  expect(judge(sheet, { ...nothing, resources })).not.toHaveProperty('full');
});

test('a network is not said to have room below what a card is rated for', () => {
  const network = finding('network-out', { peak: { usage: 5e6, ceiling: 1.25e9, ratio: ratio(0.004) } });
  const verdict = judge(sheet, { ...nothing, plateau, resources: [finding('cpu'), network] });
  expect(verdict).toMatchObject({ kind: 'unobserved-limit', notIn: ['api / cpu'] });
});

test('a top that the generator could not offer, and offered well once more, leaves no question open', () => {
  const limited = setAside('generator-limited', [5]);
  expect(judge(limited, nothing).kind).toBe('generator-limited');
  const [again] = sheetOf([{ load: 598 }]).windows;
  expect(judge({ ...limited, windows: [...limited.windows, ...(again ? [again] : [])] }, nothing).kind).toBe(
    'not-reached',
  );
});

const seen = finding('pool', { state: 'root', onset });

test('what the windows show as saturated is named where it is not sure, and nothing else is called fullest', () => {
  const given = { ...nothing, candidates: [candidate('pool', 0.7)], unobserved: ratio(0.3), resources: [seen] };
  const doubtful = [{ resource: 'pool', probability: 0.7 }];
  expect(judge(sheet, given)).toMatchObject({ kind: 'not-reached', doubtful });
  const objective = { text: 'p95 ≤ 300 ms was crossed at 500/s', above: perSecond(400), upTo: perSecond(500) };
  const other = finding('cpu', { peak: { usage: 1, ceiling: 1, ratio: ratio(1) } });
  expect(judge(sheet, { ...given, objective, resources: [seen, other] })).toMatchObject({
    kind: 'objective-limited',
    doubtful,
    fullest: { resource: 'pool' },
  });
});

test('where capacity was reached goodput did not follow the load all the way, and what looks saturated is no chance', () => {
  const given = { ...nothing, capacity: reached, resources: [seen], unobserved: ratio(0.3) };
  expect(judge(sheet, { ...given, candidates: [candidate('pool', 0.7)] })).toMatchObject({ kind: 'near-tie' });
  expect(judge(sheet, { ...given, candidates: [candidate('pool', 0.51)] })).toMatchObject({
    kind: 'unobserved-limit',
    likely: { resource: 'pool' },
  });
});
