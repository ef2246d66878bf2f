import { expect, test } from 'vitest';
import { servedWhole } from '../../src/align/served-whole.ts';
import type { RequestRecord, StepRecord } from '../../src/model/load-record.ts';
import { epoch, perSecond, ratio, seconds } from '../../src/model/units.ts';
import { stepRecord } from '../plan/step-record.ts';

const latency = { mean: undefined, p50: undefined, p90: undefined, p99: undefined };
const minute = { from: epoch(0), to: epoch(60) };

const kind = (name: string, offered: number, good: number): RequestRecord => ({
  name,
  offered: perSecond(offered),
  completed: good * 60,
  good: good * 60,
  errors: ratio(0),
  errorsByClass: {},
  latency,
});

/** A minute in which one request in six buys, by three slots that each take 100 ms: 30 a second at most. */
function minuteAt(load: number, buys = Math.min(30, load / 6), browses = (5 * load) / 6): StepRecord {
  return {
    ...stepRecord(),
    span: minute,
    offered: perSecond(load),
    goodput: perSecond(browses + buys),
    requests: [kind('browse', (5 * load) / 6, browses), kind('buy', load / 6, buys)],
  };
}

test('at the measured mix no more are carried than the kind that falls behind allows: 30 a second of one in six is 180 of all', () => {
  const [low, full, beyond, far] = servedWhole([minuteAt(60), minuteAt(120), minuteAt(240), minuteAt(320)]);
  expect([low, full]).toEqual([undefined, undefined]);
  expect(beyond?.goodput).toBeCloseTo(180, 6);
  expect(far?.goodput).toBeCloseTo(180, 6);
  expect(far?.behind).toMatchObject({ name: 'buy', good: 30 });
});

test('what of a kind fails at any load is usual: half of what buys is refused, and nothing falls behind', () => {
  const steps = [60, 90, 120, 180].map((load) => minuteAt(load, load / 12));
  expect(servedWhole(steps)).toEqual([undefined, undefined, undefined, undefined]);
});

test('where all kinds fail alike the whole is what was answered', () => {
  const steps = [60, 90, 180].map((load) => minuteAt(load));
  const over = minuteAt(300, 30, 150);
  expect(servedWhole([...steps, over]).at(-1)).toBeUndefined();
});

test('less than 3 % that is lost is no limit, whichever kind loses it', () => {
  // of 200 a second 33.3 buy, and 30 of them are served: 1.7 % of all
  expect(servedWhole([minuteAt(60), minuteAt(120), minuteAt(200)]).at(-1)).toBeUndefined();
});

test('what waits and is answered at last is no answer of its window: the kind that has it inside falls behind by it', () => {
  // all that was due at 320/s was answered well, 23 a second of it later: browsing takes 5 ms, buying 5 s
  const late = minuteAt(320, 320 / 6);
  const took = (one: RequestRecord): RequestRecord => ({
    ...one,
    latency: { ...latency, mean: seconds(one.name === 'buy' ? 5 : 0.005) },
  });
  const step = { ...late, goodput: perSecond(297), requests: late.requests.map(took) };
  const whole = servedWhole([minuteAt(60), minuteAt(120), step]).at(-1);
  // 266.7 of the 268 inside buy: 53.33 - 23 x 0.995 = 30.45 of one in six
  expect(whole?.goodput).toBeCloseTo(6 * 30.45, 1);
  expect(whole?.behind.name).toBe('buy');
});
