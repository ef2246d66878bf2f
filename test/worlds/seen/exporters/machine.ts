import { itself } from '../../engine.ts';
import type { Resource } from '../../world.ts';
import { machineOf } from '../naming.ts';
import { type Row, row, type Told } from '../row.ts';
import type { Glimpse } from '../sight.ts';
import { lineOf } from './line.ts';

/** How busy time is booked: shares of it by mode. */
const busyModes = { user: 0.78, system: 0.17, softirq: 0.04, irq: 0.01, nice: 0, steal: 0 } as const;
/** Idle time with an operation of a disk under way is booked as iowait. */
const iowait = 0.02;

const GiB = 2 ** 30;

/** What node_exporter tells of the machine of an instance; `tenants` are disks and lines of what runs on it. */
export function machine(seen: Glimpse, tenants: readonly Tenant[]): readonly Told[] {
  const { resources, technology } = seen.part;
  const ofItsKernel = resources.filter(({ kind }) => kind !== 'pool' || technology === 'node');
  const own = ofItsKernel.map(
    (resource): Tenant => ({
      part: seen.part.name,
      resource,
      device: resource.id,
      of: (now) => now,
    }),
  );
  const memory = resources.some(({ kind }) => kind === 'memory') ? [] : [{ of: undefined, rows: plentyOfMemory }];
  return [
    { of: undefined, rows: always(seen) },
    ...memory,
    ...[...own, ...tenants].flatMap((tenant) => toldOf(tenant)),
  ];
}

/** A resource that is seen at a machine: whose it is, under which device, and where it is looked up. */
export type Tenant = {
  readonly part: string;
  readonly resource: Resource;
  readonly device: string;
  readonly of: (seen: Glimpse) => Glimpse | undefined;
};

function toldOf(tenant: Tenant): readonly Told[] {
  const rows = rowsOf(tenant);
  return rows.length > 0 ? [{ of: tenant.resource.id, part: tenant.part, rows }] : [];
}

function rowsOf(tenant: Tenant): readonly Row[] {
  const { resource } = tenant;
  switch (resource.kind) {
    case 'cpu':
      return processors(resource.id, Math.ceil(resource.cores));
    case 'memory':
      return memoryRows(resource.id);
    case 'disk':
      return disk(tenant);
    case 'link':
      return network(resource.id, resource.bytes);
    case 'pool':
      return table(resource.id);
    default:
      return [];
  }
}

const always = (seen: Glimpse): readonly Row[] => {
  const nodename = machineOf(seen.part.name, seen.replica);
  return [
    row('node_uname_info', { nodename, sysname: 'Linux', machine: 'x86_64' }, () => 1),
    row('node_boot_time_seconds', {}, ({ since }) => Math.round(since)),
    row('node_filefd_allocated', {}, () => 2048),
    row('node_filefd_maximum', {}, () => 2 ** 63),
    row('node_vmstat_oom_kill', {}, () => 0),
    row('node_pressure_memory_stalled_seconds_total', {}, () => 0),
  ];
};

const plentyOfMemory: readonly Row[] = [
  row('node_memory_MemTotal_bytes', {}, () => 16 * GiB),
  row('node_memory_MemAvailable_bytes', {}, () => 11 * GiB),
];

/** Work is spread evenly over processors; what others use is in it. */
function processors(id: string, count: number): readonly Row[] {
  const busy = (seen: Glimpse): number => ((seen.look(id)?.usedTime ?? 0) + seen.besides(id).total) / count;
  const idle = (seen: Glimpse): number => Math.max(0, seen.now - seen.since - busy(seen));
  const cpus = Array.from({ length: count }, (_, index) => String(index));
  return [
    ...cpus.flatMap((cpu) => [
      ...Object.entries(busyModes).map(([mode, share]) =>
        row('node_cpu_seconds_total', { cpu, mode }, (seen) => share * busy(seen)),
      ),
      row('node_cpu_seconds_total', { cpu, mode: 'idle' }, (seen) => (1 - iowait) * idle(seen)),
      row('node_cpu_seconds_total', { cpu, mode: 'iowait' }, (seen) => iowait * idle(seen)),
      row('node_schedstat_waiting_seconds_total', { cpu }, (seen) => (seen.look(id)?.waitingTime ?? 0) / count),
    ]),
    row('node_procs_running', {}, (seen) => {
      const look = seen.look(id);
      return look ? Math.round(look.used + look.waiting) : 0;
    }),
  ];
}

function memoryRows(id: string): readonly Row[] {
  const used = (seen: Glimpse): number => (seen.look(id)?.used ?? 0) + seen.besides(id).level;
  return [
    row('node_memory_MemTotal_bytes', {}, (seen) => seen.look(id)?.size ?? 0),
    row('node_memory_MemAvailable_bytes', {}, (seen) => Math.max(0, (seen.look(id)?.size ?? 0) - used(seen))),
  ];
}

function disk({ resource, device: named, of }: Tenant): readonly Row[] {
  const device = { device: named };
  const latency = resource.kind === 'disk' ? resource.latency : 0;
  const told = (name: string, each: number) => (seen: Glimpse) => {
    const at = of(seen);
    const own = at?.look(resource.id)?.more[name];
    return at === undefined || own === undefined ? undefined : own + each * at.besides(resource.id).total;
  };
  const half = (name: string, each: number) => (seen: Glimpse) => {
    const all = told(name, each)(seen);
    return all === undefined ? undefined : all / 2;
  };
  return [
    row('node_disk_io_time_seconds_total', device, told('busyTime', 0)),
    row('node_disk_io_time_weighted_seconds_total', device, (seen) => {
      const look = of(seen)?.look(resource.id);
      return look && look.usedTime + look.waitingTime;
    }),
    row('node_disk_io_now', device, (seen) => {
      const look = of(seen)?.look(resource.id);
      return look && look.used + look.waiting;
    }),
    row('node_disk_reads_completed_total', device, half('operations', 1)),
    row('node_disk_writes_completed_total', device, half('operations', 1)),
    row('node_disk_read_bytes_total', device, half('bytes', block)),
    row('node_disk_written_bytes_total', device, half('bytes', block)),
    row('node_disk_read_time_seconds_total', device, half('operationTime', latency)),
    row('node_disk_write_time_seconds_total', device, half('operationTime', latency)),
  ];
}

/** Others' operations are small (bytes). */
const block = 4096;

function network(id: string, speed: number): readonly Row[] {
  const device = { device: id };
  const { bytes, drops } = lineOf(id);
  return [
    row('node_network_transmit_bytes_total', device, bytes),
    row('node_network_receive_bytes_total', device, (seen) => {
      const out = bytes(seen);
      return out === undefined ? undefined : out / 20;
    }),
    row('node_network_transmit_drop_total', device, drops),
    row('node_network_receive_drop_total', device, () => 0),
    row('node_network_speed_bytes', device, () => speed),
  ];
}

/** A pool of a machine is a table of its kernel. */
function table(id: string): readonly Row[] {
  const used = (seen: Glimpse) => seen.look(id)?.used;
  const size = (seen: Glimpse) => seen.look(id)?.size;
  const refused = (seen: Glimpse) => seen.look(id)?.refusals;
  if (id.includes('port')) {
    const lingering = (seen: Glimpse) => seen.look(id)?.more.lingering;
    return [
      row('node_sockstat_TCP_inuse', {}, (seen) => {
        const all = used(seen);
        return all === undefined ? undefined : all - (lingering(seen) ?? 0);
      }),
      row('node_sockstat_TCP_tw', {}, lingering),
    ];
  }
  if (id.includes('descriptor')) return [];
  return [
    row('node_nf_conntrack_entries', {}, used),
    row('node_nf_conntrack_entries_limit', {}, size),
    row('node_nf_conntrack_stat_drop', {}, refused),
    row('node_nf_conntrack_stat_insert_failed', {}, () => 0),
  ];
}

/** CPU time of an instance's own work, as its process or container tells it. */
export const ownCpu = (seen: Glimpse): number => seen.look(itself)?.usedTime ?? 0;
