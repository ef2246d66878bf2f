import { expect, test } from 'vitest';
import { groundsOf } from '../../src/analyse/grounds.ts';
import type { Capacity } from '../../src/model/finding.ts';
import type { Interval } from '../../src/model/interval.ts';
import { ratio } from '../../src/model/units.ts';
import { caseWith, viewWith } from './windows.ts';

const nothing = {
  undeclared: false,
  sustained: [],
  inWork: () => undefined,
  dearer: new Map(),
  drift: undefined,
  components: [],
  expected: [],
  named: [],
  costs: new Map(),
  fails: undefined,
  capacity: undefined,
  plateau: undefined,
  view: viewWith([{ load: 100 }, { load: 120 }]),
} as const;
const told = (given: Partial<Parameters<typeof groundsOf>[1]>) =>
  groundsOf([], { ...nothing, ...given }).map(({ text }) => text);
const capacity = (rate: Interval, provenance: Capacity['provenance'] = 'reached'): Capacity => ({
  rate,
  provenance,
  binds: 'physical',
});
const between = (low: number, value: number, high: number) => ({ kind: 'interval', low, value, high }) as const;

test('requests that became others are told, and for which of them a capacity stands', () => {
  expect(told({ drift: {} })).toEqual([expect.stringContaining('the mix of requests changed meanwhile')]);
  const shares = new Map([
    [90, 0.055],
    [20, 0.006],
  ]);
  expect(told({ drift: { asked: { name: 'get /report', shares } } })).toEqual([
    'what a request costs rises with the share of "get /report" in the answers, which is 0.6 % at the lowest load and 5.5 % at the highest: what is carried is told for the mix of the highest load',
  ]);
});

test('how many at a time a hidden limit lets in follows from what is carried and how long a request takes', () => {
  // a mutex that is held for 10 ms, seen as 11.4 ms at low load: 93.8/s × 11.4 ms
  const view = viewWith([20, 60, 90, 120].map((load) => ({ load, goodput: Math.min(93.8, load), p99: 0.0228 })));
  const hidden = { capacity: capacity(between(88.4, 93.8, 99.3)), view };
  expect(told({ ...hidden, plateau: 3 })[0]).toContain('lets in about 1.07 at a time');
  expect(told(hidden).join()).not.toContain('at a time');
});

test('less than one at a time is no lock and no pool', () => {
  // 5 ms at low load and no more than 23.2/s: 0.116 are inside
  const view = viewWith([5, 10, 20, 30].map((load) => ({ load, goodput: Math.min(23.2, load), p99: 0.01 })));
  const [text] = told({ capacity: capacity(between(21.2, 23.2, 25)), view, plateau: 3 });
  expect(text).toContain('has about 0.116 at a time');
  expect(text).toContain('less than one at a time is a rate, as of a rate limit or a device');
});

test('a capacity below the lowest load says what it rests on', () => {
  expect(told({ capacity: capacity(between(70, 75, 80)) })).toEqual([
    'already at 100/s, the lowest load, more than 3 % failed: what is carried whole is told by how failures grew from there on; a load below would show it',
  ]);
  // 3 % less than the lowest load is that load
  expect(told({ capacity: capacity(between(95, 97, 99)) }).join()).not.toMatch(/already/);
});

test('what ends sooner because of those inside is told by name, and what fails a little by where it leads', () => {
  const [pool, cpu] = [caseWith({ usage: [] }, { resource: 'pool' }), caseWith({ usage: [] }, { component: 'db' })];
  const end = { rate: between(70, 75, 80), provenance: 'extrapolated', extrapolation: 1 } as const;
  expect(told({ dearer: new Map([pool, cpu].map((one) => [one, end])) })).toEqual([
    'a request costs the more the more of them are inside, so api / pool and db / cpu end sooner than where the line of each would',
  ]);
  expect(told({ fails: between(110, 120, 130), capacity: capacity(between(110, 120, 130), 'extrapolated') })).toEqual([
    'more failed the higher the load was, though less than 3 %: if that goes on as what is lent at once or refused does, goodput follows up to 120/s',
  ]);
});

test('a capacity above all that was answered in time says that it was not seen', () => {
  expect(told({ capacity: capacity(between(140, 150, 160)) })).toEqual([
    'never more than 120/s were answered in time: that 150/s can be is concluded from what the resources did before the overload and in it, and was not seen',
  ]);
  expect(told({ capacity: capacity(between(115, 125, 130)) })).toEqual([]);
});

test('what kills or is collected, and is expected first, says at which peaks it has room', () => {
  const memory = caseWith(
    { usage: [1], refusalsReads: '$number kills a second' },
    { resource: 'memory', kind: 'space', unit: 'bytes' },
  );
  const heap = caseWith(
    { usage: [1], queueReads: '$ratio of the time in collections' },
    { resource: 'heap', kind: 'space', unit: 'bytes' },
  );
  const judged = [memory, heap].map((one) => ({
    one,
    saturation: { full: [], starved: [], saturated: [], onset: undefined },
    standing: { kind: 'unsaturated' } as const,
  }));
  const end = { rate: between(70, 75, 80), provenance: 'extrapolated', extrapolation: 1 } as const;
  const ends = new Map([memory, heap].map((one) => [one, { demand: undefined, capacity: end }]));
  const texts = (resource: string, costs: Parameters<typeof groundsOf>[1]['costs'] = ends) =>
    groundsOf(judged, {
      ...nothing,
      costs,
      capacity: capacity(between(70, 75, 80), 'extrapolated'),
      expected: [{ component: 'api', resource, at: {}, probability: ratio(0.9) }],
    }).map(({ text }) => text);
  expect(texts('memory')).toContainEqual(expect.stringContaining('api / memory kills when it is full'));
  expect(texts('heap')).toContainEqual(expect.stringContaining('api / heap ends before it is full'));
  expect(texts('cpu').join()).not.toMatch(/peaks/);
  // where it is not known where it ends nothing is said of peaks
  expect(texts('heap', new Map()).join()).not.toMatch(/peaks/);
});

test('more that was answered at higher loads than is carried whole is told', () => {
  // 120/s were answered
  expect(told({ capacity: capacity(between(98, 100, 103)) })).toEqual([
    'up to 120/s were answered at higher loads, while more than 3 % of what was asked for failed: 100/s is what is carried whole',
  ]);
  expect(told({ capacity: capacity(between(100, 115, 130)) })).toEqual([]);
});

test('what has another name in another component says so, if it may be first', () => {
  const named = [{ component: 'dbhost', resource: 'cpu', at: {}, probability: ratio(0.9) }];
  const also = { component: 'hosts', resource: 'cpu', at: { instance: 'db' } };
  const twins = [{ told: { component: 'dbhost', resource: 'cpu', at: {} }, also }];
  expect(told({ named, twins })).toEqual([
    'hosts / cpu (instance=db) and dbhost / cpu are read from the very same series: they are one thing, and told as dbhost / cpu',
  ]);
  expect(told({ named: [], twins })).toEqual([]);
});

test('where much of what a processor is named for is collecting, the heap that makes it so is told', () => {
  const cpu = caseWith({ usage: [0.5, 0.93], of: 1 }, { kind: 'quota', unit: 'cores', resource: 'cpu-quota' });
  const heap = (share: number) =>
    caseWith(
      { usage: [0.84, 0.85], of: 1, queue: [0.1, share], queueReads: '$ratio of the time collecting' },
      { kind: 'space', unit: 'bytes', resource: 'heap' },
    );
  const standing = { kind: 'unsaturated' } as const;
  const saturation = { full: [], starved: [], saturated: [], onset: undefined };
  const said = (share: number) =>
    groundsOf(
      [cpu, heap(share)].map((one) => ({ one, saturation, standing })),
      { ...nothing, named: [{ component: 'api', resource: 'cpu-quota', at: {}, probability: ratio(0.7) }] },
    ).map(({ text }) => text);
  expect(said(0.38)).toEqual([
    'collecting takes 38 % of api / cpu-quota at 120/s, since api / heap is 85 % full: with more of that it collects less often, and leaves more of the other',
  ]);
  expect(said(0.1)).toEqual([]);
});
