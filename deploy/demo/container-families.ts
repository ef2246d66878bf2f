import type { Family, Labels, Sample } from './exposition.ts';
import type { GroupReading, Quota } from './group-readings.ts';
import type { Pod } from './pod.ts';

export interface PodReading {
  readonly pod: Pod;
  readonly reading: GroupReading;
}

type Row = readonly [
  name: string,
  type: Family['type'],
  help: string,
  value: (reading: GroupReading) => number | undefined,
];

const ofQuota =
  (pick: (quota: Quota) => number) =>
  ({ quota }: GroupReading): number | undefined =>
    quota === undefined ? undefined : pick(quota);

/** cAdvisor's names; what belongs to a limit is there only where one is set, as with cAdvisor. */
const rows: readonly Row[] = [
  ['container_cpu_usage_seconds_total', 'counter', 'Cumulative cpu time consumed in seconds.', (r) => r.cpuSeconds],
  [
    'container_cpu_cfs_periods_total',
    'counter',
    'Number of elapsed enforcement period intervals.',
    ofQuota((q) => q.periods),
  ],
  [
    'container_cpu_cfs_throttled_periods_total',
    'counter',
    'Number of throttled period intervals.',
    ofQuota((q) => q.throttledPeriods),
  ],
  [
    'container_cpu_cfs_throttled_seconds_total',
    'counter',
    'Total time duration the container has been throttled.',
    ofQuota((q) => q.throttledSeconds),
  ],
  ['container_spec_cpu_quota', 'gauge', 'CPU quota of the container.', ofQuota((q) => q.quota)],
  ['container_spec_cpu_period', 'gauge', 'CPU period of the container.', (r) => r.quota?.period ?? 100_000],
  ['container_spec_memory_limit_bytes', 'gauge', 'Memory limit for the container.', () => 0],
  ['container_memory_working_set_bytes', 'gauge', 'Current working set in bytes.', (r) => r.workingSet],
  ['container_memory_rss', 'gauge', 'Size of RSS in bytes.', (r) => r.anonymousMemory],
  [
    'container_pressure_cpu_waiting_seconds_total',
    'counter',
    'Total time duration tasks in the container have waited due to CPU congestion.',
    (r) => r.cpuWaitingSeconds,
  ],
  ['container_processes', 'gauge', 'Number of processes running inside the container.', (r) => r.processes],
];

/** The metrics of cAdvisor for pods that have a control group. */
export function containerFamilies(pods: readonly PodReading[]): readonly Family[] {
  return rows.map(([name, type, help, value]) => ({
    name,
    type,
    help,
    samples: pods.flatMap(({ pod, reading }): readonly Sample[] => {
      const number = value(reading);
      return number === undefined ? [] : [{ labels: labelsOf(name, pod), value: number }];
    }),
  }));
}

function labelsOf(name: string, { container, uid, image, namespace, pod }: Pod): Labels {
  const labels = {
    container,
    id: `/kubepods/burstable/pod${uid}/${container}`,
    image,
    name: container,
    namespace,
    pod,
  };
  return name === 'container_cpu_usage_seconds_total' ? { ...labels, cpu: 'total' } : labels;
}
