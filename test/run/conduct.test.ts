import { expect, test } from 'vitest';
import type { Search } from '../../src/model/plan.ts';
import type { Beat } from '../../src/model/pulse.ts';
import { ratio, seconds } from '../../src/model/units.ts';
import { conduct } from '../../src/run/conduct.ts';
import { toyOrder, toyWorld } from './toy-world.ts';

const never = new AbortController().signal;
const signals = { stop: never, abandon: never };

test('every step of the plan is offered in order, and the report is complete', async () => {
  const world = toyWorld({ capacity: 1000 });
  const report = await conduct(toyOrder([50, 100, 150, 200]), world, signals, () => {});
  expect(world.offered.map((step) => step.rate)).toEqual([50, 100, 150, 200]);
  expect(report.run.state).toBe('complete');
  expect(report.verdict.kind).toBe('not-reached');
  expect(report.capacity?.rate).toEqual({ kind: 'at-least', low: 200 });
  expect(report.generator.steps).toHaveLength(4);
  expect(report.generator.steps?.[0]).toMatchObject({ loop: 0.1, cpu: 0.1, garbage: null, localErrors: 0 });
});

test('a load that mostly fails is stopped for safety, and the report says so', async () => {
  const world = toyWorld({ capacity: 1000, failsFrom: 100 });
  const report = await conduct(toyOrder([50, 100, 150, 200]), world, signals, () => {});
  expect(world.offered.map((step) => step.rate)).toEqual([50, 100]);
  expect(report.run.state).toBe('aborted');
  expect(report.load.stopped).toMatchObject({ safety: true });
});

test('a Prometheus that is away for more than 30 s stops the load', async () => {
  const world = toyWorld({ capacity: 1000, prometheusDiesAt: 5 });
  const report = await conduct(toyOrder([50, 60, 70, 80, 90, 100]), world, signals, () => {});
  expect(report.load.stopped?.why).toMatch(/Prometheus has not answered/);
  expect(world.offered.length).toBeLessThan(6);
});

test('told to stop, it offers no further step and marks the run aborted', async () => {
  const stopping = new AbortController();
  const world = toyWorld({ capacity: 1000 });
  const tell = (beat: Beat): void => {
    if (beat.step.index === 1) stopping.abort();
  };
  const report = await conduct(toyOrder([50, 100, 150, 200]), world, { stop: stopping.signal, abandon: never }, tell);
  expect(world.offered.length).toBe(2);
  expect(report.run.state).toBe('aborted');
  expect(report.load.stopped).toEqual({ why: 'it was told to stop', safety: false });
});

test('beats tell the step and the fullest resource', async () => {
  const beats: Beat[] = [];
  await conduct(toyOrder([50, 100, 150, 200]), toyWorld({ capacity: 1000 }), signals, (beat) => beats.push(beat));
  expect(beats.some((beat) => beat.step.index === 3 && beat.step.of === 4)).toBe(true);
  expect(beats.some((beat) => beat.fullest?.component === 'api')).toBe(true);
});

const search: Search = {
  from: 20,
  to: 400,
  factor: 2,
  precision: ratio(0.1),
  phases: { settle: seconds(2), measure: seconds(8) },
  answers: 0,
  hold: seconds(16),
  budget: { requests: 1e6, duration: seconds(600) },
  crowd: undefined,
};

test('a search goes on from what came of the last step, and the report says between which levels the limit lies', async () => {
  const order = toyOrder([1]);
  const { name, arrivals, seed, scrape } = order.load.plan;
  const world = toyWorld({ capacity: 100 });
  const searching = {
    ...order,
    load: { ...order.load, plan: { name, arrivals, seed, scrape, kind: 'search', search } as const },
  };
  const report = await conduct(searching, world, signals, () => {});
  expect(world.offered.map(({ rate }) => rate).slice(0, 6)).toEqual([20, 40, 80, 160, 160, 120]);
  const { search: found } = report.load;
  expect(found).toMatchObject({ ended: 'found', unit: 'requests/s', held: 16, open: [] });
  expect(found?.sentence).toMatch(/^[0-9.]+\/s meets the objectives \(held for 16 s\), and [0-9.]+\/s misses them$/);
  expect(found?.met).toBeLessThanOrEqual(100);
  // To the precision that was asked for.
  expect((found?.missed ?? 0) / (found?.met ?? 1)).toBeLessThanOrEqual(1.1);
});

test('of users the load axis is what was answered, and the report says why', async () => {
  const order = toyOrder([50, 100]);
  const plan = { ...order.load.plan, think: { kind: 'fixed', for: seconds(1) } } as const;
  const report = await conduct(
    { ...order, load: { ...order.load, plan } },
    toyWorld({ capacity: 1000 }),
    signals,
    () => {},
  );
  expect(report.load.axis).toBe('throughput');
  expect(report.load.recovery).toBe('latency was back 1 s after the load ended');
});

// Seen with a pool of eight: the last answers of the highest load came 13 s after it had ended, and "at once" was said, of what was watched from then on.
test('what was inside when the load ended took its time, which belongs to the recovery', async () => {
  const report = await conduct(toyOrder([50, 100]), toyWorld({ capacity: 1000, backlog: 12 }), signals, () => {});
  expect(report.load.recovery).toBe('latency was back 13 s after the load ended');
});
