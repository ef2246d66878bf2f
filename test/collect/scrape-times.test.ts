import { expect, test } from 'vitest';
import { asScrapesEnded } from '../../src/collect/scrape-times.ts';
import type { Labels } from '../../src/model/labels.ts';
import type { SampleSeries } from '../../src/model/signal.ts';
import { epoch } from '../../src/model/units.ts';
import { memorySource } from '../support/memory-source.ts';

const never = new AbortController().signal;
const span = { from: epoch(0), to: epoch(100) };
const series = (labels: Labels, points: readonly (readonly [number, number])[]): SampleSeries => ({
  labels,
  times: Float64Array.from(points, ([time]) => time),
  values: Float64Array.from(points, ([, value]) => value),
});
const shop = { job: 'shop', instance: 'a:8080' };
const took = (labels: Labels, points: readonly (readonly [number, number])[]) =>
  series({ __name__: 'scrape_duration_seconds', ...labels }, points);
const ended = async (one: SampleSeries, scrapes: readonly SampleSeries[]) =>
  (await asScrapesEnded(memorySource('main', scrapes), [one], span, never))[0];

// A service that answers its scrapes in line with its requests, seen live: 575 more every two seconds, while each scrape took 0.37 s longer than the one before.
test('a counter that is read ever later after its scrape began does not run too fast', async () => {
  const counter = series({ __name__: 'done_total', ...shop }, [
    [10, 0],
    [12, 575],
    [14, 1150],
    [16, 1725],
  ]);
  const found = await ended(counter, [
    took(shop, [
      [10, 0.03],
      [12, 0.4],
      [14, 0.77],
      [16, 1.14],
    ]),
  ]);
  expect([...(found?.times ?? [])].map((time) => Math.round(time * 100) / 100)).toEqual([10.03, 12.4, 14.77, 17.14]);
  const [from = 0, to = 0] = [found?.times[0], found?.times.at(-1)];
  expect(1725 / (to - from)).toBeCloseTo(242.6, 1);
});

test('samples with times of their own, of another target, or of which no scrape is told stay as they are', async () => {
  const counter = series({ __name__: 'done_total', ...shop }, [
    [11, 1],
    [13, 2],
  ]);
  const own = took(shop, [
    [10, 1],
    [12, 1],
  ]);
  expect(await ended(counter, [own])).toBe(counter);
  expect(
    await ended(counter, [
      took({ ...shop, instance: 'b:8080' }, [
        [11, 1],
        [13, 1],
      ]),
    ]),
  ).toBe(counter);
  expect(await ended(counter, [])).toBe(counter);
});

test('of two targets with one address the one whose labels are all there tells', async () => {
  const kubelet = { job: 'kubelet', instance: 'n1', metrics_path: '/metrics/cadvisor' };
  const counter = series({ __name__: 'done_total', ...kubelet }, [
    [10, 1],
    [20, 2],
  ]);
  const scrapes = [
    took({ ...kubelet, metrics_path: '/metrics' }, [
      [10, 9],
      [20, 9],
    ]),
    took(kubelet, [
      [10, 1],
      [20, 2],
    ]),
  ];
  expect([...((await ended(counter, scrapes))?.times ?? [])]).toEqual([11, 22]);
});

test('times keep rising', async () => {
  const counter = series({ __name__: 'done_total', ...shop }, [
    [10, 1],
    [12, 2],
    [14, 3],
  ]);
  const found = await ended(counter, [
    took(shop, [
      [10, 3],
      [12, 0.5],
      [14, 1],
    ]),
  ]);
  expect([...(found?.times ?? [])]).toEqual([13, 15]);
});
