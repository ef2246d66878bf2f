import { describe, expect, test } from 'vitest';
import { collect } from '../../src/collect/collect.ts';
import type { Collected } from '../../src/model/collected.ts';
import type { LoadRecord } from '../../src/model/load-record.ts';
import type { Order } from '../../src/model/order.ts';
import type { Report } from '../../src/model/report.ts';
import type { SampleSeries, Signal } from '../../src/model/signal.ts';
import type { Span } from '../../src/model/span.ts';
import { epoch } from '../../src/model/units.ts';
import { conclude } from '../../src/run/conclude.ts';
import { memorySource } from '../support/memory-source.ts';
import { tried } from '../support/tried.ts';
import { buildWorld } from './families/build-world.ts';
import { type Judged, judgeWorld } from './seen/judge-world.ts';

/** Changes that must not matter (analysis 5.1): each is made to what was seen of a world, and judged again. */
const worlds: readonly Judged[] = await Promise.all(
  tried(
    [
      [7, 2],
      [16, 3],
    ],
    1,
  ).map(([family = 0, seed = 0]) => judgeWorld(buildWorld(family, seed, {}))),
);

type Seen = Pick<Judged, 'order' | 'record' | 'series' | 'span'>;

async function collectedAgain(judged: Judged, { order, series, span }: Seen): Promise<Collected> {
  const source = { ...memorySource('main', series), range: async () => ({ series: [], notes: [] }) };
  const reach = { sources: new Map([['main', source]]), packs: judged.configuration.packs };
  return collect(reach, order, span, new AbortController().signal);
}

const again = async (judged: Judged, seen: Partial<Seen>): Promise<Report> => {
  const all = { ...judged, ...seen };
  return conclude(all.order, all.record, await collectedAgain(judged, all));
};

/** Draws are seeded by how many rows there are: with other rows the same odds are counted by other draws, 200 of them. */
const chance = 3 * Math.sqrt(0.25 / 200);

function expectTheSame(report: Report, { report: before }: Judged, within = 1e-9): void {
  expect(report.verdict.kind).toBe(before.verdict.kind);
  expect(report.verdict.first?.component).toBe(before.verdict.first?.component);
  expect(report.verdict.first?.resource).toBe(before.verdict.first?.resource);
  expect(Math.abs((report.verdict.probability ?? 0) - (before.verdict.probability ?? 0))).toBeLessThanOrEqual(within);
  expect(report.capacity?.rate).toEqual(before.capacity?.rate);
}

const later = (series: SampleSeries, by: number): SampleSeries => ({
  ...series,
  times: series.times.map((time) => time + by),
});
const moved = (span: Span, by: number): Span => ({ from: epoch(span.from + by), to: epoch(span.to + by) });
const recordLater = (record: LoadRecord, by: number): LoadRecord => ({
  ...record,
  span: moved(record.span, by),
  windows: record.windows.map((window) => ({ ...window, span: moved(window.span, by) })),
});

/** Selected by namespace; other series by their job. */
const ofPods = /^(container|kube_pod)_/;

/** Every component under another name that sorts the other way round. */
function renamed(order: Order, name: (old: string) => string): Order {
  return {
    ...order,
    components: order.components.map((component) => ({
      ...component,
      name: name(component.name),
      on: component.on === undefined ? undefined : name(component.on),
      calls: component.calls.map(name),
    })),
  };
}

/** The same signals of one component once more, as of another instance. */
function withCopy({ signals }: Collected, component: string): readonly Signal[] {
  const own = signals.filter(({ resource, at }) => resource.component === component && Object.keys(at).length > 0);
  return [...signals, ...own.map((signal) => ({ ...signal, at: { ...signal.at, instance: 'copy' } }))];
}

describe.each(worlds.map((judged) => [judged.report.verdict.sentence, judged] as const))('%s', (_, judged) => {
  test('in another order', async () => {
    expectTheSame(await again(judged, { series: judged.series.toReversed() }), judged);
  });

  test('ten days later', async () => {
    const by = 10 * 86_400;
    const seen = {
      series: judged.series.map((series) => later(series, by)),
      span: moved(judged.span, by),
      record: recordLater(judged.record, by),
    };
    expectTheSame(await again(judged, seen), judged);
  });

  test('among series that have nothing to do with it', async () => {
    const others = judged.series.flatMap(({ labels, ...rest }) => [
      { ...rest, labels: { ...labels, __name__: `other_${labels.__name__}` } },
      ...(ofPods.test(labels.__name__ ?? '') ? [{ ...rest, labels: { ...labels, namespace: 'elsewhere' } }] : []),
    ]);
    expectTheSame(await again(judged, { series: [...others, ...judged.series] }), judged);
  });

  test('under other names', async () => {
    const name = (old: string): string =>
      `z${[...old].map((letter) => String.fromCharCode(219 - letter.charCodeAt(0))).join('')}`;
    const report = await again(judged, { order: renamed(judged.order, name) });
    const first = judged.report.verdict.first;
    expect(report.verdict.kind).toBe(judged.report.verdict.kind);
    expect(report.verdict.first?.component).toBe(first && name(first.component));
    expect(report.verdict.first?.resource).toBe(first?.resource);
    expect(report.capacity?.rate).toEqual(judged.report.capacity?.rate);
  });

  test('in bits instead of bytes', () => {
    const signals = judged.collected.signals.map((signal) =>
      signal.resource.unit.startsWith('bytes') ? { ...signal, scale: 8 * signal.scale } : signal,
    );
    expectTheSame(conclude(judged.order, judged.record, { ...judged.collected, signals }), judged);
  });

  test('with one more instance like the others', () => {
    const component = judged.report.verdict.first?.component ?? '';
    const signals = withCopy(judged.collected, component);
    expect(signals.length).toBeGreaterThan(judged.collected.signals.length);
    expectTheSame(conclude(judged.order, judged.record, { ...judged.collected, signals }), judged, chance);
  });
});
