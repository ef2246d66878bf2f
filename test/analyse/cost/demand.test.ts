import { expect, test } from 'vitest';
import { costOf } from '../../../src/analyse/cost/demand.ts';
import { caseWith, viewWith } from '../windows.ts';

const loads = [100, 150, 200, 250, 300];
const view = viewWith(loads.map((load) => ({ load })));
const sustained = loads.map(() => true);

test('0.1 cores of background and 4 ms a request end at 475/s on two cores', () => {
  const usage = loads.map((load, i) => 0.1 + 0.004 * load + (i % 2 === 0 ? 0.001 : -0.001));
  const { demand, capacity } = costOf(caseWith({ usage, of: 2 }), view, sustained);
  expect(demand?.perRequest).toMatchObject({ value: expect.closeTo(0.004, 4) });
  expect(demand?.background).toBeCloseTo(0.1, 2);
  expect(capacity).toMatchObject({
    provenance: 'extrapolated',
    rate: { kind: 'interval', value: expect.closeTo(475, -1) },
  });
});

test('a machine that is used up to half may have threads that share cores: 0.65 of where its line ends is possible; beyond that, or of a quota, the line tells', () => {
  const endsAt = (demand: number, kind: 'servers' | 'quota', of = 2) => {
    const usage = loads.map((load, i) => demand * load + (i % 2 === 0 ? 0.001 : -0.001));
    return costOf(caseWith({ usage, of }, { kind }), view, sustained).capacity?.rate;
  };
  const low = (rate: ReturnType<typeof endsAt>): number => (rate?.kind === 'interval' ? rate.low / rate.value : 0);
  expect(low(endsAt(0.0035, 'servers'))).toBeCloseTo(0.65, 2);
  expect(low(endsAt(0.0045, 'servers'))).toBeGreaterThan(0.9);
  expect(low(endsAt(0.0035, 'quota'))).toBeGreaterThan(0.9);
  expect(low(endsAt(0.00175, 'servers', 1))).toBeGreaterThan(0.9);
});

test('a resource that is barely used only gets "at least"', () => {
  const usage = loads.map((load) => 0.0004 * load);
  const { capacity } = costOf(caseWith({ usage, of: 2 }), view, sustained);
  expect(capacity?.rate).toEqual({ kind: 'at-least', low: 600 });
});

test('without a ceiling there is a demand but no capacity', () => {
  const { demand, capacity } = costOf(caseWith({ usage: loads.map((load) => 0.004 * load) }), view, sustained);
  expect(demand).toBeDefined();
  expect(capacity).toBeUndefined();
});

test('a pool of 20 that is held 10 ms carries at most 2000/s', () => {
  const pool = caseWith(
    { usage: loads.map((load) => 0.01 * load), of: 20 },
    { kind: 'pool', layer: 'hold', unit: 'connections' },
  );
  const { demand, capacity } = costOf(pool, view, sustained);
  expect(demand).toMatchObject({ method: 'hold-time', perRequest: { value: expect.closeTo(0.01, 9) } });
  expect(capacity).toMatchObject({
    provenance: 'upper-bound',
    indicative: expect.closeTo(2000, 6),
    rate: { kind: 'at-most' },
  });
});

test('a pool that is half full ends where its line meets its size: 20 ÷ 40 ms is 500/s', () => {
  const pool = caseWith({ usage: loads.map((load) => 0.04 * load), of: 20 }, { kind: 'pool', layer: 'hold' });
  expect(costOf(pool, view, sustained).capacity).toMatchObject({
    provenance: 'extrapolated',
    rate: { kind: 'interval', value: expect.closeTo(500, 6) },
  });
});

/** A leaf that costs 2 ms of one server. */
const leaf = (capacity: number) => ({
  demand: 0.002,
  capacity,
  fill: loads.map((load) => load / capacity),
  waiting: loads.map(() => 0),
});

test('the leaf that it waits for is slower on the way: 16 units at 40 ms end a little before 400/s where a leaf below ends at 500/s', () => {
  const pool = caseWith({ usage: loads.map((load) => 0.04 * load), of: 16 }, { kind: 'pool', layer: 'hold' });
  const rate = costOf(pool, view, sustained, { below: [leaf(500)] }).capacity?.rate;
  // 16 units that each pass 38 ms of delay and one server of 2 ms: at λ/500 busy the open queue would say 16 = λ (0.038 + 0.002 ÷ (1 − λ ÷ 500)), 339/s;
  // a closed one of 16 units queues less, and carries no more than 400/s.
  expect(rate?.kind).toBe('interval');
  expect(rate?.kind === 'interval' && rate.value).toBeGreaterThan(339);
  expect(rate?.kind === 'interval' && rate.value).toBeLessThan(400);
});

test('a pool above a leaf that ends first is only its image: at most size ÷ hold time is told, and the leaf is what comes first', () => {
  const pool = caseWith({ usage: loads.map((load) => 0.04 * load), of: 20 }, { kind: 'pool', layer: 'hold' });
  expect(costOf(pool, view, sustained, { below: [leaf(450)] }).capacity).toMatchObject({
    provenance: 'upper-bound',
    indicative: expect.closeTo(500, 6),
    rate: { kind: 'at-most' },
  });
});

test('a window in which something below was busy says nothing of how long a pool is held: 40 ms, not the 80 of the last two', () => {
  const busy = { ...leaf(Number.POSITIVE_INFINITY), fill: [0.3, 0.45, 0.6, 0.75, 0.9] };
  const usage = loads.map((load, i) => (i < 3 ? 0.04 : 0.08) * load);
  const pool = caseWith({ usage, of: 40 }, { kind: 'pool', layer: 'hold' });
  expect(costOf(pool, view, sustained, { below: [busy] }).demand?.perRequest).toMatchObject({
    value: expect.closeTo(0.04, 9),
  });
});

test('threads are held while work waits below, too: 40 ms without that, where 10, 20, 30 … ms of it are waiting', () => {
  const waiting = loads.map((_, i) => 0.01 * (i + 1));
  const usage = loads.map((load, i) => (0.04 + (waiting[i] ?? 0)) * load);
  const threads = caseWith({ usage, of: 100 }, { kind: 'servers', layer: 'hold' });
  const below = [{ ...leaf(Number.POSITIVE_INFINITY), waiting }];
  expect(costOf(threads, view, sustained, { below }).demand?.perRequest).toMatchObject({
    value: expect.closeTo(0.04, 9),
  });
});

test('what a disk takes for a request at its limit is spared once that is lifted: 16 units at 40 ms end at 400/s, at 20 ms at 800/s', () => {
  const pool = caseWith({ usage: loads.map((load) => 0.04 * load), of: 16 }, { kind: 'pool', layer: 'hold' });
  const lifted = { ...leaf(Number.POSITIVE_INFINITY), demand: 0, spared: 0.02 };
  const found = costOf(pool, view, sustained, { below: [lifted] });
  expect(found.capacity?.rate).toMatchObject({ value: expect.closeTo(800, 6) });
  expect(found.demand?.perRequest).toMatchObject({ value: expect.closeTo(0.04, 9) });
});

test('busy time in which a worker was kept from running is not what its work takes', () => {
  // 3 ms a request; from 250/s on half of its busy time it waits for its quota, and looks twice as full.
  const usage = loads.map((load) => (load < 250 ? 0.003 : 0.006) * load);
  const stall = usage.map((used, i) => (i < 3 ? 0 : used / 2));
  const worker = caseWith({ usage, stall, of: 4 }, { layer: 'thread' });
  expect(costOf(worker, view, sustained).demand?.perRequest).toMatchObject({ value: expect.closeTo(0.003, 6) });
});

test('three windows with scatter leave the end open, and still indicate it: about 500/s', () => {
  const few = viewWith([{ load: 100 }, { load: 200 }, { load: 300 }]);
  const { capacity } = costOf(caseWith({ usage: [0.42, 0.76, 1.22], of: 2 }), few, [true, true, true]);
  expect(capacity?.rate.kind).toBe('at-least');
  expect(capacity?.indicative).toBeCloseTo(500, -1);
});

test('two instances of one core that share by chance carry what both together do, and not twice what the fuller one seems to', () => {
  const turns = [0.49, 0.52, 0.48, 0.51, 0.5];
  const alike = [1, -1].map((sign) =>
    caseWith({ usage: loads.map((load, i) => 0.004 * load * (0.5 + sign * ((turns[i] ?? 0) - 0.5))), of: 1 }),
  );
  const [one] = alike;
  expect(one && costOf(one, view, sustained, { alike }).capacity?.rate).toMatchObject({
    kind: 'interval',
    value: expect.closeTo(500, 1),
  });
});

test('a hard limit of 20 refuses at the peaks before it is full on average: below what size ÷ hold time says', () => {
  const hard = caseWith(
    { usage: loads.map((load) => 0.04 * load), of: 20 },
    { kind: 'pool', layer: 'hold', hard: true },
  );
  const rate = costOf(hard, view, sustained).capacity?.rate;
  expect(rate?.kind === 'interval' && rate.value).toBeLessThan(450);
  expect(rate?.kind === 'interval' && rate.high).toBeGreaterThanOrEqual(500);
});

test('two queries a request, each held 10 ms, halve what a pool carries', () => {
  const usage = loads.map((load) => 0.02 * load);
  const pool = caseWith({ usage, of: 20, completions: loads.map((load) => 2 * load) }, { kind: 'pool', layer: 'hold' });
  expect(costOf(pool, view, sustained).capacity?.rate).toMatchObject({
    kind: 'interval',
    value: expect.closeTo(1000, 6),
  });
});

test('connections that are open anyway are not there for the load: 20 − 4 over 10 ms', () => {
  const pool = caseWith({ usage: loads.map((load) => 4 + 0.01 * load), of: 20 }, { kind: 'pool', layer: 'hold' });
  expect(costOf(pool, view, sustained).capacity?.rate).toEqual({ kind: 'at-most', high: expect.closeTo(1600, 6) });
});

test('usage that bends upwards at half load is extrapolated from its last slope: 600/s on four cores, not 800', () => {
  // 4 ms a request up to 250/s, 8 ms beyond: 1 + 0.008 · (x − 250) = 4 at 625/s; a straight line through all would end far higher.
  const rising = [50, 100, 150, 200, 250, 300, 350, 400];
  const wide = viewWith(rising.map((load) => ({ load })));
  const usage = rising.map((load) => (load <= 250 ? 0.004 * load : 1 + 0.008 * (load - 250)));
  const { capacity } = costOf(
    caseWith({ usage, of: 4 }),
    wide,
    rising.map(() => true),
  );
  expect(capacity?.rate.kind).toBe('interval');
  const { value } = capacity?.rate.kind === 'interval' ? capacity.rate : { value: Number.NaN };
  expect(value).toBeGreaterThan(590);
  expect(value).toBeLessThan(660);
});

test('what time fills rather than load has no cost a request', () => {
  const disk = caseWith({ usage: loads.map((load) => load), of: 1000 }, { kind: 'space', unit: 'bytes' });
  expect(costOf(disk, view, sustained)).toEqual({ demand: undefined, capacity: undefined });
});

test('connections that are kept open whatever the load end nowhere that their use could tell', () => {
  const kept = caseWith({ usage: [50, 51, 50, 51, 50], of: 100 }, { kind: 'pool', layer: 'hold' });
  expect(costOf(kept, view, sustained).capacity).toBeUndefined();
});

test('far beyond what was seen there is only a bound, and an indication', () => {
  // 0.0018 · 300 is 27 % of two cores; 2 ÷ 0.0018 = 1111
  const usage = loads.map((load) => 0.0018 * load);
  const { capacity } = costOf(caseWith({ usage, of: 2 }), view, sustained);
  expect(capacity).toMatchObject({ rate: { kind: 'at-least', low: 600 }, indicative: expect.closeTo(1111.1, 1) });
});

test('of two pools of 4 and 12 to which as much of the work comes the small one ends it: near 4 ÷ 10 ms, and not at 16 ÷ 20 ms', () => {
  const sized = (of: number, swing: number) => {
    const usage = loads.map((load, i) => 0.01 * load * (i % 2 === 0 ? 1 + swing : 1 - swing));
    return caseWith({ usage, of }, { kind: 'pool', layer: 'hold' });
  };
  const alike = [sized(4, 0.01), sized(12, -0.01)];
  const rate = alike[0] && costOf(alike[0], view, sustained, { alike }).capacity?.rate;
  if (rate?.kind !== 'interval') throw new Error('it ends somewhere');
  expect(rate.value).toBeGreaterThan(380);
  expect(rate.value).toBeLessThan(500);
  expect(rate.low).toBeLessThan(420);
});
