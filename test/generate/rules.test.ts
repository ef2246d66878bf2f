import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { alertGroups, recordings } from '../../src/generate/alerting.ts';
import { ruleFiles } from '../../src/generate/rules.ts';
import { alerts, metrics, rules } from '../../src/names.ts';
import { parsed } from './promql.ts';

const top = new URL('../../', import.meta.url);
const folder = new URL('deploy/alerts/', top);
const all = alertGroups.flatMap((group) => group.alerts);
const known = [...Object.values(metrics).map(({ name }) => name), ...Object.values(rules)];

test.each(ruleFiles())('$path is what the generator makes of today', ({ path, text }) => {
  expect(readFileSync(new URL(path, top), 'utf8')).toBe(text);
});

test('the YAML says what the rules say', () => {
  const groups = ruleFiles().flatMap(({ text }) => parse(text).groups);
  const written = groups.flatMap(({ rules: list }) => list);
  expect(written.map(({ record, alert, expr }) => [record ?? alert, expr])).toEqual([
    ...recordings.map(({ record, expr }) => [record, expr]),
    ...all.map(({ alert, expr }) => [alert, expr]),
  ]);
  expect(written.filter(({ alert }) => alert).map(({ annotations }) => annotations.summary)).toEqual(
    all.map(({ summary }) => summary),
  );
});

test('every alert that has a name has a rule, a runbook and a test in which it fires', () => {
  const named = Object.values(alerts).sort();
  expect(all.map(({ alert }) => alert).sort()).toEqual(named);
  expect(
    readdirSync(folder)
      .filter((file) => file.endsWith('.md'))
      .sort(),
  ).toEqual(named.map((name) => `${name}.md`));
  const { tests } = parse(readFileSync(new URL('plimsoll.rules.test.yaml', folder), 'utf8'));
  const cases: readonly { alertname: string; exp_alerts: readonly unknown[] }[] = tests.flatMap(
    (each: { alert_rule_test: [] }) => each.alert_rule_test,
  );
  const fired = cases.filter((each) => each.exp_alerts.length > 0).map(({ alertname }) => alertname);
  expect([...new Set(fired)].sort()).toEqual(named);
});

test('a runbook stands where its alert says', () => {
  for (const { runbook_url } of ruleFiles().flatMap(({ text }) =>
    [...text.matchAll(/runbook_url: (?<runbook_url>\S+)/gu)].map(({ groups }) => ({
      runbook_url: groups?.runbook_url ?? '',
    })),
  ))
    expect(existsSync(new URL(runbook_url, top)), runbook_url).toBe(true);
});

test.each([...recordings, ...all])('the query of $record$alert parses and asks for what there is', ({ expr }) => {
  const { faults, metrics: asked } = parsed(expr);
  expect(faults).toEqual([]);
  expect(asked.length).toBeGreaterThan(0);
  for (const name of asked) expect(known).toContain(name);
});

test('Prometheus 2.42 reads the rules too: nothing in them is newer', () => {
  for (const { expr } of [...recordings, ...all])
    expect(expr).not.toMatch(
      /\b(fill|info|anchored|smoothed|limitk|double_exponential_smoothing|first_over_time)\b|\{\s*"/u,
    );
});

test('every recording rule is named level:metric:operation and drops labels by without', () => {
  for (const { record, expr } of recordings) {
    expect(record).toMatch(/^[a-z_]+:[a-z_]+:(min|max|sum|avg)$/u);
    expect(expr).toMatch(new RegExp(`^${record.split(':').at(-1)} without \\(`, 'u'));
  }
});

test('forecasts and old news never page', () => {
  expect(all.filter(({ severity }) => severity === 'critical').map(({ alert }) => alert)).toEqual([
    alerts.resourceSaturated,
  ]);
});
