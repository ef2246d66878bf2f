import type { Family, Labels } from './exposition.ts';

export type Row = Readonly<Record<string, unknown>>;

/** The answers of PgBouncer's console, one row each as it prints them. */
export interface Answers {
  readonly pools: readonly Row[];
  readonly databases: readonly Row[];
  readonly totals: readonly Row[];
  readonly lists: readonly Row[];
  readonly config: readonly Row[];
  readonly version: readonly Row[];
}

interface Table {
  readonly prefix: string;
  readonly labels: readonly string[];
  readonly columns: readonly Column[];
}

type Column = readonly [column: string, name: string, help: string, type?: 'counter', scale?: number];

const micro = 1e-6;

/** The names of prometheus-community/pgbouncer_exporter, version 0.11 and newer: collector.go. */
const pools: Table = {
  prefix: 'pgbouncer_pools_',
  labels: ['database', 'user'],
  columns: [
    [
      'cl_active',
      'client_active_connections',
      'Client connections linked to server connection and able to process queries',
    ],
    ['cl_waiting', 'client_waiting_connections', 'Client connections waiting on a server connection'],
    [
      'cl_active_cancel_req',
      'client_active_cancel_connections',
      'Client connections that have forwarded query cancellations',
    ],
    [
      'cl_waiting_cancel_req',
      'client_waiting_cancel_connections',
      'Client connections that have not forwarded cancellations yet',
    ],
    ['sv_active', 'server_active_connections', 'Server connections linked to a client connection'],
    ['sv_active_cancel', 'server_active_cancel_connections', 'Server connections that are forwarding a cancel request'],
    ['sv_being_canceled', 'server_being_canceled_connections', 'Servers that wait for cancel requests to finish'],
    ['sv_idle', 'server_idle_connections', 'Server connections idle and ready for a client query'],
    ['sv_used', 'server_used_connections', 'Server connections idle more than server_check_delay'],
    ['sv_tested', 'server_testing_connections', 'Server connections running server_reset_query or server_check_query'],
    ['sv_login', 'server_login_connections', 'Server connections in the process of logging in'],
    ['maxwait', 'client_maxwait_seconds', 'Age of oldest unserved client connection'],
  ],
};

const databases: Table = {
  prefix: 'pgbouncer_databases_',
  labels: ['name', 'host', 'port', 'database', 'force_user', 'pool_mode'],
  columns: [
    ['pool_size', 'pool_size', 'Maximum number of server connections'],
    ['reserve_pool', 'reserve_pool', 'Maximum number of additional connections for this database'],
    ['max_connections', 'max_connections', 'Maximum number of allowed connections for this database'],
    ['current_connections', 'current_connections', 'Current number of connections for this database'],
    ['paused', 'paused', '1 if this database is currently paused, else 0'],
    ['disabled', 'disabled', '1 if this database is currently disabled, else 0'],
  ],
};

const totals: Table = {
  prefix: 'pgbouncer_stats_totals_',
  labels: ['database'],
  columns: [
    ['query_count', 'queries_pooled_total', 'Total number of SQL queries pooled', 'counter'],
    ['query_time', 'queries_duration_seconds_total', 'Total seconds spent executing queries', 'counter', micro],
    ['xact_count', 'sql_transactions_pooled_total', 'Total number of SQL transactions pooled', 'counter'],
    [
      'xact_time',
      'server_in_transaction_seconds_total',
      'Total seconds connected to PostgreSQL in a transaction',
      'counter',
      micro,
    ],
    [
      'wait_time',
      'client_wait_seconds_total',
      'Time spent by clients waiting for a server in seconds',
      'counter',
      micro,
    ],
    ['bytes_received', 'received_bytes_total', 'Total volume in bytes of network traffic received', 'counter'],
    ['bytes_sent', 'sent_bytes_total', 'Total volume in bytes of network traffic sent', 'counter'],
  ],
};

/** Lists and settings come as rows of a key and a value. */
const lists: Readonly<Record<string, readonly [name: string, help: string]>> = {
  databases: ['pgbouncer_databases', 'Count of databases'],
  users: ['pgbouncer_users', 'Count of users'],
  pools: ['pgbouncer_pools', 'Count of pools'],
  free_clients: ['pgbouncer_free_clients', 'Count of free clients'],
  used_clients: ['pgbouncer_used_clients', 'Count of used clients'],
  login_clients: ['pgbouncer_login_clients', 'Count of clients in login state'],
  free_servers: ['pgbouncer_free_servers', 'Count of free servers'],
  used_servers: ['pgbouncer_used_servers', 'Count of used servers'],
};

const settings: Readonly<Record<string, readonly [name: string, help: string]>> = {
  max_client_conn: ['pgbouncer_config_max_client_connections', 'Config maximum number of client connections'],
  max_user_connections: [
    'pgbouncer_config_max_user_connections',
    'Config maximum number of server connections per user',
  ],
};

const gauge = (name: string, help: string, labels: Labels, value: number): Family => ({
  name,
  help,
  type: 'gauge',
  samples: [{ labels, value }],
});

/** PgBouncer's answers as metrics. A column that this version does not have gives no metric. */
export function pgbouncerFamilies(answers: Answers): readonly Family[] {
  return [
    up(1),
    ...answers.version.map((row) =>
      gauge('pgbouncer_version_info', 'The pgbouncer version info', { version: text(row.version) }, 1),
    ),
    ...fromTable(pools, answers.pools),
    ...fromTable(databases, answers.databases),
    ...fromTable(totals, answers.totals),
    ...fromKeys(lists, answers.lists, 'list', 'items'),
    ...fromKeys(settings, answers.config, 'key', 'value'),
  ];
}

const up = (value: number): Family => gauge('pgbouncer_up', 'The pgbouncer scrape succeeded', {}, value);

/** What is said while PgBouncer does not answer. */
export const down: Family = up(0);

/** What the process of PgBouncer has used. Unit: seconds. */
export const cpuFamily = (seconds: number): Family => ({
  name: 'pgbouncer_process_cpu_seconds_total',
  help: 'Total user and system CPU time spent in seconds.',
  type: 'counter',
  samples: [{ labels: {}, value: seconds }],
});

function fromTable({ prefix, labels, columns }: Table, rows: readonly Row[]): readonly Family[] {
  return columns.map(([column, name, help, type, scale]) => ({
    name: prefix + name,
    help,
    type: type ?? 'gauge',
    samples: rows
      .filter((row) => row[column] !== undefined)
      .map((row) => ({
        labels: Object.fromEntries(labels.map((label) => [label, text(row[label])])),
        value: Number(row[column]) * (scale ?? 1),
      })),
  }));
}

function fromKeys(
  known: Readonly<Record<string, readonly [name: string, help: string]>>,
  rows: readonly Row[],
  key: string,
  value: string,
): readonly Family[] {
  return rows.flatMap((row) => {
    const [name, help] = known[text(row[key])] ?? [];
    return name === undefined || help === undefined ? [] : [gauge(name, help, {}, Number(row[value]))];
  });
}

const text = (value: unknown): string => (value === null || value === undefined ? '' : String(value));
