import type { Resource } from '../../world.ts';
import { type Row, row, type Told } from '../row.ts';
import type { Glimpse } from '../sight.ts';

const MiB = 2 ** 20;
/** The heap of a process that has plenty. */
const plenty = { used: 120 * MiB, most: 1024 * MiB } as const;
/** Connections that are kept open and ask for nothing. */
const idleConnections = 20;

/** What a Java virtual machine tells through Micrometer: its heap, the threads of its web server, its pools, its locks. */
export function jvm({ part: { resources } }: Glimpse): readonly Told[] {
  const heap = resources.find(({ kind }) => kind === 'heap');
  const lock = resources.find(({ kind }) => kind === 'lock');
  return [
    { of: heap?.id, rows: heapRows(heap?.id) },
    { of: lock?.id, rows: [blocked(lock?.id)] },
    ...resources.flatMap((resource): readonly Told[] => {
      const rows = rowsOf(resource);
      return rows.length > 0 ? [{ of: resource.id, rows }] : [];
    }),
  ];
}

function rowsOf({ kind, id }: Resource): readonly Row[] {
  if (kind === 'workers') return threads(id);
  return kind === 'pool' ? hikari(id) : [];
}

function heapRows(id: string | undefined): readonly Row[] {
  const look = (seen: Glimpse) => (id === undefined ? undefined : seen.look(id));
  const live = (seen: Glimpse): number => look(seen)?.more.live ?? look(seen)?.used ?? plenty.used;
  const most = (seen: Glimpse): number => look(seen)?.size ?? plenty.most;
  const old = { area: 'heap', id: 'G1 Old Gen' };
  return [
    row('jvm_memory_used_bytes', old, live),
    row('jvm_memory_max_bytes', old, most),
    row('jvm_memory_usage_after_gc', { area: 'heap', pool: 'long-lived' }, (seen) => live(seen) / most(seen)),
    row(
      'jvm_gc_pause_seconds_sum',
      { action: 'end of minor GC' },
      (seen) => (look(seen)?.more.collectionTime ?? 0) / processorsOf(seen),
    ),
    row('jvm_gc_pause_seconds_count', { action: 'end of minor GC' }, (seen) => look(seen)?.more.collections ?? 0),
  ];
}

/** The process stands still while all the processors that it may use collect. */
function processorsOf({ part, others }: Glimpse): number {
  const own = [part, ...(part.on === undefined ? [] : others(part.on).map((node) => node.part))]
    .flatMap(({ resources }) => resources)
    .flatMap((resource) => (resource.kind === 'quota' || resource.kind === 'cpu' ? resource.cores : []));
  return own[0] ?? 1;
}

const blocked = (id: string | undefined): Row =>
  row('jvm_threads_states_threads', { state: 'blocked' }, (seen) =>
    id === undefined ? 0 : (seen.look(id)?.waiting ?? 0),
  );

/** Tomcat: a request that has no thread waits with its connection. */
function threads(id: string): readonly Row[] {
  const name = { name: 'http-nio-8080' };
  return [
    row('tomcat_threads_busy_threads', name, (seen) => seen.look(id)?.used),
    row('tomcat_threads_config_max_threads', name, (seen) => seen.look(id)?.size),
    row('tomcat_connections_keepalive_current_connections', name, () => idleConnections),
    row('tomcat_connections_current_connections', name, (seen) => {
      const look = seen.look(id);
      return look && look.used + look.waiting + idleConnections;
    }),
    row('tomcat_global_request_seconds_count', name, (seen) => seen.look(id)?.completions),
    row('tomcat_global_request_seconds_sum', name, (seen) => seen.look(id)?.more.kept),
  ];
}

/** HikariCP through Micrometer. */
function hikari(id: string): readonly Row[] {
  const pool = { pool: id };
  const look = (seen: Glimpse) => seen.look(id);
  return [
    row('hikaricp_connections_active', pool, (seen) => look(seen)?.used),
    row('hikaricp_connections_idle', pool, (seen) => {
      const found = look(seen);
      return found && Math.max(0, found.size - found.used);
    }),
    row('hikaricp_connections_max', pool, (seen) => look(seen)?.size),
    row('hikaricp_connections_pending', pool, (seen) => look(seen)?.waiting),
    row('hikaricp_connections_timeout_total', pool, (seen) => look(seen)?.refusals),
    row('hikaricp_connections_usage_seconds_sum', pool, (seen) => look(seen)?.more.kept),
    row('hikaricp_connections_usage_seconds_count', pool, (seen) => look(seen)?.completions),
    row('hikaricp_connections_acquire_seconds_sum', pool, (seen) => look(seen)?.waitingTime),
    row('hikaricp_connections_acquire_seconds_count', pool, (seen) => look(seen)?.completions),
  ];
}
