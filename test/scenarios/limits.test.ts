import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { collect } from '../../src/collect/collect.ts';
import type { Source } from '../../src/collect/source.ts';
import { builtInPacks } from '../../src/config/load-configuration.ts';
import { readConfiguration } from '../../src/config/read.ts';
import { limitsOf } from '../../src/limits/limits.ts';
import { epoch } from '../../src/model/units.ts';
import { labelSet } from '../collect/label-sets/read-label-set.ts';
import { seriesFrom } from '../support/exposition.ts';
import { memorySource } from '../support/memory-source.ts';
import { lookingAt } from '../support/order-of.ts';

const head = `apiVersion: plimsoll.dev/v1
prometheus: [ { name: main, url: "http://main:9090" } ]
`;
const span = { from: epoch(10_000), to: epoch(10_120) };
const packs = await builtInPacks();
const files = readdirSync(new URL('limits/', import.meta.url));

/** Whatever expression is asked for, it is 10. */
const tens: Source['range'] = async (_, { to }) => ({
  series: [{ labels: {}, times: Float64Array.of(to), values: Float64Array.of(10) }],
  notes: [],
});

test.each(files)('%s: from what exporters tell to the arithmetic on it', async (file) => {
  const set = labelSet(`../../scenarios/limits/${file}`);
  const { targets } = readConfiguration(head + set.configuration, file, { packs, plans: [] });
  const source = { ...memorySource('main', seriesFrom(set.series, span)), range: tens };
  const sources = new Map([['main', source]]);
  const told = await Promise.all(
    targets.map(async (target) => {
      const order = lookingAt(target);
      const { terms = [], signals } = await collect({ sources, packs }, order, span, new AbortController().signal);
      return limitsOf({ components: order.components, terms, signals });
    }),
  );
  const lines = told
    .flat()
    .map(({ verdict, component, resource, text }) => `${verdict} ${component} / ${resource}: ${text}`);
  expect(lines).toEqual(set.expected);
});
