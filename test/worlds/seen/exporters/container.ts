import type { Labels } from '../../../../src/model/labels.ts';
import type { World } from '../../world.ts';
import { containerLabels } from '../naming.ts';
import { labelled, type Row, row, type Told } from '../row.ts';
import type { Glimpse } from '../sight.ts';
import { lineOf } from './line.ts';
import { ownCpu } from './machine.ts';

/** What cAdvisor in the kubelet tells of the container of an instance. */
export function container(world: World, seen: Glimpse): readonly Told[] {
  const labels = {
    ...containerLabels(world, seen),
    image: `registry.example/${seen.part.name}:1`,
    metrics_path: '/metrics/cadvisor',
  };
  const quota = seen.part.resources.find(({ kind }) => kind === 'quota');
  const memory = seen.part.resources.find(({ kind }) => kind === 'memory');
  const used = (now: Glimpse): number => ownCpu(now) + (quota ? now.besides(quota.id).total : 0);
  return [
    { of: undefined, rows: labelled(always(used, memory === undefined), labels) },
    ...(quota ? [{ of: quota.id, rows: labelled(throttling(quota.id), labels) }] : []),
    ...(memory ? [{ of: memory.id, rows: labelled(memoryOf(memory.id), labels) }] : []),
    ...seen.part.resources
      .filter(({ kind }) => kind === 'link')
      .map(({ id }) => ({ of: id, rows: labelled(network(id), ofPod(labels)) })),
  ];
}

/** The containers of a pod share its network. */
const ofPod = ({ container: _, image: _image, ...labels }: Labels): Labels => labels;

const usual = 200 * 2 ** 20;

function always(used: (seen: Glimpse) => number, isMemoryPlenty: boolean): readonly Row[] {
  return [
    row('container_cpu_usage_seconds_total', { cpu: 'total' }, used),
    row('container_oom_events_total', {}, () => 0),
    row('container_pressure_memory_stalled_seconds_total', {}, () => 0),
    ...(isMemoryPlenty ? [row('container_memory_working_set_bytes', {}, () => usual)] : []),
  ];
}

function throttling(id: string): readonly Row[] {
  const told = (name: string) => (seen: Glimpse) => seen.look(id)?.more[name];
  return [
    row('container_cpu_cfs_periods_total', {}, told('periods')),
    row('container_cpu_cfs_throttled_periods_total', {}, told('throttledPeriods')),
    row('container_cpu_cfs_throttled_seconds_total', {}, told('throttledTime')),
  ];
}

const memoryOf = (id: string): readonly Row[] => [
  row('container_memory_working_set_bytes', {}, (seen) => {
    const look = seen.look(id);
    return look && Math.min(look.size, look.used + seen.besides(id).level);
  }),
];

/** Answers leave by it; what comes in is small. */
function network(id: string): readonly Row[] {
  const labels = { interface: 'eth0' };
  const { bytes, drops } = lineOf(id);
  return [
    row('container_network_transmit_bytes_total', labels, bytes),
    row('container_network_transmit_packets_dropped_total', labels, drops),
    row('container_network_receive_bytes_total', labels, (seen) => answerOf(bytes(seen))),
    row('container_network_receive_packets_dropped_total', labels, () => 0),
  ];
}

const answerOf = (out: number | undefined): number | undefined => (out === undefined ? undefined : out / 20);
