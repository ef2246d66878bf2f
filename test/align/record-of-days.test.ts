import { expect, test } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { conclude } from '../../src/run/conclude.ts';
import { witnessed } from '../../src/run/witness.ts';
import { readDays } from '../scenarios/read-days.ts';

/** Days on eight cores, of which 0.4 are used anyway and 45 ms by each request: (8 − 0.4) ÷ 0.045 = 168.9/s. */
function watched(...lines: readonly string[]): Report {
  const { order, span, collected } = readDays(
    ['# days', 'component node', 'uses node.cpu /8 each .045 background .4 scatter .005', ...lines].join('\n'),
  );
  return conclude(order, witnessed(collected, span), collected);
}

const usual = 'load 30 20 40 80 95 90 98 60';

const capacity = ({ resources }: Report): { readonly low: number; readonly high: number } => {
  const rate = resources.find(({ component }) => component === 'node')?.capacity?.rate;
  return rate?.kind === 'interval' ? rate : { low: Number.NaN, high: Number.NaN };
};

test('what runs every night is no cost of requests', () => {
  // At night, and where it ends in the morning, while the load rises.
  for (const job of ['job node.cpu 4 at .1 for .1', 'job node.cpu 4 at .3 for .1']) {
    const { low, high } = capacity(watched('days 5', usual, job));
    expect(low).toBeLessThan(168.9);
    expect(high).toBeGreaterThan(168.9);
    expect(high - low).toBeLessThan(0.2 * 168.9);
  }
});

test('before and after a change that nothing shows are two set-ups, and the one of now is judged', () => {
  // A fifth more from the fourth day on: (8 − 0.4) ÷ 0.054 = 140.7/s; the days before it carried 168.9/s.
  const { low, high } = capacity(watched('days 7', usual, 'cost node.cpu 1.2 from 3.5'));
  expect(low).toBeLessThan(140.7);
  expect(high).toBeGreaterThan(140.7);
  expect(high).toBeLessThan(155);
});

test('a load that hardly varies tells no cost, and no capacity is made of it', () => {
  const report = watched('days 5', 'load 100 104 108 104 100 96', 'noise .01');
  expect(report.resources[0]?.demand).toBeNull();
  expect(report.capacity?.rate.kind).toBe('at-least');
});

test('each window is of one day and one load, and none of them is longer than its day', () => {
  const { load } = watched('days 3', usual);
  expect(load.steps.length).toBeGreaterThan(15);
  for (const { from, to } of load.steps) expect(Date.parse(to) - Date.parse(from)).toBeLessThanOrEqual(86_400_000);
});
