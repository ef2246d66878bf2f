import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { openStack, type Stack } from '../../deploy/demo/stack.ts';
import type { LabContext } from '../support/lab.ts';
import type { Short } from '../support/outcome.ts';

export const name =
  'the stack shows every series that a pack asks for, follows a change of its sizes and leaves nothing';

/** What must be there once a second while the shop is used, whatever is limited. */
const series = [
  'node_cpu_seconds_total{job="node"}',
  'kube_deployment_spec_replicas{deployment="api"}',
  'kube_pod_info{namespace="shop"}',
  'kube_pod_owner{owner_kind="ReplicaSet"}',
  'kube_replicaset_owner{owner_name="api"}',
  'http_server_request_duration_count{job="shop",http_route="/items/:id",http_response_status_code="200"}',
  'http_server_active_requests{job="shop"}',
  'db_client_connection_count{db_client_connection_state="used"}',
  'db_client_connection_count{db_client_connection_state="idle"}',
  'db_client_connection_max',
  'db_client_connection_pending_requests',
  'db_client_connection_wait_time_sum',
  'db_client_connection_use_time_sum',
  'nodejs_eventloop_utilization',
  'nodejs_eventloop_time_total{nodejs_eventloop_state="active"}',
  'nodejs_eventloop_delay_p99',
  'process_cpu_time_total{cpu_mode="user"}',
  'v8js_memory_heap_used',
  'pg_stat_activity_count{datname="shop",state="active"}',
  'pg_stat_database_numbackends{datname="shop"}',
  'pg_stat_database_xact_commit{datname="shop"}',
  'pg_settings_max_connections',
  'pgbouncer_pools_server_active_connections{database="shop"}',
  'pgbouncer_pools_client_waiting_connections{database="shop"}',
  'pgbouncer_databases_pool_size{name="shop"}',
  'pgbouncer_stats_totals_client_wait_seconds_total{database="shop"}',
];

const ofGroups = [
  'container_cpu_usage_seconds_total{namespace="shop",container="api"}',
  'container_cpu_cfs_throttled_periods_total{container="api"}',
  'container_memory_working_set_bytes{container="postgres"}',
  'kube_pod_container_resource_limits{container="api",resource="cpu"}',
];

/** Seconds looked back on; a scrape may be missed while everything starts. */
const window = 6;

export async function run({ stop: signal, say }: LabContext): Promise<Short> {
  const faults: string[] = [];
  let directory = '';
  {
    await using stack = await openStack({ poolApi: 20, poolBouncer: 3, quotaApi: 0.5, seed: 5 }, { say, signal });
    directory = stack.directory;
    await use(stack, signal);
    const wanted = typeof stack.cgroups === 'string' ? [...series, ...ofGroups] : series;
    for (const selector of wanted) {
      const samples = await ask(stack, `min(count_over_time(${selector}[${window}s]))`, signal);
      if (samples === undefined || samples < window - 2) faults.push(`${selector}: ${samples ?? 'no'} samples`);
    }
    await stack.resize({ poolApi: 4, poolBouncer: 7, quotaApi: null });
    await use(stack, signal);
    const sizes = [
      ['sum(db_client_connection_max)', 4],
      ['pgbouncer_databases_pool_size{name="shop"}', 7],
      ['count(kube_pod_container_resource_limits) or vector(0)', 0],
    ] as const;
    for (const [query, size] of sizes) {
      const found = await ask(stack, query, signal);
      if (found !== size) faults.push(`${query} is ${found} instead of ${size}`);
    }
  }
  if (existsSync(directory)) faults.push(`${directory} is left`);
  return { passed: faults.length === 0, detail: faults.length === 0 ? 'all there' : faults.join('; ') };
}

/** A request each 25 ms for longer than the window. */
async function use({ urls }: Stack, signal: AbortSignal): Promise<void> {
  for (let sent = 0; sent < (window + 2) * 40; sent += 1) {
    await Promise.all([fetch(`${urls.shop}/items/${1 + sent}`, { signal }).then((answer) => answer.text()), pause(25)]);
  }
}

async function ask({ urls }: Stack, query: string, signal: AbortSignal): Promise<number | undefined> {
  const answer = await fetch(`${urls.prometheus}/api/v1/query?query=${encodeURIComponent(query)}`, { signal });
  const value = JSON.parse(await answer.text()).data?.result?.[0]?.value?.[1];
  return value === undefined ? undefined : Number(value);
}
