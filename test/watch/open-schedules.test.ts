import { expect, test } from 'vitest';
import { seconds } from '../../src/model/units.ts';
import { openSchedules, type Watched } from '../../src/watch/open-schedules.ts';
import { virtualClock } from './virtual-clock.ts';

const midnight = Date.parse('2026-11-24T00:00:00Z') / 1000;
const shop: Watched = { target: 'shop', observe: seconds(300), probe: undefined };

/** Schedules on a virtual clock; work ends when it is told to. */
function harness(watched: readonly Watched[], started = midnight + 1) {
  const time = virtualClock(started);
  const told: string[] = [];
  const ends = new Map<string, { done: () => void; fail: (cause: Error) => void }>();
  const schedules = openSchedules(watched, {
    clock: time.clock,
    timezone: 'UTC',
    start: (kind, target, due, stop) => {
      told.push(`${kind} ${target} ${due - midnight}`);
      return new Promise((done, fail) => {
        ends.set(target, { done, fail });
        stop.addEventListener('abort', () => done(), { once: true });
      });
    },
    skipped: (kind, target) => told.push(`skipped ${kind} ${target}`),
    failed: (kind, target, cause) => told.push(`failed ${kind} ${target}: ${cause}`),
  });
  return { time, told, schedules, end: (target: string) => ends.get(target) };
}

test('an observation every 300 s starts at 300 and 600', async () => {
  const { time, told, schedules, end } = harness([shop]);
  await using _closing = schedules;
  await time.goTo(midnight + 299);
  expect(told).toEqual([]);
  await time.goTo(midnight + 301);
  end('shop')?.done();
  await time.goTo(midnight + 601);
  expect(told).toEqual(['observe shop 300', 'observe shop 600']);
});

test('a tick that finds its target at work is left out and told, and the next one counts again', async () => {
  const { time, told, schedules, end } = harness([shop]);
  await using _closing = schedules;
  await time.goTo(midnight + 601);
  end('shop')?.done();
  await time.goTo(midnight + 901);
  expect(told).toEqual(['observe shop 300', 'skipped observe shop', 'observe shop 900']);
});

test('nothing is observed while a probe of the same target runs, and other targets go on', async () => {
  const probed = { ...shop, probe: '4 0 * * *' };
  const { time, told, schedules } = harness([probed, { ...shop, target: 'blog' }]);
  await using _closing = schedules;
  await time.goTo(midnight + 460);
  expect(told).toEqual(['observe blog 150', 'probe shop 240', 'skipped observe shop', 'skipped observe blog']);
});

test('three targets at 300 s are spread 100 s apart', async () => {
  const { time, told, schedules } = harness(['a', 'b', 'c'].map((target) => ({ ...shop, target })));
  await using _closing = schedules;
  await time.goTo(midnight + 301);
  expect(told).toEqual(['observe b 100', 'observe c 200', 'observe a 300']);
});

test('a failure is told and the schedule goes on', async () => {
  const { time, told, schedules, end } = harness([shop]);
  await using _closing = schedules;
  await time.goTo(midnight + 301);
  end('shop')?.fail(new Error('no answer'));
  await time.goTo(midnight + 601);
  expect(told).toEqual(['observe shop 300', 'failed observe shop: Error: no answer', 'observe shop 600']);
});

test('a weekly probe is not lost in naps, and comes once', async () => {
  const { time, told, schedules } = harness(
    [{ target: 'shop', observe: undefined, probe: '0 4 * * 2' }],
    midnight - 6 * 86_400,
  );
  await using _closing = schedules;
  await time.goTo(midnight + 86_400);
  expect(told).toEqual([`probe shop ${4 * 3600}`]);
});

test('a probe that the machine slept through does not come in the morning', async () => {
  const { time, told, schedules } = harness([{ target: 'shop', observe: undefined, probe: '0 4 * * *' }]);
  await using _closing = schedules;
  await time.settle();
  time.jumpTo(midnight + 9 * 3600);
  await time.goTo(midnight + 10 * 3600);
  expect(told).toEqual(['skipped probe shop']);
});

test('closing aborts what runs, waits for it, and starts nothing more', async () => {
  const { time, told, schedules } = harness([shop]);
  await time.goTo(midnight + 301);
  await schedules[Symbol.asyncDispose]();
  await time.goTo(midnight + 3000);
  expect(told).toEqual(['observe shop 300']);
});

test('a pattern that is none is refused before anything starts', () => {
  expect(() => harness([{ ...shop, probe: 'at night' }])).toThrow(/^targets\.shop\.watch\.probe: not a time table/);
});
