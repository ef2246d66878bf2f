import { alerts, metrics, rules } from '../names.ts';

/** A rule that raises an alert. Durations as Prometheus writes them. */
export type Alert = {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly keepFiringFor?: string;
  readonly severity: 'critical' | 'warning';
  /** The same sentence for all that fire, so that they group. */
  readonly summary: string;
  readonly description: string;
};

/** A rule that keeps the result of a query as a series. */
export type Recording = { readonly record: string; readonly expr: string };

/** Replicas of Plimsoll show the same findings from one store: what is left are the labels that tell clusters and targets apart. */
const once = 'without (instance, pod)';
const ofResource = 'component, resource, resource_kind';
const day = 86400;

/** Below this share of the capacity, headroom is low. */
const low = 0.1;
/** A trend is only told from here on downwards. */
const near = 0.6;
/** Less than this is as good as nothing: a load at capacity is measured with noise. */
const nothing = 0.02;
const horizon = 14 * day;

/** One series a target where its headroom is known, or an upper bound of it. A lower bound alone is no reason to worry. */
export const recordings: readonly Recording[] = [
  {
    record: rules.resourceHeadroom,
    expr: `min ${once} (${metrics.headroom.name} or ${metrics.headroomHigh.name})`,
  },
  {
    record: rules.targetHeadroom,
    expr: `min ${once} (${metrics.targetHeadroom.name} or ${metrics.targetHeadroomHigh.name})`,
  },
];

const answeredWithin = (limit: number): string => `time() - max ${once} (${metrics.lastSuccess.name}) < ${limit}`;

const headroomAlerts: readonly Alert[] = [
  {
    alert: alerts.headroomLow,
    expr: `${rules.targetHeadroom} < ${low}
and
${answeredWithin(8 * day)}`,
    for: '15m',
    keepFiringFor: '1h',
    severity: 'warning',
    summary: 'A target has little headroom left at its reference load.',
    description:
      '{{ $labels.target }} has {{ $value | humanizePercentage }} of its capacity left at its reference load. Its resources with the least headroom are on the dashboard.',
  },
  {
    alert: alerts.headroomShrinking,
    expr: `predict_linear(${rules.resourceHeadroom}[7d], ${horizon}) < ${low}
and
deriv(${rules.resourceHeadroom}[7d]) < 0
and
changes(${rules.resourceHeadroom}[7d]) >= 3
and
${rules.resourceHeadroom} < ${near}
and ignoring (${ofResource})
${answeredWithin(2 * day)}`,
    for: '1h',
    keepFiringFor: '1d',
    severity: 'warning',
    summary: 'The headroom of a resource shrinks and will be low within 14 days.',
    description:
      '{{ $labels.component }} / {{ $labels.resource }} of {{ $labels.target }}: at the trend of the last 7 days, {{ $value | humanizePercentage }} of its capacity is left in 14 days.',
  },
  {
    alert: alerts.resourceSaturated,
    expr: `max ${once} (${metrics.firstSaturated.name}) == 1
and ignoring (${ofResource})
min ${once} (${metrics.currentHeadroom.name} or ${metrics.currentHeadroomHigh.name}) < ${nothing}
and ignoring (${ofResource})
${answeredWithin(3600)}`,
    for: '5m',
    keepFiringFor: '15m',
    severity: 'critical',
    summary: 'A resource is saturated by the traffic that there is now.',
    description:
      '{{ $labels.component }} / {{ $labels.resource }} limits {{ $labels.target }}: the load of the last observed window used up its capacity.',
  },
];

const runAlerts: readonly Alert[] = [
  {
    alert: alerts.runStale,
    expr: `time() - max ${once} (${metrics.lastSuccess.name}) > ${8 * day}`,
    for: '15m',
    severity: 'warning',
    summary: 'The findings of a target are old.',
    description: 'The last run of {{ $labels.target }} that gave an answer ended {{ $value | humanizeDuration }} ago.',
  },
  {
    alert: alerts.runFailing,
    expr: `max without (instance, pod, outcome) (increase(${metrics.runs.name}{outcome!="ok"}[1d])) > 1
unless
max without (instance, pod, outcome) (increase(${metrics.runs.name}{outcome="ok"}[1d])) > 0`,
    for: '15m',
    severity: 'warning',
    summary: 'No run of a target has given an answer for a day.',
    description: '{{ $labels.target }}: runs ended within the last day, and none of them gave an answer.',
  },
];

const ownAlerts: readonly Alert[] = [
  {
    alert: alerts.prometheusUnreachable,
    expr: `sum without (query, outcome) (rate(${metrics.queries.name}{outcome="error"}[10m]))
/
sum without (query, outcome) (rate(${metrics.queries.name}[10m]))
> 0.5`,
    for: '10m',
    severity: 'warning',
    summary: 'Plimsoll gets no answers from a Prometheus that it reads.',
    description: '{{ $value | humanizePercentage }} of the queries of {{ $labels.instance }} failed over 10 minutes.',
  },
  {
    alert: alerts.configReloadFailed,
    expr: `max_over_time(${metrics.reloadSuccessful.name}[5m]) == 0`,
    for: '10m',
    severity: 'warning',
    summary: 'Plimsoll refused its new configuration.',
    description: '{{ $labels.instance }} could not read its configuration; an older one is in force.',
  },
  {
    alert: alerts.storeWritesFail,
    expr: `increase(${metrics.storeWriteFailures.name}[15m]) > 0`,
    for: '0m',
    keepFiringFor: '15m',
    severity: 'warning',
    summary: 'Plimsoll cannot keep its results.',
    description: 'The store of {{ $labels.instance }} refused writes within the last 15 minutes: reports may be lost.',
  },
  {
    alert: alerts.down,
    expr: `absent(${metrics.build.name})`,
    for: '15m',
    severity: 'warning',
    summary: 'No Plimsoll is scraped.',
    description:
      'There is no series of Plimsoll: it does not run or is not scraped, and every other alert of it is silent.',
  },
];

/** The groups of alerts, by what they are about. */
export const alertGroups = [
  { name: 'plimsoll-headroom', alerts: headroomAlerts },
  { name: 'plimsoll-runs', alerts: runAlerts },
  { name: 'plimsoll-itself', alerts: ownAlerts },
] as const satisfies readonly { readonly name: string; readonly alerts: readonly Alert[] }[];
