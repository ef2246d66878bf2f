import { expect, test } from 'vitest';
import type { Beat } from '../../src/model/pulse.ts';
import { epoch, perSecond, ratio } from '../../src/model/units.ts';
import { openBeats } from '../../src/run/beats.ts';

const beat = (at: number): Beat => ({
  at: epoch(at),
  step: { index: 0, of: 1, phase: 'measure' },
  offered: perSecond(1),
  achieved: perSecond(1),
  p50: undefined,
  p99: undefined,
  errors: ratio(0),
  inFlight: 0,
  fullest: undefined,
  counts: { completed: 0, failed: 0, connectFailures: 0 },
  prometheusSeen: undefined,
  guards: {},
});
const never = new AbortController().signal;

test('who listens hears each beat in order, and the end', async () => {
  const beats = openBeats();
  const channel = beats.open('r');
  const heard: number[] = [];
  const listening = (async () => {
    for await (const one of beats.follow('r', never)) heard.push(one.at);
  })();
  for (const at of [1, 2, 3]) {
    channel.tell(beat(at));
    await new Promise((resolve) => setImmediate(resolve));
  }
  channel.close();
  await listening;
  expect(heard).toEqual([1, 2, 3]);
});

test('who falls behind sees only the newest', async () => {
  const beats = openBeats();
  const channel = beats.open('r');
  const following = beats.follow('r', never)[Symbol.asyncIterator]();
  for (const at of [1, 2, 3]) channel.tell(beat(at));
  expect((await following.next()).value.at).toBe(3);
});

test('a run that is not running has no beats', async () => {
  const following = openBeats().follow('unknown', never)[Symbol.asyncIterator]();
  expect((await following.next()).done).toBe(true);
});

test('a listener that goes away is not waited for', async () => {
  const beats = openBeats();
  beats.open('r');
  const leaving = new AbortController();
  const following = beats.follow('r', leaving.signal)[Symbol.asyncIterator]();
  const waiting = following.next();
  leaving.abort();
  expect((await waiting).done).toBe(true);
});
