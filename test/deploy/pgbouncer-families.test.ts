import { expect, test } from 'vitest';
import { exposition } from '../../deploy/demo/exposition.ts';
import { down, pgbouncerFamilies } from '../../deploy/demo/pgbouncer-families.ts';

/** Rows as PgBouncer 1.18 prints them. */
const answers = {
  version: [{ version: 'PgBouncer 1.18.0' }],
  pools: [
    {
      database: 'shop',
      user: 'shop',
      cl_active: '50',
      cl_waiting: '48',
      cl_active_cancel_req: '0',
      cl_waiting_cancel_req: '0',
      sv_active: '2',
      sv_active_cancel: '0',
      sv_being_canceled: '0',
      sv_idle: '0',
      sv_used: '0',
      sv_tested: '0',
      sv_login: '0',
      maxwait: '1',
      maxwait_us: '5',
      pool_mode: 'transaction',
    },
  ],
  databases: [
    {
      name: 'shop',
      host: '127.0.0.1',
      port: '5432',
      database: 'shop_live',
      force_user: null,
      pool_size: '2',
      min_pool_size: '0',
      reserve_pool: '0',
      pool_mode: null,
      max_connections: '0',
      current_connections: '2',
      paused: '0',
      disabled: '0',
    },
  ],
  totals: [
    {
      database: 'shop',
      xact_count: '8419',
      query_count: '8420',
      bytes_received: '10',
      bytes_sent: '20',
      xact_time: '3000000',
      query_time: '4000000',
      wait_time: '2500000',
    },
  ],
  lists: [
    { list: 'used_clients', items: '51' },
    { list: 'dns_names', items: '0' },
  ],
  config: [
    { key: 'max_client_conn', value: '1000' },
    { key: 'listen_port', value: '6432' },
  ],
};

const lines = exposition(pgbouncerFamilies(answers))
  .split('\n')
  .filter((line) => line !== '' && line[0] !== '#');

test('the pools of SHOW POOLS carry database and user', () => {
  expect(lines).toContain('pgbouncer_pools_client_waiting_connections{database="shop",user="shop"} 48');
  expect(lines).toContain('pgbouncer_pools_server_active_connections{database="shop",user="shop"} 2');
  expect(lines).toContain('pgbouncer_pools_server_login_connections{database="shop",user="shop"} 0');
  expect(lines).toContain('pgbouncer_pools_client_maxwait_seconds{database="shop",user="shop"} 1');
});

test('the databases carry the alias as name and the database behind it as database', () => {
  expect(lines).toContain(
    'pgbouncer_databases_pool_size{name="shop",host="127.0.0.1",port="5432",database="shop_live",force_user="",pool_mode=""} 2',
  );
});

test('totals have the names of the Go exporter 0.11; 2 500 000 µs of waiting is 2.5 s', () => {
  expect(lines).toContain('pgbouncer_stats_totals_client_wait_seconds_total{database="shop"} 2.5');
  expect(lines).toContain('pgbouncer_stats_totals_queries_pooled_total{database="shop"} 8420');
  expect(lines).toContain('pgbouncer_stats_totals_queries_duration_seconds_total{database="shop"} 4');
  expect(lines).toContain('pgbouncer_stats_totals_sql_transactions_pooled_total{database="shop"} 8419');
  expect(lines).toContain('pgbouncer_stats_totals_server_in_transaction_seconds_total{database="shop"} 3');
});

test('lists and settings are taken by their key, unknown ones left', () => {
  expect(lines).toContain('pgbouncer_used_clients 51');
  expect(lines).toContain('pgbouncer_config_max_client_connections 1000');
  expect(lines.filter((line) => line.includes('6432') || line.includes('dns'))).toEqual([]);
});

test('a column that this version does not print gives no metric instead of a zero', () => {
  const older = { ...answers, pools: [{ database: 'shop', user: 'shop', cl_active: '1' }] };
  const names = exposition(pgbouncerFamilies(older));
  expect(names).toContain('pgbouncer_pools_client_active_connections');
  expect(names).not.toContain('pgbouncer_pools_server_active_connections');
});

test('a PgBouncer that does not answer is down', () => {
  expect(exposition([down])).toContain('\npgbouncer_up 0\n');
});
