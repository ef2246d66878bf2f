import { database } from '../naming.ts';
import { type Row, row, type Told } from '../row.ts';
import type { Glimpse } from '../sight.ts';
import { ownCpu } from './machine.ts';

/** What prometheus-community's pgbouncer_exporter (0.11 and later) tells; the first pool is that of the database. */
export function pgbouncer({ part }: Glimpse): readonly Told[] {
  const pool = part.resources.find((one) => one.kind === 'pool');
  const thread = part.resources.find(({ kind }) => kind === 'workers');
  const clients = pool?.kind === 'pool' ? pool.size + pool.queue : undefined;
  return [
    {
      of: undefined,
      rows: [
        row('pgbouncer_up', {}, () => 1),
        row('pgbouncer_process_start_time_seconds', {}, ({ since }) => Math.round(since)),
      ],
    },
    { of: thread?.id, rows: [row('pgbouncer_process_cpu_seconds_total', {}, ownCpu)] },
    ...(pool ? [{ of: pool.id, rows: [...poolRows(pool.id), ...clientRows(pool.id, clients ?? 0)] }] : []),
  ];
}

const user = { database, user: 'shop' };
const ofServer = {
  name: database,
  host: 'db',
  port: '5432',
  database,
  force_user: '',
  pool_mode: 'transaction',
};

function poolRows(id: string): readonly Row[] {
  const look = (seen: Glimpse) => seen.look(id);
  const told = (pick: (of: NonNullable<ReturnType<typeof look>>) => number) => (seen: Glimpse) => {
    const found = look(seen);
    return found && pick(found);
  };
  const total = { database };
  return [
    row(
      'pgbouncer_pools_server_active_connections',
      user,
      told(({ used }) => used),
    ),
    row(
      'pgbouncer_pools_server_idle_connections',
      user,
      told(({ size, used }) => Math.max(0, size - used)),
    ),
    row('pgbouncer_pools_server_testing_connections', user, () => 0),
    row('pgbouncer_pools_server_login_connections', user, () => 0),
    row(
      'pgbouncer_pools_client_active_connections',
      user,
      told(({ used }) => used),
    ),
    row(
      'pgbouncer_pools_client_waiting_connections',
      user,
      told(({ waiting }) => waiting),
    ),
    row(
      'pgbouncer_databases_pool_size',
      ofServer,
      told(({ size }) => size),
    ),
    row(
      'pgbouncer_databases_current_connections',
      ofServer,
      told(({ size }) => size),
    ),
    row('pgbouncer_databases_max_connections', ofServer, () => 0),
    row('pgbouncer_databases_reserve_pool', ofServer, () => 0),
    row(
      'pgbouncer_stats_totals_sql_transactions_pooled_total',
      total,
      told(({ completions }) => completions),
    ),
    row(
      'pgbouncer_stats_totals_queries_pooled_total',
      total,
      told(({ completions }) => completions),
    ),
    row(
      'pgbouncer_stats_totals_client_wait_seconds_total',
      total,
      told(({ waitingTime }) => waitingTime),
    ),
    // PgBouncer books the wait for a server as transaction time too, and a transaction when it ends.
    row(
      'pgbouncer_stats_totals_server_in_transaction_seconds_total',
      total,
      told((of) => (of.more.kept ?? of.usedTime) + of.waitingTime),
    ),
  ];
}

const clientRows = (id: string, most: number): readonly Row[] => [
  row('pgbouncer_used_clients', {}, (seen) => {
    const look = seen.look(id);
    return look && look.used + look.waiting;
  }),
  row('pgbouncer_config_max_client_connections', {}, () => most),
];
