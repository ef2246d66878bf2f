import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Passwords } from './accounts.ts';
import type { Group } from './cgroups.ts';
import { type Account, giveTo, type Own } from './own.ts';
import { onFreePort, type Running, runningOf, untilReady } from './ready.ts';

export interface PgbouncerOptions {
  readonly passwords: Passwords;
  readonly account: Account | undefined;
  readonly group: Group | undefined;
  readonly postgresPort: number;
  readonly poolSize: number;
}

export interface Pgbouncer extends Running {
  readonly pidFile: string;
  /** Changes the size of its pool while it runs. */
  readonly resize: (poolSize: number) => Promise<void>;
}

/** Starts a PgBouncer of our own in front of PostgreSQL: transaction pooling, one database, one user. */
export async function startPgbouncer(own: Own, options: PgbouncerOptions): Promise<Pgbouncer> {
  const folder = join(own.directory, 'pgbouncer');
  mkdirSync(folder, { mode: 0o700 });
  giveTo(folder, options.account);
  const users = join(folder, 'users.txt');
  writeFileSync(users, userList(options.passwords), { mode: 0o600 });
  giveTo(users, options.account);
  return onFreePort(own, async (port) => {
    const file = join(folder, 'pgbouncer.ini');
    const write = (poolSize: number): void => {
      writeFileSync(file, pgbouncerIni({ ...options, poolSize }, port, folder));
      giveTo(file, options.account);
    };
    write(options.poolSize);
    const child = own.start({
      name: 'pgbouncer',
      command: '/usr/sbin/pgbouncer',
      args: [file],
      ...(options.account === undefined ? {} : { as: options.account }),
      ...(options.group === undefined ? {} : { group: options.group }),
    });
    const tellIt = (command: string): Promise<boolean> => consoleCommand(port, options.passwords, command);
    await untilReady(own, child, () => tellIt('SHOW VERSION'));
    const resize = async (poolSize: number): Promise<void> => {
      write(poolSize);
      await tellIt('RELOAD');
    };
    return { ...runningOf(child, port), pidFile: join(folder, 'pgbouncer.pid'), resize };
  });
}

/** One command of the administration console, which knows the simple protocol only. */
async function consoleCommand(port: number, { exporter }: Passwords, command: string): Promise<boolean> {
  const client = new Client({ host: '127.0.0.1', port, user: 'admin', password: exporter, database: 'pgbouncer' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(command);
    return true;
  } finally {
    await client.end().catch(() => undefined);
  }
}

const userList = ({ shop, exporter }: Passwords): string =>
  [`"shop" "${shop}"`, `"exporter" "${exporter}"`, `"admin" "${exporter}"`, ''].join('\n');

/** The size stands at the database: a reload applies it to pools that exist already. */
export const pgbouncerIni = (options: PgbouncerOptions, port: number, folder: string): string => `[databases]
shop = host=127.0.0.1 port=${options.postgresPort} dbname=shop pool_size=${options.poolSize}

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
pidfile = ${join(folder, 'pgbouncer.pid')}
auth_type = scram-sha-256
auth_file = ${join(folder, 'users.txt')}
admin_users = admin
stats_users = exporter
ignore_startup_parameters = extra_float_digits,options
pool_mode = transaction
max_client_conn = 1000
server_fast_close = 1
log_connections = 0
log_disconnections = 0
`;
