import { describe, expect, test } from 'vitest';
import { tried } from '../../support/tried.ts';
import { start } from '../engine/start.ts';
import { itself, type Look, type Running } from '../engine.ts';
import { buildWorld } from '../families/build-world.ts';
import { roughCapacity } from '../families/rough-capacity.ts';
import type { World } from '../world.ts';
import { startFluid } from './start-fluid.ts';

const seconds = 240;

function played(running: Running, rate: number): Running {
  running.offer(rate);
  running.advance(seconds);
  return running;
}

const useOf = (looks: readonly Look[], key: string): number => {
  const found = looks.filter((look) => `${look.of.part}/${look.of.id}` === key);
  return (
    found.reduce((sum, look) => sum + look.usedTime, 0) / seconds / found.reduce((sum, look) => sum + look.size, 0)
  );
};

/** Both models, at a share of what the world carries. */
function both(world: World, share: number) {
  const rate = share * roughCapacity(world);
  return { rate, events: played(start(world, 0), rate), fluid: played(startFluid(world, 0), rate) };
}

describe('a fluid does in the mean what the events do', () => {
  const worlds = [
    [2, 1],
    [45, 13],
    [6, 3],
    [4, 2],
    [16, 2],
    [31, 1],
  ] as const;
  test.each(tried(worlds, 3))('in family %i, seed %i', (family, seed) => {
    const world = buildWorld(family, seed, { interval: 15 });
    const { rate, events, fluid } = both(world, 0.6);
    const [seen, flown] = [events.looks(), fluid.looks()];
    const keys = new Set(seen.filter(({ of }) => of.id !== itself).map(({ of }) => `${of.part}/${of.id}`));
    for (const key of keys) {
      const [use, flowing] = [useOf(seen, key), useOf(flown, key)];
      expect(Math.abs(flowing - use), `${key}: ${use} by events, ${flowing} as a fluid`).toBeLessThan(
        0.04 + 0.12 * use,
      );
    }
    expect(fluid.client().good / seconds / rate).toBeCloseTo(1, 1);
    const response = (one: Running) => one.client().durationSum / one.client().answers;
    expect(response(fluid) / response(events)).toBeGreaterThan(0.75);
    expect(response(fluid) / response(events)).toBeLessThan(1.35);
  });
});

test('threads that wait in a quota hold no more back than there are of them: at 96 % of its capacity a world answers about as fast as by its events', () => {
  const world = buildWorld(46, 16);
  const calm = { ...world, happenings: world.happenings.filter(({ what }) => what === 'strangers') };
  const [events, fluid] = [start(calm, 0), startFluid(calm, 0)].map((running) => played(running, 130).client());
  expect((fluid?.good ?? 0) / (events?.good ?? 1)).toBeCloseTo(1, 1);
  const each = (door: typeof fluid) => (door ? door.durationSum / door.answers : 0);
  expect(each(fluid) / each(events)).toBeGreaterThan(0.6);
  expect(each(fluid) / each(events)).toBeLessThan(1.6);
});

test('a quota that is half used throttles about as many periods', () => {
  const { events, fluid } = both(buildWorld(46, 2), 0.5);
  const throttled = (running: Running) => {
    const quotas = running.looks().filter((look) => (look.more.throttledPeriods ?? 0) > 0);
    const sum = (name: string) => quotas.reduce((total, look) => total + (look.more[name] ?? 0), 0);
    return sum('throttledPeriods') / sum('periods');
  };
  expect(throttled(fluid) / throttled(events)).toBeGreaterThan(0.6);
  expect(throttled(fluid) / throttled(events)).toBeLessThan(1.4);
});

test('the same seed gives the same numbers, another repetition others', () => {
  const world = buildWorld(45, 1);
  const run = (repetition: number) => played(startFluid(world, repetition), 20).looks();
  expect(run(0)).toEqual(run(0));
  expect(run(0)).not.toEqual(run(1));
});

test('a rollout begins new instances that count from nought and cost more', () => {
  const days = buildWorld(46, 1);
  const late = days.happenings.find((one) => one.what === 'rollout');
  if (late?.what !== 'rollout') throw new Error('family 46 has a rollout');
  const deploy = { ...late, at: 1200 };
  const world = { ...days, happenings: [deploy] };
  const cpu = (running: Running) => running.looks(deploy.part).find(({ of }) => of.id === itself);
  const running = startFluid(world, 0);
  running.offer(20);
  running.advance(deploy.at - 60);
  const before = cpu(running);
  running.advance(deploy.at + 1200);
  const after = cpu(running);
  expect(after?.instance).not.toBe(before?.instance);
  expect(after?.since).toBe(deploy.at);
  const each = (look: Look | undefined) => (look ? look.usedTime / look.completions : 0);
  expect(each(after) / each(before)).toBeCloseTo(deploy.factor, 1);
});
