import { expect, test } from 'vitest';
import { collect } from '../../src/collect/collect.ts';
import { readConfiguration } from '../../src/config/read.ts';
import { readPack } from '../../src/config/read-pack.ts';
import type { Collected } from '../../src/model/collected.ts';
import { epoch } from '../../src/model/units.ts';
import { seriesFrom } from '../support/exposition.ts';
import { memorySource } from '../support/memory-source.ts';
import { lookingAt } from '../support/order-of.ts';

const pack = readPack(
  `pack: loop
title: Loop
exporter: loop
resources:
  - { id: thread, kind: servers, unit: loops, cure: x, usage: [{ counter: [busy_seconds_total, idle_seconds_total] }], ceiling: [{ fixed: 1 }] }
  - { id: slots, kind: pool, unit: slots, cure: x, usage: [{ gauge: used }], ceiling: [{ gauge: slots }] }
`,
  'loop.yaml',
);
const span = { from: epoch(1000), to: epoch(1600) };
const never = new AbortController().signal;

async function collected(held: string): Promise<Collected> {
  const text = `apiVersion: plimsoll.dev/v1
prometheus: [ { name: main, url: "http://main" } ]
targets: [ { name: shop, components: [ { name: loop, signals: [ { pack: loop } ] } ] } ]
`;
  const [target] = readConfiguration(text, 'plimsoll.yaml', { packs: [pack], plans: [] }).targets;
  if (!target) throw new Error('no target');
  const source = memorySource('main', seriesFrom(held, span));
  return collect({ sources: new Map([['main', source]]), packs: [pack] }, lookingAt(target), span, never);
}

const usages = ({ signals }: Collected) => signals.filter(({ role }) => role === 'usage').map(({ at }) => at);

test('threads that are busy for longer than time passes are told apart by the label that does', async () => {
  const read = await collected(`busy_seconds_total{worker="1"} 0 +0.7
busy_seconds_total{worker="2"} 0 +0.7
idle_seconds_total{worker="1"} 0 +0.1
idle_seconds_total{worker="2"} 0 +0.1
used{worker="1"} 3
used{worker="2"} 4
slots{} 9`);
  expect(usages(read)).toEqual([{ worker: '1' }, { worker: '2' }, { worker: '1' }, { worker: '2' }]);
  expect(read.blind).toEqual([]);
});

test('where no label does, nothing is claimed of them, and it is said why', async () => {
  const read = await collected(`busy_seconds_total{worker="1",core="a"} 0 +0.7
busy_seconds_total{worker="2",core="b"} 0 +0.7
idle_seconds_total{} 0 +0.1`);
  expect(usages(read)).toEqual([]);
  expect(read.blind).toEqual([
    {
      component: 'loop',
      resource: 'thread',
      why: 'more of it is used than there can be of one, so several are added up, and no label is known that tells them apart',
      cure: 'name the label that does: "replica: …" under component "loop"',
    },
    expect.objectContaining({ resource: 'slots' }),
  ]);
});

test('one thread is read as it is: scrapes that come late make it busier than it can be by a little', async () => {
  expect(usages(await collected('busy_seconds_total{} 0 +0.6\nidle_seconds_total{} 0 +0.5'))).toEqual([{}]);
});

test('what other threads of one process add is no second process', async () => {
  expect(usages(await collected('busy_seconds_total{} 0 +1.1\nidle_seconds_total{} 0 +0.5'))).toEqual([{}]);
});
