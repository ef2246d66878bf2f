import { expect, test } from 'vitest';
import type { Beat } from '../../src/model/pulse.ts';
import { openBeats } from '../../src/publish/open-beats.ts';
import { aBeat } from '../api/a-service.ts';

const never = new AbortController().signal;

/** Follows a run and collects the times of its beats. */
function follower(beats: AsyncIterable<Beat>) {
  const seen: number[] = [];
  const over = (async () => {
    for await (const beat of beats) seen.push(beat.at);
  })();
  return { seen, over };
}

/** Lets whoever waits for a promise go on. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('everybody who follows sees every beat, until the run ends', async () => {
  const beats = openBeats();
  beats.begin('r1');
  const followers = [follower(beats.of('r1', never)), follower(beats.of('r1', never))];
  for (const number of [1, 2]) {
    await turn();
    beats.tell('r1', aBeat(number));
  }
  await turn();
  beats.end('r1');
  await Promise.all(followers.map(({ over }) => over));
  expect(followers.map(({ seen }) => seen)).toEqual([
    [1001, 1002],
    [1001, 1002],
  ]);
});

test('who comes late begins with the last beat', async () => {
  const beats = openBeats();
  beats.begin('r1');
  beats.tell('r1', aBeat(1));
  beats.tell('r1', aBeat(2));
  const { seen, over } = follower(beats.of('r1', never));
  await turn();
  beats.end('r1');
  await over;
  expect(seen).toEqual([1002]);
});

test('who reads slowly misses beats instead of piling them up', async () => {
  const beats = openBeats();
  beats.begin('r1');
  const reading = beats.of('r1', never)[Symbol.asyncIterator]();
  const first = reading.next();
  beats.tell('r1', aBeat(1));
  expect((await first).value?.at).toBe(1001);
  for (const number of [2, 3, 4]) beats.tell('r1', aBeat(number));
  expect((await reading.next()).value?.at).toBe(1004);
});

test('a run that is over, or was never here, has none', async () => {
  const beats = openBeats();
  beats.begin('r1');
  beats.end('r1');
  beats.tell('r1', aBeat(1));
  for (const run of ['r1', 'r9']) {
    const { seen, over } = follower(beats.of(run, never));
    await over;
    expect(seen).toEqual([]);
  }
});

test('who goes away is let go', async () => {
  const beats = openBeats();
  beats.begin('r1');
  const gone = new AbortController();
  const { over } = follower(beats.of('r1', gone.signal));
  await turn();
  gone.abort();
  await over;
});
