import type { World } from '../../world.ts';
import { frontOf } from '../naming.ts';
import { type Row, row, type Told } from '../row.ts';
import type { Glimpse } from '../sight.ts';
import { jvm } from './jvm.ts';
import { ownCpu } from './machine.ts';

/** What a service tells of itself: its runtime, its pools of connections, and, where requests come to it, its HTTP server in OpenTelemetry's names. */
export function service(world: World, seen: Glimpse): readonly Told[] {
  const isFront = frontOf(world).name === seen.part.name;
  return [
    { of: undefined, rows: [row('process_start_time_seconds', {}, ({ since }) => since)] },
    ...(seen.part.technology === 'service' ? jvm(seen) : nodejs(seen)),
    ...(isFront ? [{ of: 'traffic', rows: http(world.seen.buckets) }] : []),
  ];
}

/** What Node.js tells through OpenTelemetry. */
function nodejs({ part }: Glimpse): readonly Told[] {
  return [
    { of: undefined, rows: cpuTime },
    ...part.resources.flatMap((resource): readonly Told[] => {
      const { kind, id } = resource;
      if (kind === 'pool') return [{ of: id, rows: pool(id, resource.size) }];
      if (kind === 'workers' && resource.threads === 1) return [{ of: id, rows: eventLoop(id) }];
      return kind === 'heap' ? [{ of: id, rows: heap(id) }] : [];
    }),
  ];
}

const cpuTime: readonly Row[] = [
  row('process_cpu_time_seconds_total', { cpu_mode: 'user' }, (seen) => 0.85 * ownCpu(seen)),
  row('process_cpu_time_seconds_total', { cpu_mode: 'system' }, (seen) => 0.15 * ownCpu(seen)),
];

/** A pool of connections; waiting and holding as the sums of their histograms. */
function pool(id: string, size: number): readonly Row[] {
  const name = { db_client_connection_pool_name: id };
  const state = (is: string) => ({ ...name, db_client_connection_state: is });
  const look = (seen: Glimpse) => seen.look(id);
  const used = (seen: Glimpse): number | undefined => {
    const found = look(seen);
    return found && found.used - (found.more.lingering ?? 0);
  };
  return [
    row('db_client_connection_count', state('used'), used),
    row('db_client_connection_count', state('idle'), (seen) => {
      const busy = used(seen);
      return busy === undefined ? undefined : Math.max(0, size - busy);
    }),
    row('db_client_connection_max', name, (seen) => look(seen)?.size),
    row('db_client_connection_pending_requests', name, (seen) => look(seen)?.waiting),
    row('db_client_connection_wait_time_seconds_sum', name, (seen) => look(seen)?.waitingTime),
    row('db_client_connection_wait_time_seconds_count', name, (seen) => look(seen)?.completions),
    row('db_client_connection_use_time_seconds_sum', name, (seen) => look(seen)?.more.kept),
    row('db_client_connection_use_time_seconds_count', name, (seen) => look(seen)?.completions),
    row('db_client_connection_timeouts_total', name, (seen) => look(seen)?.refusals),
  ];
}

/** What a loop with nothing to do reads: a timer every 10 ms, and a little. */
const idleDelay = 0.0103;

/** An event loop: busy while anything is in it; a timer is late by what is before it. */
function eventLoop(id: string): readonly Row[] {
  let last = { now: 0, busy: 0, waited: 0, done: 0 };
  const active = (seen: Glimpse) => seen.look(id)?.usedTime ?? 0;
  const delay = (seen: Glimpse): number => {
    const look = seen.look(id);
    const now = {
      now: seen.now,
      busy: look?.usedTime ?? 0,
      waited: look?.waitingTime ?? 0,
      done: look?.completions ?? 0,
    };
    const before = now.busy < last.busy ? { now: seen.since, busy: 0, waited: 0, done: 0 } : last;
    last = now;
    const passed = Math.max(1e-9, now.now - before.now);
    const each = (now.busy - before.busy) / Math.max(1, now.done - before.done);
    const ahead = (0.5 * (now.busy - before.busy) + (now.waited - before.waited)) / passed;
    return idleDelay + ahead * each;
  };
  return [
    row('nodejs_eventloop_time_seconds_total', { nodejs_eventloop_state: 'active' }, active),
    row('nodejs_eventloop_time_seconds_total', { nodejs_eventloop_state: 'idle' }, (seen) =>
      Math.max(0, seen.now - seen.since - active(seen)),
    ),
    row('nodejs_eventloop_delay_mean_seconds', {}, delay),
  ];
}

const heap = (id: string): readonly Row[] => [
  row('v8js_memory_heap_used_bytes', { v8js_heap_space_name: 'old_space' }, (seen) => {
    const look = seen.look(id);
    return look?.more.live ?? look?.used;
  }),
  row('v8js_memory_heap_max_bytes', {}, (seen) => seen.look(id)?.size),
  row('v8js_gc_duration_seconds_sum', { v8js_gc_type: 'major' }, (seen) => seen.look(id)?.more.collectionTime),
  row('v8js_gc_duration_seconds_count', { v8js_gc_type: 'major' }, (seen) => seen.look(id)?.more.collections),
];

/** Answers by status; the buckets are those of all answers together. */
function http(bounds: readonly number[]): readonly Row[] {
  const route = { http_request_method: 'GET', http_route: '/', url_scheme: 'http' };
  const good = { ...route, http_response_status_code: '200' };
  const failed = { ...route, http_response_status_code: '500' };
  return [
    row('http_server_request_duration_seconds_count', good, ({ door }) => door && door.answers - door.errors),
    row('http_server_request_duration_seconds_count', failed, ({ door }) => door?.errors || undefined),
    row('http_server_request_duration_seconds_sum', good, ({ door }) => door?.durationSum),
    ...bounds.map((bound, index) =>
      row(
        'http_server_request_duration_seconds_bucket',
        { ...good, le: String(bound) },
        ({ door }) => door?.buckets[index],
      ),
    ),
    row('http_server_request_duration_seconds_bucket', { ...good, le: '+Inf' }, ({ door }) => door?.answers),
    row('http_server_active_requests', route, ({ door }) => door?.inside),
  ];
}
