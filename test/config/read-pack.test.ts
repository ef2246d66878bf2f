import { expect, test } from 'vitest';
import { readPack } from '../../src/config/read-pack.ts';

const pack = (usage: string): string => `pack: cache
title: Cache
exporter: cache_exporter
resources:
  - id: memory
    kind: space
    unit: bytes
    usage:
      - ${usage}
`;

const complaint = (text: string): string => {
  try {
    readPack(text, 'cache.yaml');
    return 'nothing';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

test('a pack of one gauge is a pack', () => {
  expect(readPack(pack('gauge: cache_used_bytes'), 'cache.yaml').resources?.[0]?.usage).toEqual([
    { gauge: 'cache_used_bytes' },
  ]);
});

test.each([
  [
    '{ gauge: a, counter: b }',
    'cache.yaml:9: a variant has exactly one of gauge, counter, histogram, otel, count, fixed, promql; this has gauge and counter',
  ],
  [
    '{ where: { a: b } }',
    'cache.yaml:9: a variant has exactly one of gauge, counter, histogram, otel, count, fixed, promql; this has none',
  ],
  ['{ histogram: a }', 'cache.yaml:9: a histogram needs "take: sum" (what was added up) or "take: count" (how often)'],
  ['{ gauge: a, take: sum }', 'cache.yaml:9: only a histogram has a sum and a count to take'],
  ['{ gauge: [a, { where: { b: c } }] }', 'cache.yaml:9: a series is given by its "name" or by "otel", one of them'],
  [
    '{ gauge: a, reads: seconds each }',
    'cache.yaml:9: it tells one value: $number, $seconds, $ratio or $bytes stands for it',
  ],
  ['{ guage: a }', 'cache.yaml:9: resources.0.usage.0.guage: there is no key "guage" here; did you mean "gauge"?'],
])('the variant %s is refused', (variant, said) => {
  expect(complaint(pack(variant))).toBe(said);
});

test('two resources of one name are refused', () => {
  const text = pack('gauge: a');
  const second = text.slice(text.indexOf('  - id'));
  expect(complaint(text + second)).toBe('cache.yaml:10: there are two resources "memory" in this pack');
});

test('a pack without resources and without traffic is refused', () => {
  expect(complaint('pack: a\ntitle: A\nexporter: a\n')).toBe('cache.yaml:1: a pack has resources, or traffic, or both');
});

test.each([
  [
    '{ term: gives, of: bytes }',
    'cache.yaml:11: a limit row has either "resource", whose ceiling it is, or "from", one of them',
  ],
  ['{ term: gives, of: bytes, resource: memry }', 'cache.yaml:11: no resource of this pack is called "memry"'],
  [
    '{ term: gives, of: bytes, from: [{ counter: a }] }',
    'cache.yaml:11: a limit is counted from what stands, as a gauge tells, not from what grows',
  ],
  [
    '{ term: gives, of: bytes, from: [{ gauge: a, fixed: 1 }] }',
    'cache.yaml:11: a variant has exactly one of gauge, counter, histogram, otel, count, fixed, promql; this has gauge and fixed',
  ],
])('the limit row %s is refused', (row, said) => {
  expect(complaint(`${pack('gauge: a')}limits:\n  - ${row}\n`)).toBe(said);
});

test('a limit row may take the ceiling of a resource, which the configuration may state', () => {
  const read = readPack(`${pack('gauge: a')}limits:\n  - { term: gives, of: bytes, resource: memory }\n`, 'cache.yaml');
  expect(read.limits).toEqual([{ term: 'gives', of: 'bytes', resource: 'memory' }]);
});

test('traffic that no series tells is refused, since it is read sample by sample', () => {
  expect(
    complaint(
      'pack: rules\ntitle: Rules\nexporter: rules\ntraffic:\n  completions:\n    - promql: sum(rate(a_total[5m]))\n',
    ),
  ).toBe(
    'cache.yaml:6: traffic is read from series: a "counter", a "histogram", or a "gauge" that tells a rate a second, as a recording rule for this expression would',
  );
});
