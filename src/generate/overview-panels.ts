import { metrics } from '../names.ts';
import { type Draft, heading, headroomField, stat, steps, table, timeline, timeseries } from './panels.ts';
import { ofResource, ofTarget, select } from './select.ts';

const of = (metric: { readonly name: string }) => select(metric.name, ofTarget);
const ofEach = (metric: { readonly name: string }) => select(metric.name, ofTarget, ofResource);
const lowest = (by: string, series: string) => `min by (${by}) (${series})`;
const highest = (by: string, series: string) => `max by (${by}) (${series})`;
const resourceLabels = 'target, component, resource';
const day = 86400;

const answer: readonly Draft[] = [
  heading('Where the targets stand'),
  stat(
    {
      title: 'Headroom at the reference load',
      description:
        'Share of the capacity that the reference load leaves free: 0 % is saturated. Where only a bound is known, nothing is shown here; see the ranges below.',
      w: 6,
      h: 5,
    },
    [{ expr: lowest('target', of(metrics.targetHeadroom)), legend: '{{target}}' }],
    { ...headroomField, noValue: 'not known' },
  ),
  stat(
    {
      title: 'Capacity',
      description: 'Highest rate of good answers that the target sustains at the measured mix and configuration.',
      w: 5,
      h: 5,
    },
    [{ expr: lowest('target', of(metrics.capacity)), legend: '{{target}}' }],
    { unit: 'reqps', min: 0, noValue: 'not reached', thresholds: steps(['blue', null]) },
  ),
  stat(
    { title: 'Verdict', description: 'What the last complete run came to.', w: 5, h: 5 },
    [{ expr: highest('target, verdict', of(metrics.verdict)), legend: '{{target}}: {{verdict}}' }],
    { unit: 'none', noValue: 'no run yet', thresholds: steps(['text', null]) },
    'name',
  ),
  stat(
    {
      title: 'Probability',
      description: 'How sure the verdict is; the rest is what may limit without being observed.',
      w: 4,
      h: 5,
    },
    [{ expr: lowest('target', of(metrics.confidence)), legend: '{{target}}' }],
    {
      unit: 'percentunit',
      min: 0,
      max: 1,
      decimals: 0,
      noValue: 'none',
      thresholds: steps(['orange', null], ['green', 0.8]),
    },
  ),
  stat(
    { title: 'Age of the findings', description: 'Time since the last run that gave an answer ended.', w: 4, h: 5 },
    [{ expr: `time() - ${highest('target', of(metrics.lastSuccess))}`, legend: '{{target}}' }],
    {
      unit: 's',
      min: 0,
      decimals: 0,
      noValue: 'no answer yet',
      thresholds: steps(['green', null], ['orange', 2 * day], ['red', 8 * day]),
    },
  ),
];

const ranking: readonly Draft[] = [
  table(
    {
      title: 'First saturated',
      description: 'The resource that limits each target, by the last run that gave an answer.',
      w: 10,
      h: 8,
    },
    [{ expr: highest(`${resourceLabels}, resource_kind`, of(metrics.firstSaturated)), legend: '' }],
    {
      field: { unit: 'none' },
      overrides: [],
      transformations: [organised({ resource_kind: 'kind' }, ['Time', 'Value'])],
    },
  ),
  table(
    {
      title: 'Resources by headroom',
      description: 'Every resource with a known headroom at the reference load, the tightest first.',
      w: 14,
      h: 8,
    },
    [{ expr: `sort(${lowest(resourceLabels, ofEach(metrics.headroom))})`, legend: '' }],
    {
      field: headroomField,
      overrides: [
        {
          matcher: { id: 'byName', options: 'headroom' },
          properties: [{ id: 'custom.cellOptions', value: { type: 'gauge', mode: 'basic', valueDisplayMode: 'text' } }],
        },
      ],
      transformations: [
        organised({ Value: 'headroom' }, ['Time']),
        { id: 'sortBy', options: { fields: {}, sort: [{ field: 'headroom' }] } },
      ],
    },
  ),
];

function organised(names: Readonly<Record<string, string>>, hidden: readonly string[]): object {
  const excludeByName = Object.fromEntries(hidden.map((name) => [name, true]));
  return { id: 'organize', options: { excludeByName, indexByName: {}, renameByName: names } };
}

const overTime: readonly Draft[] = [
  heading('Over time'),
  timeseries(
    {
      title: 'Headroom by resource',
      description:
        'Share of the capacity of each resource that the reference load leaves free. What falls towards 0 comes next.',
      w: 12,
      h: 10,
    },
    [{ expr: lowest(resourceLabels, ofEach(metrics.headroom)), legend: '{{target}} {{component}} / {{resource}}' }],
    { ...headroomField, custom: { thresholdsStyle: { mode: 'dashed' } } },
  ),
  timeseries(
    {
      title: 'Headroom of the targets',
      description:
        'At the reference load with its 95 % interval, and at the load of the last observed window. A bound stands alone.',
      w: 12,
      h: 10,
    },
    [
      { expr: lowest('target', of(metrics.targetHeadroom)), legend: '{{target}}' },
      { expr: lowest('target', of(metrics.targetHeadroomLow)), legend: '{{target}} at least' },
      { expr: highest('target', of(metrics.targetHeadroomHigh)), legend: '{{target}} at most' },
      { expr: lowest('target', of(metrics.currentHeadroom)), legend: '{{target}} now' },
    ],
    headroomField,
    '.* (at least|at most)$',
  ),
  timeseries(
    {
      title: 'Capacity and reference load',
      description:
        'The highest sustained rate of good answers with its 95 % interval, and the load that headroom is stated against.',
      w: 12,
      h: 10,
    },
    [
      { expr: lowest('target', of(metrics.capacity)), legend: '{{target}} capacity' },
      { expr: lowest('target', of(metrics.capacityLow)), legend: '{{target}} at least' },
      { expr: highest('target', of(metrics.capacityHigh)), legend: '{{target}} at most' },
      { expr: highest('target', of(metrics.demand)), legend: '{{target}} reference load' },
    ],
    { unit: 'reqps', min: 0 },
    '.* (at least|at most)$',
  ),
  timeseries(
    {
      title: 'Peak share in use',
      description: 'Highest share of its ceiling that each resource used in the last run that gave an answer.',
      w: 12,
      h: 10,
    },
    [{ expr: highest(resourceLabels, ofEach(metrics.utilization)), legend: '{{target}} {{component}} / {{resource}}' }],
    { unit: 'percentunit', min: 0, max: 1 },
  ),
];

const runs: readonly Draft[] = [
  heading('Runs'),
  timeline(
    { title: 'Runs in progress', description: 'When a run was going on.', w: 12, h: 7 },
    [{ expr: highest('target', of(metrics.runInProgress)), legend: '{{target}}' }],
    {
      unit: 'none',
      thresholds: steps(['transparent', null], ['blue', 1]),
      mappings: [{ type: 'value', options: { '0': { text: 'idle', index: 0 }, '1': { text: 'running', index: 1 } } }],
    },
  ),
  timeseries(
    {
      title: 'Ended runs',
      description:
        'Runs that ended, by outcome: ok gave an answer, inconclusive gave none, aborted was cut off or stopped, error failed.',
      w: 12,
      h: 7,
    },
    [
      {
        expr: `max by (target, outcome) (increase(${of(metrics.runs)}[$__rate_interval]))`,
        legend: '{{target}} {{outcome}}',
      },
    ],
    { unit: 'short', min: 0, custom: { drawStyle: 'bars', fillOpacity: 60 } },
  ),
];

const itself: readonly Draft[] = [
  heading('Plimsoll itself'),
  timeseries(
    { title: 'Queries to Prometheus', description: 'Queries a second, by kind and outcome.', w: 8, h: 7 },
    [
      {
        expr: `sum by (query, outcome) (rate(${select(metrics.queries.name)}[$__rate_interval]))`,
        legend: '{{query}} {{outcome}}',
      },
    ],
    { unit: 'reqps', min: 0 },
  ),
  timeseries(
    {
      title: 'How long Prometheus takes to answer',
      description: '99th percentile of the time to an answer, by kind of query.',
      w: 8,
      h: 7,
    },
    [
      {
        expr: `histogram_quantile(0.99, sum by (le, query) (rate(${select(`${metrics.queryDuration.name}_bucket`)}[$__rate_interval])))`,
        legend: '{{query}}',
      },
    ],
    { unit: 's', min: 0 },
  ),
  stat(
    {
      title: 'Configuration',
      description: 'Whether the last attempt to read the configuration succeeded; if not, an older one is in force.',
      w: 4,
      h: 7,
    },
    [{ expr: `min by (instance) (${select(metrics.reloadSuccessful.name)})`, legend: '{{instance}}' }],
    {
      unit: 'bool',
      thresholds: steps(['red', null], ['green', 1]),
      mappings: [
        { type: 'value', options: { '0': { text: 'refused', index: 0 }, '1': { text: 'in force', index: 1 } } },
      ],
    },
  ),
  stat(
    {
      title: 'Failed store writes',
      description: 'Writes that the store could not keep within the last rate interval.',
      w: 4,
      h: 7,
    },
    [
      {
        expr: `sum by (instance) (increase(${select(metrics.storeWriteFailures.name)}[$__rate_interval]))`,
        legend: '{{instance}}',
      },
    ],
    { unit: 'short', min: 0, decimals: 0, thresholds: steps(['green', null], ['red', 1]) },
  ),
];

/** The panels of the overview, from the answer down to Plimsoll's own health. */
export const overviewPanels: readonly Draft[] = [...answer, ...ranking, ...overTime, ...runs, ...itself];
