import { expect, test } from 'vitest';
import { judge, type Measured } from '../../src/load/health.ts';
import { perSecond, seconds } from '../../src/model/units.ts';

const idle = { loop: 0.1, cpu: 0.1, runQueue: 0, throttled: 0 };
const judged = (told: Partial<Measured>) =>
  judge({
    offered: perSecond(1000),
    intended: 10_000,
    sent: 10_000,
    shedLate: 0,
    shedByCap: 0,
    lagP99: seconds(0.001),
    responseP99: seconds(0.02),
    localErrors: 0,
    notConnected: 0,
    answered: 10_000,
    workers: [idle],
    ...told,
  });

test('a generator that did what it was told is ok', () => {
  expect(judged({})).toEqual({
    verdict: 'ok',
    because: [],
    sendRatio: 1,
    lagP99: 0.001,
    loopUtilisation: 0.1,
    threadCpu: 0.1,
    throttled: 0,
    localErrors: 0,
    runQueue: 0,
  });
});

test.each([
  [{ shedLate: 5 }, 'ok'],
  [{ shedLate: 50 }, 'suspect'],
  [{ shedLate: 200 }, 'limited'],
  [{ lagP99: seconds(0.006) }, 'suspect'],
  [{ lagP99: seconds(0.02) }, 'suspect'],
  [{ lagP99: seconds(0.021) }, 'limited'],
  [{ lagP99: seconds(0.04), responseP99: seconds(0.5) }, 'suspect'], // 8 % of what is measured
  [{ lagP99: seconds(0.01), responseP99: seconds(0.5) }, 'ok'], // 2 %
  [{ workers: [idle, { ...idle, loop: 0.75 }] }, 'suspect'],
  [{ workers: [{ ...idle, loop: 0.9 }] }, 'limited'],
  [{ workers: [{ ...idle, cpu: 0.9 }] }, 'limited'],
  [{ workers: [{ ...idle, runQueue: 0.2 }] }, 'suspect'],
  [{ workers: [{ ...idle, runQueue: 0.6 }] }, 'limited'],
  [{ workers: [{ ...idle, runQueue: undefined, throttled: undefined }] }, 'ok'],
  [{ workers: [{ ...idle, throttled: 0.005 }] }, 'suspect'],
  [{ workers: [{ ...idle, throttled: 0.2 }] }, 'limited'],
  [{ workers: [{ ...idle, garbage: 0.04 }] }, 'ok'],
  [{ workers: [{ ...idle, garbage: 0.3 }] }, 'suspect'],
  [{ workers: [{ ...idle, link: 0.5 }] }, 'ok'],
  [{ workers: [{ ...idle, link: 0.7 }] }, 'suspect'],
  [{ workers: [{ ...idle, link: 0.9 }] }, 'limited'],
  [{ notConnected: 500, answered: 9500 }, 'suspect'],
  [{ notConnected: 10_000, answered: 0 }, 'ok'], // nothing is reached at all: that is told by its errors
  [{ localErrors: 1 }, 'limited'],
  [{ workers: [idle, undefined] }, 'limited'],
  [{ shedByCap: 1 }, 'capped'],
  [{ shedByCap: 1, localErrors: 1 }, 'limited'],
] as const)('%j is %s', (told, verdict) => {
  expect(judged(told).verdict).toBe(verdict);
});

test('a limit is told with its number, and with how far this generator could go: 1000/s at 90 % busy are 944/s at 85 %', () => {
  expect(judged({ workers: [{ ...idle, loop: 0.9 }] }).because).toEqual([
    "a worker's event loop was 90 % busy; it can send about 944/s",
  ]);
});

test('all that was measured is kept as evidence, the worst of all workers', () => {
  const one = { ...idle, runQueue: 0.02, garbage: 0.01, link: 0.2 };
  expect(judged({ workers: [one, { ...one, runQueue: 0.04, garbage: 0.003, link: 0.1 }] })).toMatchObject({
    runQueue: 0.04,
    garbage: 0.01,
    link: 0.2,
  });
});

test('a step that never got to its measure phase judges nothing', () => {
  expect(judged({ intended: 0, sent: 0, lagP99: undefined, responseP99: undefined, workers: [] }).verdict).toBe('ok');
});

test('which of the reasons holds it against the way to the target is told by itself', () => {
  const { because, unconnected } = judged({ notConnected: 20, lagP99: seconds(0.006) });
  expect(because).toHaveLength(2);
  expect(unconnected).toBe(because[1]);
  expect(judged({ lagP99: seconds(0.006) })).not.toHaveProperty('unconnected');
});
