import { expect, test } from 'vitest';
import { cellsOf, day } from '../../src/align/cells.ts';
import { filledInTime } from '../../src/align/filled-in-time.ts';
import type { Slot } from '../../src/align/slots.ts';
import { windowOf } from '../../src/align/traffic-window.ts';
import type { LoadWindow } from '../../src/model/load-record.ts';
import { seeded } from '../../src/model/random.ts';
import type { Resource } from '../../src/model/resource.ts';
import { epoch, perSecond, seconds } from '../../src/model/units.ts';
import { every, signal } from './samples.ts';

const days = 4;
const width = 300;

/** 20/s at night, 100/s in the afternoon. */
const loadAt = (at: number): number => 60 - 40 * Math.cos((2 * Math.PI * at) / day);

const traffic = {
  completions: [every(60, 0, days * day, (at) => 60 * at)],
  errors: [],
  durations: [],
  buckets: [],
  inFlight: [],
  interval: seconds(60),
  promql: 'requests',
};

const slots: readonly Slot[] = Array.from({ length: (days * day) / width }, (_, i) => ({
  from: epoch(i * width),
  to: epoch((i + 1) * width),
  rate: loadAt((i + 0.5) * width),
  strained: false,
}));

const windows: readonly LoadWindow[] = cellsOf(slots, 0, []).map((placed) => {
  const own = slots.filter(({ from }) => placed.cell.parts.some((part) => from >= part.from && from < part.to));
  const offered = own.reduce((sum, { rate }) => sum + rate, 0) / own.length;
  return { ...windowOf(traffic, placed), offered: perSecond(offered) };
});

const memory: Resource = {
  component: 'api',
  resource: 'memory',
  kind: 'space',
  layer: 'leaf',
  unit: 'bytes',
  hard: false,
};

const told = (usage: (at: number) => number, resource = memory) =>
  filledInTime(signal({ resource, parts: [every(60, 0, days * day, usage)], interval: seconds(60) }), windows);

/** Since a restart each day at five in the morning. */
const age = (at: number): number => (at - 5 * 3600 + day) % day;

const random = seeded(1);
const noise = (): number => 10 * (random() - 0.5);

test('what fills by 1600 a day from one restart to the next, at night as by day, fills with time', () => {
  const found = told((at) => 350 + (1600 * age(at)) / day + noise());
  expect(found?.goesWith).toBe('time');
  expect(found?.each.value).toBeCloseTo(1600 / day, 3);
  expect(found?.each.low).toBeLessThan(1600 / day);
  expect(found?.empty).toBeGreaterThan(340);
  expect(found?.empty).toBeLessThan(400);
  expect(found?.last).toBeCloseTo(350 + (1600 * 19) / 24, -2);
});

test('what comes and goes with the load does not, whether it is killed at the peak or not', () => {
  expect(told((at) => 350 + 15 * loadAt(at) + noise())).toBeUndefined();
  const sinceNoon = (at: number): number => (at - day / 2 + day) % day;
  expect(told((at) => 350 + 15 * loadAt(at) * Math.min(1, sinceNoon(at) / 3600) + noise())).toBeUndefined();
});

test('what each request leaves behind is told as that: less comes at night', () => {
  const served = (at: number): number => 60 * at - ((40 * day) / (2 * Math.PI)) * Math.sin((2 * Math.PI * at) / day);
  const found = told((at) => 350 + (served(at) - served(at - age(at))) / 3600 + noise());
  expect(found?.goesWith).toBe('requests');
  expect(found?.each.value).toBeCloseTo(1 / 3600, 4);
  expect(found?.pace).toBeCloseTo(60 / 3600, 2);
});

test('what warms up after a restart and then stays is no leak', () =>
  expect(told((at) => 350 + 1300 * Math.min(1, age(at) / (4 * 3600)) + noise())).toBeUndefined());

test('of what was never emptied its own slopes tell, and of a pool its hold times', () => {
  expect(told((at) => 350 + (1600 * at) / day)).toBeUndefined();
  expect(told((at) => 350 + (1600 * age(at)) / day, { ...memory, kind: 'pool', layer: 'hold' })).toBeUndefined();
});
