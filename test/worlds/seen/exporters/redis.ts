import type { Resource } from '../../world.ts';
import { type Row, row, type Told } from '../row.ts';
import type { Glimpse } from '../sight.ts';
import { ownCpu } from './machine.ts';

/** What redis_exporter tells. */
export function redis({ part }: Glimpse): readonly Told[] {
  const workers = part.resources.find(({ kind }) => kind === 'workers');
  const pool = part.resources.find(({ kind }) => kind === 'pool');
  return [
    { of: undefined, rows: always },
    { of: workers?.id, rows: thread(workers?.id) },
    { of: pool?.id, rows: clients(pool?.id) },
    ...part.resources.flatMap((resource) => {
      const rows = kept(resource);
      return rows.length > 0 ? [{ of: resource.id, rows }] : [];
    }),
  ];
}

const always: readonly Row[] = [
  row('redis_up', {}, () => 1),
  row('redis_start_time_seconds', {}, ({ since }) => Math.round(since)),
  row('redis_uptime_in_seconds', {}, ({ now, since }) => Math.floor(now - since)),
  row('redis_blocked_clients', {}, () => 0),
];

/** Commands are worked on by one thread. */
function thread(id: string | undefined): readonly Row[] {
  const look = (seen: Glimpse) => (id === undefined ? undefined : seen.look(id));
  return [
    row('redis_cpu_user_main_thread_seconds_total', {}, (seen) => 0.6 * ownCpu(seen)),
    row('redis_cpu_sys_main_thread_seconds_total', {}, (seen) => 0.4 * ownCpu(seen)),
    row('redis_cpu_user_seconds_total', {}, (seen) => 0.6 * ownCpu(seen)),
    row('redis_cpu_sys_seconds_total', {}, (seen) => 0.4 * ownCpu(seen)),
    row('redis_commands_processed_total', {}, (seen) => look(seen)?.completions),
    row('redis_commands_duration_seconds_total', { cmd: 'get' }, (seen) => look(seen)?.usedTime),
    row('redis_commands_total', { cmd: 'get' }, (seen) => look(seen)?.completions),
  ];
}

function clients(id: string | undefined): readonly Row[] {
  const look = (seen: Glimpse) => (id === undefined ? undefined : seen.look(id));
  return [
    row('redis_connected_clients', {}, (seen) => look(seen)?.used ?? 20),
    row('redis_config_maxclients', {}, (seen) => look(seen)?.size ?? 10_000),
    row('redis_rejected_connections_total', {}, (seen) => look(seen)?.refusals ?? 0),
  ];
}

/** Each request leaves a key, and nothing tells it to go. */
const keysFor = ({ id, base, leak }: Extract<Resource, { kind: 'memory' }>): readonly Row[] => [
  row('redis_db_keys', { db: 'db0' }, (seen) => {
    const look = seen.look(id);
    return look && Math.max(0, (look.used - base) / leak);
  }),
  row('redis_db_keys_expiring', { db: 'db0' }, () => 0),
];

function kept(resource: Resource): readonly Row[] {
  const { id } = resource;
  if (resource.kind === 'memory') {
    return [
      row('redis_memory_used_bytes', {}, (seen) => seen.look(id)?.used),
      // What kills it is the limit of its container or machine: it has none of its own.
      row('redis_memory_max_bytes', {}, () => 0),
      row('redis_evicted_keys_total', {}, () => 0),
      ...(resource.leak > 0 ? keysFor(resource) : []),
    ];
  }
  if (resource.kind !== 'cache') return [];
  const told = (name: string) => (seen: Glimpse) => seen.look(id)?.more[name];
  const bytes = (entries: number | undefined) => (entries === undefined ? undefined : entries * resource.each);
  return [
    row('redis_keyspace_hits_total', {}, told('hits')),
    row('redis_keyspace_misses_total', {}, told('misses')),
    row('redis_evicted_keys_total', {}, told('evictions')),
    row('redis_db_keys', { db: 'db0' }, told('entries')),
    row('redis_memory_used_bytes', {}, (seen) => bytes(told('entries')(seen))),
    row('redis_memory_max_bytes', {}, (seen) => bytes(seen.look(id)?.size)),
  ];
}
