import { expect, test } from 'vitest';
import { mixDrift } from '../../../src/analyse/cost/mix-drift.ts';
import { asAtLast } from '../../../src/analyse/seen/as-at-last.ts';
import type { Case } from '../../../src/analyse/seen/cases.ts';
import type { View } from '../../../src/analyse/seen/view.ts';
import { caseWith, component, viewWith } from '../windows.ts';

const loads = [10, 20, 30, 40, 50];
const view = viewWith(loads.map((load) => ({ load })));
const sustained = loads.map(() => true);
const components = [component('api', ['db'], 'nodes'), component('db'), component('nodes')];

/** What a request costs at each load (s of a processor), in a component with so many of them. */
const processors = (name: string, of: number, each: (load: number) => number): Case =>
  caseWith({ usage: loads.map((load) => load * each(load)), of }, { component: name });
/** A tenth of a percent apart, to and fro. */
const chance = (load: number): number => 1 + 0.001 * (load % 20 === 0 ? 1 : -1);
const dearer = (load: number): number => 0.01 * chance(load) * (1 + 0.3 * ((load - 10) / 40));
const even = (load: number): number => 0.01 * chance(load);
const drifts = (...cases: readonly Case[]): boolean => mixDrift(cases, { view, sustained, components }) !== undefined;

test('what a request costs rises by a third in two components, one of them hardly used: others ask', () => {
  expect(drifts(processors('api', 2, dearer), processors('db', 1, dearer))).toBe(true);
});

test('in one component it may be what is inside that makes it dear, and a machine is what runs on it', () => {
  expect(drifts(processors('api', 2, even), processors('db', 1, dearer))).toBe(false);
  expect(drifts(processors('api', 2, dearer), processors('nodes', 4, dearer))).toBe(false);
});

test('where the target tells that others are asked for, what rises in one component is enough; as long as that is hardly used', () => {
  const asking = (reports: (load: number) => number): View => ({
    ...view,
    windows: view.windows.map((one) => ({
      ...one,
      mix: { page: one.throughput * (1 - reports(one.load)), report: one.throughput * reports(one.load) },
    })),
  });
  const one = processors('db', 2, dearer);
  const told = (seen: View, cases: readonly Case[] = [processors('api', 2, even), one]) =>
    mixDrift(cases, { view: seen, sustained, components })?.asked?.name;
  // five reports more in a hundred at the top than at the bottom, and as many everywhere
  const more = asking((load) => 0.01 + (0.05 * (load - 10)) / 40);
  expect(told(more)).toBe('report');
  expect(told(asking(() => 0.05))).toBeUndefined();
  // what rises beyond half of it may be crowded, unless it goes with the reports and not with the load
  const reports = (load: number): number => [0.01, 0.01, 0.03, 0.06, 0.09][load / 10 - 1] ?? 0;
  const full = [processors('db', 0.5, (load) => even(load) * (1 + 10 * (reports(load) - 0.01)))];
  expect(told(more, full)).toBeUndefined();
  expect(told(asking(reports), full)).toBe('report');
});

test('beyond half of both, cores may be shared', () => {
  const late = (load: number): number => even(load) * (load > 30 ? 1.4 : 1);
  expect(drifts(processors('api', 0.8, late), processors('db', 0.8, late))).toBe(false);
});

test('on one machine that is much used, or of which nobody tells, all may be slowed by the rest', () => {
  const both = [processors('api', 2, dearer), processors('db', 1, dearer)];
  const shared = [component('api', ['db'], 'nodes'), component('db', [], 'nodes'), component('nodes')];
  const on = (...machine: readonly Case[]): boolean =>
    mixDrift([...both, ...machine], { view, sustained, components: shared }) !== undefined;
  const twice = (load: number): number => 2 * dearer(load);
  expect([on(), on(processors('nodes', 2, twice)), on(processors('nodes', 8, twice))]).toEqual([false, false, true]);
});

test('by a third here and by more than twice as much there is not the same', () => {
  const much = (load: number): number => 0.01 * chance(load) * (1 + 0.8 * ((load - 10) / 40));
  expect(drifts(processors('api', 2, dearer), processors('db', 1, much))).toBe(false);
});

test('requests that cost 10 ms at first and 14 ms at last fill two processors at 2 ÷ 14 ms, or at what half a step more or less of that leaves', () => {
  const points = loads.map((load) => ({ x: load, y: load * (0.009 + 0.0001 * load) }));
  const found = asAtLast(points, 2);
  if (found?.kind !== 'interval') throw new Error('no interval');
  expect(found.value).toBeCloseTo(2 / 0.014, 6);
  // half of a step of 10/s is 0.5 ms
  expect([found.low, found.high]).toEqual([expect.closeTo(2 / 0.0145, 6), expect.closeTo(2 / 0.0135, 6)]);
});
