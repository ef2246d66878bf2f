import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { dashboardFiles } from '../../src/generate/dashboards.ts';
import type { Dashboard, Panel } from '../../src/generate/grafana.ts';
import { metrics } from '../../src/names.ts';
import { parsed, substituted } from './promql.ts';

const top = new URL('../../', import.meta.url);
const published = Object.values(metrics).flatMap(({ name, type }) =>
  type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
);
const counters = Object.values(metrics)
  .filter(({ type }) => type !== 'gauge')
  .map(({ name }) => name);
// The units of Grafana that dashboard-linter accepts and we use.
const units = ['percentunit', 'reqps', 's', 'short', 'none', 'bool'];

describe.each(dashboardFiles())('$path', ({ path, text }) => {
  const dashboard: Dashboard = JSON.parse(text);
  const panels = dashboard.panels.filter(({ type }) => type !== 'row');
  const targets = panels.flatMap((panel) => (panel.targets ?? []).map((target) => ({ title: panel.title, ...target })));
  const variable = (name: string) => dashboard.templating.list.find((each) => each.name === name);

  test('is what the generator makes of today', () => {
    expect(readFileSync(new URL(path, top), 'utf8')).toBe(text);
  });

  test('asks, shows and names something', () => {
    expect(panels.length).toBeGreaterThan(10);
    expect(dashboard.title).toMatch(/^Plimsoll \/ /u);
    expect(dashboard.uid.length).toBeLessThanOrEqual(40);
    expect(dashboard.tags).toEqual(['plimsoll-mixin']);
  });

  // The rules of dashboard-linter, by their names.
  test('template-datasource: one, called datasource, labelled Data Source', () => {
    const sources = dashboard.templating.list.filter(({ type }) => type === 'datasource');
    expect(sources).toMatchObject([{ name: 'datasource', label: 'Data Source', query: 'prometheus' }]);
  });

  test.each(['job', 'instance'])(
    'template-%s: labelled, from the chosen data source, several at once, all means any',
    (name) => {
      expect(variable(name)).toMatchObject({
        label: name === 'job' ? 'Job' : 'Instance',
        type: 'query',
        datasource: { uid: `\${datasource}` },
        multi: true,
        allValue: '.+',
      });
    },
  );

  test('template-label-promql: every variable asks something that parses', () => {
    for (const { name, type, query } of dashboard.templating.list) {
      if (type === 'datasource') continue;
      const asked = typeof query === 'string' ? query : query.query;
      const [, series = ''] = /^label_values\((.*), \w+\)$/u.exec(asked) ?? [];
      expect({ name, ...parsed(substituted(series)) }).toMatchObject({
        name,
        faults: [],
        metrics: [expect.stringMatching(/^plimsoll_/u)],
      });
    }
  });

  test('template-on-time-change-reload: variables follow the chosen time', () => {
    expect(dashboard.templating.list.filter(({ type }) => type === 'query').map(({ refresh }) => refresh)).toEqual([
      2, 2, 2, 2, 2,
    ]);
  });

  test('panel-datasource: every panel and query takes the chosen one', () => {
    for (const { datasource } of [...panels, ...targets])
      expect(datasource).toEqual({ type: 'prometheus', uid: `\${datasource}` });
  });

  test('panel-title-description: every panel has both', () => {
    for (const { title, description } of panels)
      expect([title, description]).toEqual([expect.stringMatching(/\S/u), expect.stringMatching(/\S.*\.$/u)]);
  });

  test('panel-units: every panel says the unit of its numbers', () => {
    for (const { fieldConfig } of panels) expect(units).toContain(fieldConfig?.defaults.unit);
  });

  test('panel-no-targets: every panel asks something', () => {
    for (const panel of panels) expect(panel.targets?.length, panel.title).toBeGreaterThan(0);
  });

  test('target-logql, target-logql-auto: nothing is asked of Loki', () => {
    expect(text).not.toMatch(/"loki"|logfmt|\|= /u);
  });

  test('target-promql: every query parses and asks for metrics that Plimsoll has', () => {
    for (const { title, expr } of targets) {
      const { faults, metrics: asked } = parsed(substituted(expr));
      expect({ title, faults }).toEqual({ title, faults: [] });
      expect(asked.length, title).toBeGreaterThan(0);
      for (const name of asked) expect(published, `${title}: ${name}`).toContain(name);
    }
  });

  test('target-rate-interval: every window over counters is as long as the scrape needs', () => {
    for (const { expr } of targets)
      for (const [, window] of expr.matchAll(/\[([^\]]*)\]/gu)) expect(window).toBe('$__rate_interval');
  });

  test('target-job, target-instance: every selector takes the chosen ones', () => {
    for (const { title, expr } of targets)
      for (const [, matchers = ''] of expr.matchAll(/\bplimsoll_\w+(\{[^}]*\})?/gu)) {
        expect(matchers, title).toContain('job=~"$job"');
        expect(matchers, title).toContain('instance=~"$instance"');
        expect(matchers, title).toContain('cluster=~"$cluster"');
      }
  });

  test('target-counter-agg: what only grows is asked for by its growth', () => {
    for (const { expr } of targets)
      for (const name of counters.filter((counter) => expr.includes(counter)))
        expect(expr).toMatch(new RegExp(`(rate|increase)\\(${name}(_bucket)?\\{`, 'u'));
  });

  test('uneditable-dashboard: it is changed in the generator', () => {
    expect(dashboard.editable).toBe(false);
  });

  test('panels have ids of their own, lie inside 24 columns and on top of no other', () => {
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
    const overlap = ({ gridPos: a }: Panel, { gridPos: b }: Panel) =>
      a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
    for (const [index, panel] of dashboard.panels.entries()) {
      expect(panel.gridPos.x + panel.gridPos.w).toBeLessThanOrEqual(24);
      for (const other of dashboard.panels.slice(index + 1))
        expect(overlap(panel, other), `${panel.title} and ${other.title}`).toBe(false);
    }
  });

  test('headroom is red below a tenth, orange below a quarter and green above', () => {
    const colours = panels.find(({ title }) => title === 'Headroom by resource')?.fieldConfig?.defaults.thresholds
      ?.steps;
    expect(colours).toEqual([
      { color: 'red', value: null },
      { color: 'orange', value: 0.1 },
      { color: 'green', value: 0.25 },
    ]);
  });

  test('it fits into a ConfigMap', () => {
    expect(text.length).toBeLessThan(2 ** 20);
  });
});
