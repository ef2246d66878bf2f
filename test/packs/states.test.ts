import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { collect } from '../../src/collect/collect.ts';
import { builtInPacks } from '../../src/config/load-configuration.ts';
import { readConfiguration } from '../../src/config/read.ts';
import type { SampleSeries } from '../../src/model/signal.ts';
import { lengthOf } from '../../src/model/span.ts';
import { epoch } from '../../src/model/units.ts';
import { conclude } from '../../src/run/conclude.ts';
import { readScenario } from '../scenarios/read-scenario.ts';
import { seriesFrom } from '../support/exposition.ts';
import { memorySource } from '../support/memory-source.ts';
import { lookingAt } from '../support/order-of.ts';
import { withoutExpressions } from '../support/without-expressions.ts';

const packs = withoutExpressions(await builtInPacks());
const [windows, scrape] = [6, 5];

type Given = { readonly title: string; readonly words: (name: string) => readonly string[] };

const cases: readonly Given[] = readFileSync(new URL('states.txt', import.meta.url), 'utf8')
  .split(/^case /m)
  .slice(1)
  .map((text) => {
    const [title = '', ...lines] = text.split('\n');
    const words = (name: string): readonly string[] =>
      lines.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));
    return { title, words };
  });

/** A series whose value, or increase per second, is told for each window. */
function seriesOf(line: string, kind: 'gauge' | 'counter', from: number): SampleSeries {
  const at = line.indexOf('} ') + 1;
  const told = line.slice(at).trim().split(/\s+/).map(Number);
  const [labelled] = seriesFrom(`${line.slice(0, at)} 0`, { from: epoch(0), to: epoch(0) });
  if (!labelled || told.length !== windows) throw new Error(`not a name and ${windows} numbers: ${line}`);
  const times = Float64Array.from({ length: (windows * 60) / scrape + 1 }, (_, i) => from + i * scrape);
  const windowAt = (i: number): number => Math.min(windows - 1, Math.floor((i * scrape) / 60));
  let sum = 0;
  const values = times.map((_, i) => {
    if (kind === 'gauge') return told[windowAt(i)] ?? 0;
    sum += i === 0 ? 0 : scrape * (told[windowAt(i - 1)] ?? 0);
    return sum;
  });
  return { labels: labelled.labels, times, values };
}

async function statesOf({ title, words }: Given): Promise<ReadonlyMap<string, string>> {
  const [errors = '0 0 0 0 0 0'] = words('errors');
  const scenario = readScenario(`# ${title}
windows 60s
load offered 100 200 300 400 500 600
load achieved 100 200 300 400 400 400
load p99 .01 .01 .011 .02 .4 .8
load errors ${errors}
`);
  const { record } = scenario;
  const workload = words('workload')
    .map((told) => `workload: ${told}, `)
    .join('');
  const text = `apiVersion: plimsoll.dev/v1
prometheus: [ { name: main, url: "http://main:9090" } ]
targets: [ { name: shop, components: [ { name: it, ${workload}signals: [ { pack: ${words('pack')[0]} } ], ceilings: { ${words('ceilings').join(', ')} } } ] } ]
`;
  const { targets } = readConfiguration(text, title, { packs, plans: [] });
  const [target] = targets;
  if (!target) throw new Error('there is no target');
  const held = (['gauge', 'counter'] as const).flatMap((kind) =>
    words(kind).map((line) => seriesOf(line, kind, record.span.from)),
  );
  expect(lengthOf(record.span)).toBe(windows * 60);
  const order = lookingAt(target);
  const sources = new Map([['main', memorySource('main', held)]]);
  const collected = await collect({ sources, packs }, order, record.span, new AbortController().signal);
  const { resources } = conclude(order, record, collected);
  return new Map(resources.toReversed().map(({ resource, state }) => [resource, state]));
}

test.each(cases)('$title', async (given) => {
  const states = await statesOf(given);
  for (const told of given.words('expect')) {
    const [resource = '', state] = told.split(' ');
    expect({ resource, state: states.get(resource) }).toEqual({ resource, state });
  }
});
