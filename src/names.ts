/** The labels that Plimsoll's own series carry. Never service, namespace, pod, instance, job, container or endpoint: scrapers overwrite those. */
export const labels = {
  target: 'target',
  component: 'component',
  resource: 'resource',
  kind: 'resource_kind',
  outcome: 'outcome',
  query: 'query',
  verdict: 'verdict',
  run: 'run_id',
  version: 'version',
  node: 'node_version',
} as const;

export type Label = (typeof labels)[keyof typeof labels];

/** One family of series: its name with its Prometheus suffix, the UCUM unit that matches the suffix, and its labels. */
export type Metric = {
  readonly name: string;
  readonly type: 'gauge' | 'counter' | 'histogram';
  readonly unit: '' | '1' | 's' | '{request}/s';
  readonly labels: readonly Label[];
  readonly help: string;
};

const ofTarget = [labels.target] as const;
const ofResource = [labels.target, labels.component, labels.resource, labels.kind] as const;

/** Every metric of Plimsoll. A number with an interval has `_low` and `_high` beside it; what is only a bound has one of them alone. */
export const metrics = {
  build: {
    name: 'plimsoll_build_info',
    type: 'gauge',
    unit: '',
    labels: [labels.version, labels.node],
    help: 'The version that runs; always 1.',
  },
  headroom: {
    name: 'plimsoll_headroom_ratio',
    type: 'gauge',
    unit: '1',
    labels: ofResource,
    help: 'Share of the capacity of a resource that the reference load leaves free; 0 is saturated, 1 is idle.',
  },
  headroomLow: {
    name: 'plimsoll_headroom_ratio_low',
    type: 'gauge',
    unit: '',
    labels: ofResource,
    help: 'Lower end of the 95 % interval of plimsoll_headroom_ratio, or the bound where it is only known to be at least this.',
  },
  headroomHigh: {
    name: 'plimsoll_headroom_ratio_high',
    type: 'gauge',
    unit: '',
    labels: ofResource,
    help: 'Upper end of the 95 % interval of plimsoll_headroom_ratio, or the bound where it is only known to be at most this.',
  },
  targetHeadroom: {
    name: 'plimsoll_target_headroom_ratio',
    type: 'gauge',
    unit: '1',
    labels: ofTarget,
    help: 'Share of the capacity of a target that the reference load leaves free.',
  },
  targetHeadroomLow: {
    name: 'plimsoll_target_headroom_ratio_low',
    type: 'gauge',
    unit: '',
    labels: ofTarget,
    help: 'Lower end of the 95 % interval of plimsoll_target_headroom_ratio, or the bound where it is only known to be at least this.',
  },
  targetHeadroomHigh: {
    name: 'plimsoll_target_headroom_ratio_high',
    type: 'gauge',
    unit: '',
    labels: ofTarget,
    help: 'Upper end of the 95 % interval of plimsoll_target_headroom_ratio, or the bound where it is only known to be at most this.',
  },
  currentHeadroom: {
    name: 'plimsoll_current_headroom_ratio',
    type: 'gauge',
    unit: '1',
    labels: ofTarget,
    help: 'Share of the capacity of a target that the load at the end of the last observed window left free.',
  },
  currentHeadroomLow: {
    name: 'plimsoll_current_headroom_ratio_low',
    type: 'gauge',
    unit: '',
    labels: ofTarget,
    help: 'Lower end of the 95 % interval of plimsoll_current_headroom_ratio, or the bound where it is only known to be at least this.',
  },
  currentHeadroomHigh: {
    name: 'plimsoll_current_headroom_ratio_high',
    type: 'gauge',
    unit: '',
    labels: ofTarget,
    help: 'Upper end of the 95 % interval of plimsoll_current_headroom_ratio, or the bound where it is only known to be at most this.',
  },
  utilization: {
    name: 'plimsoll_resource_utilization_ratio',
    type: 'gauge',
    unit: '1',
    labels: ofResource,
    help: 'Highest share of its ceiling that a resource used in the last run that gave an answer.',
  },
  capacity: {
    name: 'plimsoll_capacity_requests_per_second',
    type: 'gauge',
    unit: '{request}/s',
    labels: ofTarget,
    help: 'Highest rate of good answers that a target sustains.',
  },
  capacityLow: {
    name: 'plimsoll_capacity_requests_per_second_low',
    type: 'gauge',
    unit: '',
    labels: ofTarget,
    help: 'Lower end of the 95 % interval of the capacity, or the bound where saturation was not reached.',
  },
  capacityHigh: {
    name: 'plimsoll_capacity_requests_per_second_high',
    type: 'gauge',
    unit: '',
    labels: ofTarget,
    help: 'Upper end of the 95 % interval of the capacity.',
  },
  demand: {
    name: 'plimsoll_demand_requests_per_second',
    type: 'gauge',
    unit: '{request}/s',
    labels: ofTarget,
    help: 'The reference load that headroom is stated against.',
  },
  firstSaturated: {
    name: 'plimsoll_first_saturated_info',
    type: 'gauge',
    unit: '',
    labels: ofResource,
    help: 'The resource that saturated first in the last run that gave an answer; always 1, absent where none did.',
  },
  verdict: {
    name: 'plimsoll_verdict_info',
    type: 'gauge',
    unit: '',
    labels: [labels.target, labels.verdict],
    help: 'What the last complete run came to, answer or not; always 1.',
  },
  confidence: {
    name: 'plimsoll_finding_confidence_ratio',
    type: 'gauge',
    unit: '1',
    labels: ofTarget,
    help: 'Probability of the verdict of the last run that gave an answer.',
  },
  lastRun: {
    name: 'plimsoll_last_run_timestamp_seconds',
    type: 'gauge',
    unit: 's',
    labels: ofTarget,
    help: 'When the last run of a target ended, however it ended.',
  },
  lastSuccess: {
    name: 'plimsoll_last_successful_run_timestamp_seconds',
    type: 'gauge',
    unit: 's',
    labels: ofTarget,
    help: 'When the last run of a target that gave an answer ended; the findings are of that age.',
  },
  runInfo: {
    name: 'plimsoll_run_info',
    type: 'gauge',
    unit: '',
    labels: [labels.target, labels.run],
    help: 'The run that the findings of a target come from; always 1.',
  },
  runs: {
    name: 'plimsoll_runs_total',
    type: 'counter',
    unit: '',
    labels: [labels.target, labels.outcome],
    help: 'Ended runs: ok gave an answer, inconclusive gave none, aborted was cut off or stopped, error failed.',
  },
  runInProgress: {
    name: 'plimsoll_run_in_progress',
    type: 'gauge',
    unit: '',
    labels: ofTarget,
    help: '1 while a run of a target is going on, else 0.',
  },
  queries: {
    name: 'plimsoll_prometheus_queries_total',
    type: 'counter',
    unit: '',
    labels: [labels.query, labels.outcome],
    help: 'Queries sent to Prometheus: query is range, instant or other, outcome is ok or error.',
  },
  queryDuration: {
    name: 'plimsoll_prometheus_query_duration_seconds',
    type: 'histogram',
    unit: 's',
    labels: [labels.query],
    help: 'How long Prometheus took to answer.',
  },
  reloadSuccessful: {
    name: 'plimsoll_config_last_reload_successful',
    type: 'gauge',
    unit: '',
    labels: [],
    help: 'Whether the last attempt to read the configuration succeeded; 0 means that an older one is in force.',
  },
  reloadTimestamp: {
    name: 'plimsoll_config_last_reload_success_timestamp_seconds',
    type: 'gauge',
    unit: 's',
    labels: [],
    help: 'When the configuration was last read with success.',
  },
  storeWriteFailures: {
    name: 'plimsoll_store_write_failures_total',
    type: 'counter',
    unit: '',
    labels: [],
    help: 'Writes that the store could not keep.',
  },
} as const satisfies Record<string, Metric>;

/** Recording rules, named level:metric:operation. */
export const rules = {
  resourceHeadroom: 'target_resource:plimsoll_headroom_ratio:min',
  targetHeadroom: 'target:plimsoll_headroom_ratio:min',
} as const;

/** Alerts; each has a runbook of the same name in deploy/alerts. */
export const alerts = {
  headroomLow: 'PlimsollHeadroomLow',
  headroomShrinking: 'PlimsollHeadroomShrinking',
  resourceSaturated: 'PlimsollResourceSaturated',
  runStale: 'PlimsollRunStale',
  runFailing: 'PlimsollRunFailing',
  prometheusUnreachable: 'PlimsollPrometheusUnreachable',
  configReloadFailed: 'PlimsollConfigReloadFailed',
  storeWritesFail: 'PlimsollStoreWritesFail',
  down: 'PlimsollDown',
} as const;

/** Dashboards: uid and title. */
export const dashboards = {
  overview: { uid: 'plimsoll-overview', title: 'Plimsoll / Overview' },
} as const;
