import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readingOf } from '../../src/align/reading-of.ts';
import { collect } from '../../src/collect/collect.ts';
import { builtInPacks } from '../../src/config/load-configuration.ts';
import { readConfiguration } from '../../src/config/read.ts';
import type { Collected } from '../../src/model/collected.ts';
import { textOf } from '../../src/model/labels.ts';
import type { Signal } from '../../src/model/signal.ts';
import { epoch } from '../../src/model/units.ts';
import { seriesFrom } from '../support/exposition.ts';
import { memorySource } from '../support/memory-source.ts';
import { lookingAt } from '../support/order-of.ts';
import { withoutExpressions } from '../support/without-expressions.ts';
import { labelSet } from './label-sets/read-label-set.ts';

const head = `apiVersion: plimsoll.dev/v1
prometheus: [ { name: main, url: "http://main:9090" }, { name: cloud, url: "http://cloud:9090" } ]
`;
const packs = withoutExpressions(await builtInPacks());
const span = { from: epoch(10_000), to: epoch(10_600) };
const middle = { from: epoch(10_060), to: epoch(10_540) };

const toldOf = (signal: Signal): string => {
  const reading = readingOf(signal, { span: middle });
  const value = reading.kind === 'value' ? Number(reading.value.toPrecision(4)) : reading.why;
  const { component, resource } = signal.resource;
  return `found ${component} ${resource} ${textOf(signal.at) || '-'} ${signal.role} ${value} (${signal.evidence.source})`;
};

const told = ({ signals, blind, notes }: Collected): readonly string[] => [
  ...signals.map(toldOf),
  ...blind.map(({ component, resource, why, cure }) => `blind ${component} ${resource}: ${why} | ${cure}`),
  ...notes.map(({ text }) => `note ${text}`),
];

const files = readdirSync(new URL('label-sets/', import.meta.url)).filter((name) => name.endsWith('.txt'));

test.each(files)(
  'in %s every signal that the stack has is found, and the rest is blind with the reason',
  async (file) => {
    const set = labelSet(file);
    const { targets } = readConfiguration(head + set.configuration, file, { packs, plans: [] });
    const held = seriesFrom(set.series, span);
    const sources = new Map(['main', 'cloud'].map((name) => [name, memorySource(name, held)]));
    const collected = await Promise.all(
      targets.map((target) => collect({ sources, packs }, lookingAt(target), span, new AbortController().signal)),
    );
    expect(collected.flatMap(told)).toEqual(set.expected);
  },
);
