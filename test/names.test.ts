import { expect, test } from 'vitest';
import { alerts, labels, metrics, rules } from '../src/names.ts';

const all = Object.values(metrics);

test('every metric carries the prefix, and its name once', () => {
  expect(all.filter(({ name }) => !/^plimsoll_[a-z_]+$/.test(name))).toEqual([]);
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
});

test('the suffix of a metric tells its type and unit', () => {
  const suffixes = { '1': /_ratio$/, s: /_seconds$/, '{request}/s': /_requests_per_second$/, '': /./ } as const;
  expect(all.filter(({ name, unit }) => !suffixes[unit].test(name))).toEqual([]);
  expect(all.filter(({ name, type }) => (type === 'counter') !== name.endsWith('_total'))).toEqual([]);
  expect(all.filter(({ name }) => /milli|percent|_ms$/.test(name))).toEqual([]);
});

test('no label is one that scrapers overwrite, and no run id stands on a finding', () => {
  const reserved = ['service', 'namespace', 'pod', 'instance', 'job', 'container', 'endpoint'];
  expect(Object.values(labels).filter((label) => reserved.includes(label))).toEqual([]);
  const withRun = all.filter((metric) => metric.labels.some((label) => label === labels.run));
  expect(withRun.map(({ name }) => name)).toEqual(['plimsoll_run_info']);
});

test('whatever has an interval has both ends, and the help of each names what it bounds', () => {
  const ends = all.filter(({ name }) => /_(low|high)$/.test(name)).map(({ name }) => name);
  const bounded = new Set(ends.map((name) => name.replace(/_(low|high)$/, '')));
  expect(bounded.size).toBe(4);
  expect([...ends].sort()).toEqual([...bounded].flatMap((name) => [`${name}_high`, `${name}_low`]).sort());
});

test('rules are named level:metric:operation over a metric that exists, alerts by the prefix', () => {
  const names: readonly string[] = all.map(({ name }) => name);
  for (const rule of Object.values(rules)) expect(names).toContain(rule.split(':')[1]);
  expect(Object.values(alerts).filter((name) => !/^Plimsoll[A-Z][A-Za-z]+$/.test(name))).toEqual([]);
});
