import { datasource, type Field, type Panel, type Target } from './grafana.ts';

/** A panel before it has its place: how wide and high it is, what it asks and how it shows it. */
export type Draft = Omit<Panel, 'id' | 'gridPos'> & { readonly w: number; readonly h: number };

export type Query = { readonly expr: string; readonly legend: string };

type About = { readonly title: string; readonly description: string; readonly w: number; readonly h: number };

/** Red below a tenth, orange below a quarter, green from there on. */
export const headroomField: Field = {
  unit: 'percentunit',
  min: 0,
  max: 1,
  decimals: 0,
  thresholds: steps(['red', null], ['orange', 0.1], ['green', 0.25]),
};

/** Thresholds from (colour, from which value on). */
export function steps(...colours: readonly (readonly [string, number | null])[]): NonNullable<Field['thresholds']> {
  return { mode: 'absolute', steps: colours.map(([color, value]) => ({ color, value })) };
}

/** One number a series, as large as there is room. */
export function stat(about: About, queries: readonly Query[], field: Field, textMode: 'auto' | 'name' = 'auto'): Draft {
  return {
    ...about,
    type: 'stat',
    datasource,
    targets: queries.map((query, index) => ({ ...target(query, index), instant: true, range: false })),
    fieldConfig: { defaults: field, overrides: [] },
    options: {
      colorMode: 'value',
      graphMode: 'none',
      textMode,
      justifyMode: 'auto',
      orientation: 'auto',
      reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
    },
  };
}

/** Lines over time, with their last and lowest values in a table below; `dashed` names series by a pattern. */
export function timeseries(about: About, queries: readonly Query[], field: Field, dashed?: string): Draft {
  const custom = {
    lineWidth: 2,
    fillOpacity: 0,
    spanNulls: true,
    showPoints: 'auto',
    drawStyle: 'line',
    ...field.custom,
  };
  return {
    ...about,
    type: 'timeseries',
    datasource,
    targets: queries.map(target),
    fieldConfig: { defaults: { ...field, custom }, overrides: dashed === undefined ? [] : [dashes(dashed)] },
    options: {
      legend: { displayMode: 'table', placement: 'bottom', showLegend: true, calcs: ['lastNotNull', 'min'] },
      tooltip: { mode: 'multi', sort: 'desc' },
    },
  };
}

const dashes = (pattern: string): object => ({
  matcher: { id: 'byRegexp', options: pattern },
  properties: [
    { id: 'custom.lineStyle', value: { fill: 'dash', dash: [8, 6] } },
    { id: 'custom.lineWidth', value: 1 },
  ],
});

/** A table of the labels of instant queries, with what is to happen to its columns. */
export function table(
  about: About,
  queries: readonly Query[],
  {
    field,
    overrides,
    transformations,
  }: { field: Field; overrides: readonly object[]; transformations: readonly object[] },
): Draft {
  return {
    ...about,
    type: 'table',
    datasource,
    targets: queries.map((query, index) => ({ ...target(query, index), instant: true, range: false, format: 'table' })),
    fieldConfig: { defaults: field, overrides },
    options: { showHeader: true, cellHeight: 'sm' },
    transformations,
  };
}

/** A coloured band for what is going on. */
export function timeline(about: About, queries: readonly Query[], field: Field): Draft {
  return {
    ...about,
    type: 'state-timeline',
    datasource,
    targets: queries.map(target),
    fieldConfig: { defaults: { ...field, custom: { fillOpacity: 80, lineWidth: 0 } }, overrides: [] },
    options: {
      showValue: 'never',
      mergeValues: true,
      rowHeight: 0.8,
      legend: { showLegend: false, displayMode: 'list', placement: 'bottom' },
    },
  };
}

function target({ expr, legend }: Query, index: number): Target {
  const refId = String.fromCharCode(65 + index);
  return { refId, datasource, expr, legendFormat: legend, instant: false, range: true, format: 'time_series' };
}

/** A heading over the panels that follow it. */
export function heading(title: string): Draft {
  return { type: 'row', title, w: 24, h: 1, collapsed: false, panels: [] };
}

const columns = 24;

/** Gives panels their places, left to right in rows as high as their highest panel, and ids in their order. */
export function placed(drafts: readonly Draft[]): readonly Panel[] {
  let [x, y, high] = [0, 0, 0];
  return drafts.map(({ w, h, ...panel }, index) => {
    if (x + w > columns) [x, y, high] = [0, y + high, 0];
    const gridPos = { h, w, x, y };
    [x, high] = [x + w, Math.max(high, h)];
    return { id: index + 1, gridPos, ...panel };
  });
}
