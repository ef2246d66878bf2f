import { expect, test } from 'vitest';
import { costsOf } from '../../../src/analyse/cost/costs.ts';
import { costOf } from '../../../src/analyse/cost/demand.ts';
import { othersOn } from '../../../src/analyse/cost/others-on.ts';
import type { Component } from '../../../src/model/component.ts';
import { caseWith, viewWith } from '../windows.ts';

const loads = [100, 150, 200, 250, 300, 350, 400, 450, 500];
const view = viewWith(loads.map((load) => ({ load })));
const sustained = loads.map(() => true);
/** 4 ms a request, measured in the container; from 300/s on a neighbour takes 1.5 cores besides. */
const own = loads.map((load) => 0.004 * load);
const neighbour = loads.map((load, i) => (load < 300 ? 0 : 1.5) + (i % 2 === 0 ? 0.01 : -0.01) + 0.02);
const machine = caseWith({ usage: own.map((used, i) => used + (neighbour[i] ?? 0)), of: 8 }, { component: 'node' });
const part = (name: string, on?: string): Component => ({
  name,
  on,
  calls: [],
  signals: [],
  workload: undefined,
  replica: undefined,
  ceilings: {},
});
const given = (usage: readonly number[]) => ({
  cases: [machine, caseWith({ usage }, { component: 'api' })],
  components: [part('api', 'node'), part('node')],
});

test('what a machine does besides the components on it is told window by window, and how much it is at the top', () => {
  const others = othersOn([machine], view, sustained, given(own));
  expect(others?.track[0]).toBeCloseTo(0.03, 6);
  expect(others?.atTop).toBeCloseTo(1.523, 2);
});

test('a neighbour that comes in the middle of a run is no demand: (8 − 1.52) ÷ 4 ms is 1619/s, and 2000/s if it gives way', () => {
  const others = othersOn([machine], view, sustained, given(own));
  const { demand, capacity } = costOf(machine, view, sustained, { others });
  expect(demand?.perRequest).toMatchObject({ value: expect.closeTo(0.004, 4) });
  expect(capacity?.rate).toMatchObject({ value: expect.closeTo(1619, -2), high: expect.closeTo(2000, -2) });
  // without that the neighbour looks like a cost of each request
  const blind = costOf(machine, view, sustained).demand?.perRequest;
  expect(blind?.kind === 'interval' && blind.value).toBeGreaterThan(0.007);
});

test('what rises with the load at its top may be work of this load that nobody declared, and is left in', () => {
  const half = own.map((used) => used / 2);
  expect(othersOn([machine], view, sustained, given(half))).toBeUndefined();
});

test('of components that are not measured nothing is known', () => {
  expect(othersOn([machine], view, sustained, { ...given(own), cases: [machine] })).toBeUndefined();
});

test('what rises with the traffic of others may have the same hours and be no work of it: then the upper side is what those leave', () => {
  const watched = {
    ...view,
    windows: view.windows.map((one) => ({ ...one, health: { ...one.health, verdict: 'foreign' as const } })),
  };
  // as much again as the target itself, up to 2 cores at 500/s
  const both = caseWith(
    { usage: own.map((used, i) => 2 * used + (i % 2 === 0 ? 0.01 : -0.01)), of: 8 },
    { component: 'node' },
  );
  const around = { ...given(own), cases: [both, caseWith({ usage: own }, { component: 'api' })] };
  expect(othersOn([both], view, sustained, around)).toBeUndefined();
  const others = othersOn([both], watched, sustained, around);
  expect(others).toMatchObject({ perhaps: true, atTop: expect.closeTo(2.01, 6) });
  const endWith = (besides: typeof others) => {
    const costs = costsOf([both], watched, sustained, {
      components: around.components,
      waitsFor: () => false,
      lifted: () => false,
      byLoad: () => false,
      inWork: () => undefined,
      others: () => besides,
      fed: () => false,
    });
    return costs.get(both)?.capacity?.rate;
  };
  // 8 ÷ 8 ms if it is work of this load; (8 − 2.01) ÷ 4 ms if it is not
  expect(endWith(undefined)).toMatchObject({ value: expect.closeTo(1000, -1), high: expect.closeTo(1020, -2) });
  expect(endWith(others)).toMatchObject({ value: expect.closeTo(1000, -1), high: expect.closeTo(1498, -1) });
});
