import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { describe, expect, test } from 'vitest';
import type { Store } from '../../src/model/store.ts';
import { epoch, seconds } from '../../src/model/units.ts';
import { labels, metrics } from '../../src/names.ts';
import { openCounters } from '../../src/publish/open-counters.ts';
import { openMetrics } from '../../src/publish/open-metrics.ts';
import { memoryStore } from '../../src/store/memory-store.ts';
import { aReport, aResource, headroomAt } from '../store/a-report.ts';
import { metricsGolden } from './metrics-golden.ts';
import { samplesOf } from './samples-of.ts';

const page = await metricsGolden();
const samples = samplesOf(page);
const valuesOf = (name: string) =>
  samples.filter((one) => one.name === name).map((one) => [one.labels.target, one.value]);

/** The page of a store, with a reader of its own. */
async function pageOf(store: Parameters<typeof openMetrics>[0]['store'], targets: () => readonly string[]) {
  const opened = openMetrics({ store, targets, version: '0.1.0', node: 'v26' });
  new MeterProvider({ readers: [opened.reader] });
  return opened;
}

async function keep(store: Store, id: string, report = aReport(id)): Promise<void> {
  await store.begin({ id, target: report.run.target, kind: 'probe', locks: [], at: epoch(1000) });
  await store.finish(id, { state: 'complete', why: undefined, at: epoch(1300) }, report);
}

describe('the page of a fixed store', () => {
  test('is the one that is kept', () => {
    const golden = new URL('../surface/goldens/metrics.txt', import.meta.url);
    expect(page).toBe(readFileSync(golden, 'utf8'));
  });

  test('passes promtool where there is one', () => {
    const promtool = spawnSync('promtool', ['check', 'metrics'], { input: page, encoding: 'utf8' });
    const absent = promtool.error !== undefined;
    expect(absent || promtool.stdout + promtool.stderr).toBe(absent || '');
  });

  test('carries no label that a scraper would overwrite, and only those of the catalogue', () => {
    const known = new Set<string>([...Object.values(labels), 'le', 'service_name', 'service_version']);
    const reserved = ['service', 'namespace', 'pod', 'instance', 'job', 'container', 'endpoint'];
    const seen = new Set(samples.flatMap((one) => Object.keys(one.labels)));
    expect([...seen].filter((label) => !known.has(label) || reserved.includes(label))).toEqual([]);
  });

  test('names every metric of the catalogue, each series once, and only finite numbers', () => {
    const families = Object.values(metrics).map((metric) => metric.name);
    expect(families.filter((name) => !page.includes(`# TYPE ${name} `))).toEqual([]);
    const series = samples.map((one) => `${one.name} ${JSON.stringify(one.labels)}`);
    expect(new Set(series).size).toBe(series.length);
    expect(samples.filter((one) => !Number.isFinite(one.value))).toEqual([]);
  });

  test('shows a capacity that was not reached only as its lower bound', () => {
    expect(valuesOf('plimsoll_capacity_requests_per_second')).toEqual([['shop', 500]]);
    expect(valuesOf('plimsoll_capacity_requests_per_second_low')).toEqual([
      ['blog', 120],
      ['shop', 475],
    ]);
    expect(valuesOf('plimsoll_capacity_requests_per_second_high')).toEqual([['shop', 525]]);
  });

  test('shows of two pods the one that has less left: 1 − 400/800, not 1 − 400/1600', () => {
    const cpu = samples.filter((one) => one.name === 'plimsoll_headroom_ratio' && one.labels.resource === 'cpu');
    expect(cpu.map((one) => one.value)).toEqual([0.5]);
  });

  test('keeps the findings of the last answer beside the verdict of a later run without one', () => {
    expect(valuesOf('plimsoll_finding_confidence_ratio')).toEqual([['shop', 0.93]]);
    const verdicts = samples.filter((one) => one.name === 'plimsoll_verdict_info' && one.labels.target === 'shop');
    expect(verdicts.map((one) => one.labels.verdict)).toEqual(['data-invalid']);
  });

  test('carries hostile names unharmed', () => {
    expect(samples.map((one) => one.labels.component)).toContain('odd "name" \\ \n next');
  });
});

describe('over time', () => {
  test('a target that leaves the configuration takes its series along, in two scrapes at once', async () => {
    const store = memoryStore();
    await keep(store, 'r1');
    await keep(store, 'r2', aReport('r2', {}, 'blog'));
    let targets = ['shop', 'blog'];
    const opened = await pageOf(store, () => targets);
    expect(await opened.text()).toContain('target="blog"');
    targets = ['shop'];
    for (const text of await Promise.all([opened.text(), opened.text()])) {
      expect(text).toContain('plimsoll_headroom_ratio{target="shop"');
      expect(text).not.toContain('blog');
    }
  });

  test('a resource that the next report does not name is gone', async () => {
    const store = memoryStore();
    const opened = await pageOf(store, () => ['shop']);
    await keep(store, 'r1');
    expect(await opened.text()).toContain('component="api"');
    await keep(store, 'r2', aReport('r2', { resources: [aResource('db', 'pool')] }));
    expect(await opened.text()).not.toContain('component="api"');
  });

  test('after a restart the last findings are there at the first scrape', async () => {
    const store = memoryStore();
    await keep(store, 'r1');
    const before = await (await pageOf(store, () => ['shop'])).text();
    const after = await (await pageOf(store, () => ['shop'])).text();
    expect(after).toBe(before);
    expect(after).toContain('plimsoll_target_headroom_ratio{target="shop"} 0.19999999999999996');
  });

  test('a number that is not finite is left out, and the rest stands', async () => {
    const store = memoryStore();
    const report = aReport('r1', { headroom: { ...headroomAt(400, 500), load: Number.NaN } });
    const reading = { ...store, latestAnswer: async () => report, latest: async () => report };
    const found = samplesOf(await (await pageOf(reading, () => ['shop'])).text());
    expect(found.filter((one) => one.name === 'plimsoll_demand_requests_per_second')).toEqual([]);
    expect(found.filter((one) => one.name === 'plimsoll_capacity_requests_per_second')).toHaveLength(1);
  });

  test('a store that cannot be read is a fault, not an empty page', async () => {
    const broken = {
      ...memoryStore(),
      counts: async () => {
        throw new Error('disk I/O error');
      },
    };
    const opened = await pageOf(broken, () => ['shop']);
    await expect(opened.text()).rejects.toThrow('disk I/O error');
  });

  test('a duration that is not finite does not poison the histogram', async () => {
    const opened = openMetrics({ store: memoryStore(), targets: () => [], version: '0.1.0', node: 'v26' });
    const counters = openCounters(new MeterProvider({ readers: [opened.reader] }).getMeter('plimsoll'));
    counters.queried('range', 'ok', seconds(Number.POSITIVE_INFINITY));
    counters.queried('range', 'ok', seconds(0.5));
    const found = samplesOf(await opened.text());
    const sum = found.find((one) => one.name === 'plimsoll_prometheus_query_duration_seconds_sum');
    expect(sum?.value).toBe(0.5);
  });
});

describe('a capacity that was measured', () => {
  const reached = { kind: 'interval', value: 500, low: 480, high: 520 } as const;
  const capacity = { rate: reached, binds: 'physical', provenance: 'reached', fingerprint: 'pool=2' } as const;
  const bound = { ...capacity, rate: { kind: 'at-least', low: 200 }, provenance: 'lower-bound' } as const;
  const quiet = (fingerprint: string) => {
    const report = aReport('later');
    return { ...report, current: headroomAt(250, 400), capacity: { ...bound, fingerprint } };
  };
  const shown = async (fingerprint: string) => {
    const store = memoryStore();
    await keep(store, 'probe', { ...aReport('probe'), capacity });
    await keep(store, 'later', quiet(fingerprint));
    return samplesOf(await (await pageOf(store, () => ['shop'])).text());
  };
  const named = (all: Awaited<ReturnType<typeof shown>>, name: string) => all.find((one) => one.name === name)?.value;

  test('stays while the configuration does, although a quiet window only knows a bound', async () => {
    const page = await shown('pool=2');
    expect(named(page, 'plimsoll_capacity_requests_per_second')).toBe(500);
    expect(named(page, 'plimsoll_current_headroom_ratio')).toBe(1 - (quiet('').current?.load ?? 0) / 500);
  });

  test('promises nothing while the target does not keep up, however few the answers', async () => {
    const bounds = { ratio: { kind: 'at-most', high: 0 }, multiplier: { kind: 'at-most', high: 1 } } as const;
    const none = { ...headroomAt(250, 400), ...bounds, spare: { kind: 'at-most', high: 0 } } as const;
    const store = memoryStore();
    await keep(store, 'probe', { ...aReport('probe'), capacity: { ...capacity, fingerprint: 'pool=2' } });
    await keep(store, 'later', { ...quiet('pool=2'), current: { ...none, because: 'db / pool was full' } });
    const page = samplesOf(await (await pageOf(store, () => ['shop'])).text());
    expect(named(page, 'plimsoll_current_headroom_ratio')).toBeUndefined();
    expect(named(page, 'plimsoll_current_headroom_ratio_high')).toBe(0);
  });

  test('goes when the configuration changes: then the bound is all that is known', async () => {
    const page = await shown('pool=4');
    expect(named(page, 'plimsoll_capacity_requests_per_second')).toBeUndefined();
    expect(
      named(page, 'plimsoll_capacity_requests_per_second_low') ??
        named(page, 'plimsoll_capacity_low_requests_per_second'),
    ).toBe(200);
  });
});
