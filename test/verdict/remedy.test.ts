import { expect, test } from 'vitest';
import { ratio } from '../../src/model/units.ts';
import { remedyOf } from '../../src/verdict/remedy.ts';
import { candidate, finding, nothing, reached } from './findings.ts';

const first = candidate('pool', 0.9);
const saturated = { kind: 'saturated', first, probability: first.probability } as const;
const next = (rate: object, indicative?: number) => ({
  component: 'api',
  resource: 'cpu-quota',
  capacity: {
    rate,
    provenance: 'extrapolated',
    extrapolation: 1.6,
    ...(indicative === undefined ? {} : { indicative }),
  },
});
const withNext = (...given: Parameters<typeof next>) => ({
  ...nothing,
  capacity: reached,
  next: [next(...given)] as never,
});

test('what lifting gives is what the next one carries, and how much more that is', () => {
  expect(remedyOf(saturated, withNext({ kind: 'interval', value: 386, low: 360, high: 410 }))).toBe(
    'Lifting api / pool gives at most what api / cpu-quota carries: 386/s (360/s to 410/s), 100 % more. A limit can be protective: raise it in steps and measure again.',
  );
});

test('what lies too far away is told as a bound with an indication', () => {
  expect(remedyOf(saturated, withNext({ kind: 'at-least', low: 386 }, 500))).toContain(
    'it carries at least 386/s, and would end near 500/s if its use went on as it does',
  );
});

test('of a next resource that would end below what is carried already nothing can be told', () => {
  const told = remedyOf(saturated, withNext({ kind: 'at-most', high: 185 }));
  expect(told).toContain(
    'What lifting api / pool gives cannot be told: api / cpu-quota comes next, and the end that is known of it, at most 185/s, is less than what is carried already.',
  );
  expect(told).not.toContain('gives at most');
  expect(remedyOf(saturated, withNext({ kind: 'at-most', high: 1061 }))).toContain(
    'Lifting api / pool gives at most what api / cpu-quota carries: at most 1061/s.',
  );
});

test('a network is told in the units it is rated in', () => {
  const network = finding('network-out', { peak: { usage: 125e6, ceiling: 125e6, ratio: ratio(1) } });
  const resource = { ...network.resource, kind: 'rate', layer: 'leaf', unit: 'bytes/s' } as const;
  const full = { kind: 'saturated', first: candidate('network-out', 0.9), probability: ratio(0.9) } as const;
  const twice = withNext({ kind: 'interval', value: 386, low: 360, high: 410 });
  expect(remedyOf(full, { ...twice, resources: [{ ...network, resource }] })).toContain(
    'Raising api / network-out from 125 MB/s to 250 MB/s gives at most',
  );
});

test('a machine that others fill may end before what comes next', () => {
  const cpu = finding('cpu', { state: 'bystander', peak: { usage: 2, ceiling: 2, ratio: ratio(1) } });
  const machine = { ...cpu, resource: { ...cpu.resource, component: 'nodes', unit: 'cores' } };
  const findings = { ...withNext({ kind: 'at-least', low: 386 }, 1420), resources: [machine] };
  expect(remedyOf(saturated, findings)).toContain('nodes / cpu is full already, and may end before that.');
  expect(remedyOf(saturated, { ...findings, resources: [{ ...machine, state: 'free' }] })).not.toContain('already');
});

test('with nothing next known, that is said', () => {
  expect(remedyOf(saturated, { ...nothing, capacity: reached })).toContain('cannot be told');
});

test('a cooler instance of the first resource is not what comes next', () => {
  const interval = { kind: 'interval', value: 300, low: 290, high: 310 };
  const cooler = { ...next(interval), resource: 'pool' };
  const further = { ...next({ ...interval, value: 386 }) };
  const both = { ...nothing, capacity: reached, next: [cooler, further] as never };
  expect(remedyOf(saturated, both)).toContain('gives at most what api / cpu-quota carries: 386/s');
});

test('without a verdict there is no remedy', () => {
  expect(remedyOf({ kind: 'near-tie', among: [first] }, nothing)).toBeUndefined();
});

test('a size that is known is said: 2 connections carry 193/s, 386/s take 4; half a core more is no whole number; how much more a space must hold is not known', () => {
  const interval = { kind: 'interval', value: 386, low: 360, high: 410 };
  const pool = { ...withNext(interval), resources: [finding('pool')] };
  expect(remedyOf(saturated, pool)).toContain('Raising api / pool from 2 to 4 connections gives at most');
  const quota = finding('pool', {
    resource: { component: 'api', resource: 'pool', kind: 'quota', layer: 'leaf', unit: 'cores', hard: false },
    peak: { usage: 0.3, ceiling: 0.3, ratio: ratio(1) },
  });
  expect(remedyOf(saturated, { ...withNext(interval), resources: [quota] })).toContain('from 0.3 to 0.6 cores');
  const heap = finding('pool', {
    resource: { component: 'api', resource: 'pool', kind: 'space', layer: 'leaf', unit: 'ratio', hard: false },
    peak: { usage: 1, ceiling: 1, ratio: ratio(1) },
  });
  expect(remedyOf(saturated, { ...withNext(interval), resources: [heap] })).toContain(
    'Lifting api / pool gives at most',
  );
  const told = finding('pool', {
    resource: { component: 'api', resource: 'pool', kind: 'servers', layer: 'thread', unit: 'ratio', hard: false },
    peak: { usage: 1, ceiling: 1, ratio: ratio(1) },
  });
  expect(remedyOf(saturated, { ...withNext(interval), resources: [told] })).toContain(
    'Making api / pool 2 times as large',
  );
});

test('the hottest of uneven instances sets the capacity: 1.6 times the mean, so 309/s if all were alike', () => {
  const used = [1, 0.5, 0.5, 0.5].map((share) =>
    finding('pool', { peak: { usage: 2 * share, ceiling: 2, ratio: ratio(share) } }),
  );
  expect(remedyOf(saturated, { ...nothing, capacity: reached, resources: used })).toContain(
    'The hottest of 4 instances sets this, at 1.6 times their mean: evenly loaded they would carry about 309/s.',
  );
});

test('the smaller of two to which as much comes sets the capacity: 3 of 12 connections for half of the load, so twice as much by size', () => {
  const sized = (size: number, used: readonly number[]) =>
    finding('pool', {
      curve: used.map((each) => each / size),
      peak: { usage: Math.max(...used), ceiling: size, ratio: ratio(Math.max(...used) / size) },
    });
  // the smaller one is full in the last window, and shows no more of what comes to it
  const told = (used: readonly number[]) =>
    remedyOf(saturated, {
      ...nothing,
      capacity: reached,
      resources: [sized(3, [1, 2, 2.4, 3]), sized(9, used)],
    });
  expect(told([1, 2, 2.4, 4])).toContain(
    'Of 2 instances of different size one with 3 of all 12 connections sets this: hardly more of the load comes to it than to the others. Sized alike or loaded by their size they would carry up to about 386/s.',
  );
  expect(told([0.5, 1, 1.2, 2])).toContain('sets this: it has 1.33 times their mean load.');
  // loaded by their size both are as full
  expect(told([3, 6, 7.2, 9])).not.toContain('different size');
});

test('how uneven they are is told where the hottest had room: twice the mean at 0.8, and not what the others came to after it was full', () => {
  const curves = [
    [0.4, 0.8, 1],
    [0.1, 0.24, 0.7],
    [0.15, 0.28, 0.8],
    [0.15, 0.28, 0.8],
  ];
  const used = curves.map((curve) =>
    finding('pool', { curve, peak: { usage: 1, ceiling: 1, ratio: ratio(curve.at(-1) ?? 0) } }),
  );
  expect(remedyOf(saturated, { ...nothing, capacity: reached, resources: used })).toContain('at 2 times their mean');
});

test('a leak is not cured by a larger pool', () => {
  const leak = {
    perSecond: { kind: 'interval', value: 0.3, low: 0.2, high: 0.4 },
    unexplained: 15,
    fillsIn: undefined,
  } as const;
  expect(remedyOf(saturated, { ...nothing, capacity: reached, resources: [finding('pool', { leak })] })).toContain(
    'a larger pool only fills later',
  );
});

test('a device far below its ceiling gains nothing from a higher one: its operations must be faster, or more at once', () => {
  const disk = finding('disk-operations', { peak: { usage: 95, ceiling: 309, ratio: ratio(0.31) } });
  const resource = { ...disk.resource, kind: 'rate', layer: 'leaf', unit: 'operations/s' } as const;
  const slow = { kind: 'saturated', first: candidate('disk-operations', 0.9), probability: ratio(0.9) } as const;
  const findings = {
    ...withNext({ kind: 'interval', value: 386, low: 360, high: 410 }),
    resources: [{ ...disk, resource }],
  };
  expect(remedyOf(slow, findings)).toContain(
    'Making the operations of api / disk-operations faster, or doing more of them at once (its ceiling of 309 operations/s is not what ends it), gives at most what api / cpu-quota carries',
  );
});

test('one thread is not raised: its work is shared, or made less', () => {
  const thread = finding('main-thread', { peak: { usage: 1, ceiling: 1, ratio: ratio(1) } });
  const resource = { ...thread.resource, kind: 'servers', layer: 'thread', unit: 'cores' } as const;
  const busy = { kind: 'saturated', first: candidate('main-thread', 0.9), probability: ratio(0.9) } as const;
  const findings = {
    ...withNext({ kind: 'interval', value: 386, low: 360, high: 410 }),
    resources: [{ ...thread, resource }],
  };
  expect(remedyOf(busy, findings)).toContain(
    'Sharing the work of api / main-thread, which is one thread, among 2, or making it do less for each request, gives at most what api / cpu-quota carries',
  );
});
