import { expect, test } from 'vitest';
import { eventStream } from '../../src/api/event-stream.ts';
import type { Beat } from '../../src/model/pulse.ts';
import { seconds } from '../../src/model/units.ts';
import { virtualClock } from '../watch/virtual-clock.ts';
import { aBeat } from './a-service.ts';

const last = async () => ({ state: 'complete' });

test('whenever nothing was told for 15 s a comment keeps the connection', async () => {
  const { clock, goTo } = virtualClock(0);
  async function* beats(): AsyncGenerator<Beat> {
    await clock.sleep(seconds(40));
    yield aBeat(1);
  }
  const told: string[] = [];
  const reading = (async () => {
    const stream = eventStream({ beats, last, clock, stop: new AbortController().signal });
    for await (const text of stream) told.push(`${clock.now()} ${text.split('\n')[0]}`);
  })();
  await goTo(100);
  await reading;
  expect(told).toEqual(['0 : listening', '15 : still here', '30 : still here', '40 id: 1', '40 event: end']);
});

test('a beat that comes in time restarts the count', async () => {
  const { clock, goTo } = virtualClock(0);
  async function* beats(): AsyncGenerator<Beat> {
    for (const number of [1, 2, 3]) {
      await clock.sleep(seconds(10));
      yield aBeat(number);
    }
  }
  const told: string[] = [];
  const reading = (async () => {
    const stream = eventStream({ beats, last, clock, stop: new AbortController().signal });
    for await (const text of stream) told.push(`${clock.now()} ${text.split('\n')[0]}`);
  })();
  await goTo(100);
  await reading;
  expect(told).toEqual(['0 : listening', '10 id: 1', '20 id: 2', '30 id: 3', '30 event: end']);
});
