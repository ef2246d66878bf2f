import { describe, expect, test } from 'vitest';
import { agreements } from '../../src/collect/agreement.ts';
import { collect } from '../../src/collect/collect.ts';
import { doubled } from '../../src/collect/told-twice.ts';
import { readConfiguration } from '../../src/config/read.ts';
import { readPack } from '../../src/config/read-pack.ts';
import type { Collected } from '../../src/model/collected.ts';
import type { SampleSeries } from '../../src/model/signal.ts';
import { epoch } from '../../src/model/units.ts';
import { seriesFrom } from '../support/exposition.ts';
import { memorySource } from '../support/memory-source.ts';
import { lookingAt } from '../support/order-of.ts';

const pack = readPack(
  `pack: web
title: Web
exporter: web
traffic: { completions: [{ counter: answers_total }] }
resources:
  - { id: cpu, kind: servers, unit: cores, cure: x, usage: [{ counter: cpu_seconds_total }], ceiling: [{ gauge: cores }] }
`,
  'web.yaml',
);
const span = { from: epoch(1000), to: epoch(1600) };
const never = new AbortController().signal;
const scraped = (text: string, late = 0): readonly SampleSeries[] =>
  seriesFrom(text, { from: epoch(span.from + late), to: span.to });

async function collected(held: readonly SampleSeries[], select = '{ job: shop }', more = ''): Promise<Collected> {
  const text = `apiVersion: plimsoll.dev/v1
prometheus: [ { name: main, url: "http://main" } ]
targets:
  - name: shop
    traffic: { pack: web, select: ${select} }
    components: [ { name: web, ${more}signals: [ { pack: web, select: ${select} } ] } ]
`;
  const [target] = readConfiguration(text, 'plimsoll.yaml', { packs: [pack], plans: [] }).targets;
  if (!target) throw new Error('no target');
  const source = memorySource('main', held);
  return collect({ sources: new Map([['main', source]]), packs: [pack] }, lookingAt(target), span, never);
}

/** One process as a Prometheus of this name sees it; counters begin where they are told to, and rise by this much a second. */
const seen = (labels: string, { answers = 90_000, rate = 10, cpu = 700, late = 0 } = {}): readonly SampleSeries[] =>
  scraped(
    `up{${labels}} 1
answers_total{${labels}} ${answers + rate * late} +${rate}
cpu_seconds_total{${labels}} ${cpu + 0.5 * late} +0.5
cores{${labels}} 4`,
    late,
  );
const one = 'job="shop",instance="a:80"';

describe('one thing that is scraped by two', () => {
  test('counts once, whatever the label is called, and a note says so', async () => {
    const { traffic, signals, notes } = await collected([
      ...seen(`${one},ha="x"`),
      ...seen(`${one},ha="y"`, { late: 6 }),
    ]);
    expect(traffic?.completions.map(({ labels }) => labels.ha)).toEqual(['x']);
    expect(signals.filter(({ role }) => role === 'ceiling').map(({ parts }) => parts.length)).toEqual([1]);
    expect(signals.find(({ role }) => role === 'usage')?.evidence.promql).toContain('ha=~"|x"');
    expect(notes.map(({ text }) => text)).toContain(
      'Prometheus "main" keeps the same series 2 times, told apart by "ha" ("x", "y"), with counters that agree: only ha="x" is read',
    );
  });

  test('is read where it is there all along', async () => {
    const late = seen(`${one},ha="x"`, { late: 6 }).filter(({ labels }) => labels.__name__ !== 'up');
    const up = scraped(`up{${one},ha="y"} 1\nup{job="shop",instance="b:80",ha="y"} 1\nup{${one},ha="x"} 1`);
    const { traffic } = await collected([...late, ...seen(`${one},ha="y"`).slice(1), ...up]);
    expect(traffic?.completions.map(({ labels }) => labels.ha)).toEqual(['y']);
  });
});

describe('several things that are called the same', () => {
  const sentence =
    'Prometheus "main": component "web" is told under several values of "site" ("x", "y") that are different things and must not be added up unasked: say by "select" which one is meant (site: x), that all are (site: [x, y]), or that they are its replicas ("replica: site")';
  const two = [...seen(`${one},site="x"`), ...seen(`${one},site="y"`, { answers: 91_000, cpu: 720, late: 6 })];

  test('are refused in one sentence', async () => {
    await expect(collected(two)).rejects.toThrow(sentence);
  });

  test('are read where it is said which is meant, or that all are', async () => {
    const chosen = await collected(two, '{ job: shop, site: y }');
    expect(chosen.traffic?.completions).toHaveLength(1);
    const all = await collected(two, '{ job: shop, site: [x, y] }');
    expect(all.traffic?.completions).toHaveLength(2);
  });

  test('are read as replicas where it is said that they are', async () => {
    const { traffic, signals } = await collected(two, '{ job: shop }', 'replica: site, ');
    expect(traffic?.completions).toHaveLength(2);
    expect(signals.filter(({ role }) => role === 'usage').map(({ at }) => at)).toEqual([{ site: 'x' }, { site: 'y' }]);
  });

  test('are refused in several clusters though no address is there twice', async () => {
    const elsewhere = seen('job="shop",instance="b:80",cluster="y"', { answers: 5 });
    await expect(collected([...seen(`${one},cluster="x"`), ...elsewhere])).rejects.toThrow(
      'several values of "cluster"',
    );
  });

  test('of which one took the place of the other are not there at once', async () => {
    const before = seen(`${one},build="1"`).map((series) => ({
      ...series,
      times: series.times.slice(0, 15),
      values: series.values.slice(0, 15),
    }));
    const { traffic } = await collected([...before, ...seen(`${one},build="2"`, { answers: 0, late: 300 })]);
    expect(traffic?.completions).toHaveLength(2);
  });
});

test('replicas that have addresses of their own are added up', async () => {
  const { traffic } = await collected([...seen(one), ...seen('job="shop",instance="b:80"')]);
  expect(traffic?.completions).toHaveLength(2);
});

test('a label of one exporter alone is nothing of who scrapes it: what goes in and what comes out may count the same', async () => {
  const way = (name: string) => scraped(`answers_total{${one},way="${name}"} 500 +3`);
  const up = scraped(`up{${one}} 1`);
  expect((await collected([...way('in'), ...way('out'), ...up])).traffic?.completions).toHaveLength(2);
});

test('only labels that alone tell two apart are looked at', () => {
  expect(
    doubled([
      { a: '1', b: '1' },
      { a: '2', b: '2' },
    ]),
  ).toEqual([]);
  expect(
    doubled([
      { a: '1', b: '1' },
      { a: '2', b: '1' },
    ]),
  ).toEqual(['a']);
});

test('counters that stand still tell nothing, and those of two processes do not agree', () => {
  expect(agreements(scraped('m{ha="x"} 5\nm{ha="y"} 5'), 'ha')).toEqual([]);
  expect(agreements(scraped('m{ha="x"} 5000 +10\nm{ha="y"} 5900 +10'), 'ha')).toEqual([false]);
  expect(agreements(scraped('m{ha="x"} 5000 +10\nm{ha="y"} 5040 +10'), 'ha')).toEqual([true]);
});
