import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Passwords } from './accounts.ts';
import type { Group } from './cgroups.ts';
import { type Account, giveTo, type Own } from './own.ts';
import { onFreePort, type Running, runningOf, untilReady } from './ready.ts';

export interface PostgresOptions {
  readonly passwords: Passwords;
  readonly account: Account | undefined;
  readonly group: Group | undefined;
  /** Three of them are reserved. */
  readonly maxConnections: number;
}

/** Rows in the table of the shop. */
export const items = 5000;

/** Nothing here outlives the stack, so nothing is forced to disk; no file lies outside the directory. */
const fixed: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  dynamic_shared_memory_type: 'mmap',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  shared_buffers: '64MB',
  jit: 'off',
  track_io_timing: 'on',
};

/** Starts a PostgreSQL of our own with the table of the shop in it. */
export async function startPostgres(own: Own, options: PostgresOptions): Promise<Running> {
  const binaries = newestBinaries('/usr/lib/postgresql');
  const folder = join(own.directory, 'postgres');
  await initialise(own, options, binaries, folder);
  return onFreePort(own, async (port) => {
    const settings = { ...fixed, max_connections: `${options.maxConnections}` };
    const child = own.start({
      name: 'postgres',
      command: join(binaries, 'postgres'),
      args: [
        '-D',
        folder,
        '-p',
        `${port}`,
        ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
      ],
      ...placed(options),
      ending: 'SIGINT',
    });
    const superuser = { host: '127.0.0.1', port, user: 'postgres', password: options.passwords.superuser };
    await untilReady(own, child, () => query({ ...superuser, database: 'postgres' }, ['SELECT 1']));
    await query({ ...superuser, database: 'postgres' }, rolesAndDatabase(options.passwords));
    await query({ ...superuser, database: 'shop' }, tables);
    return runningOf(child, port);
  });
}

const placed = ({ account, group }: PostgresOptions) => ({
  ...(account === undefined ? {} : { as: account }),
  ...(group === undefined ? {} : { group }),
});

/** The directory of the highest version below Debian's place for them. */
export function newestBinaries(place: string): string {
  const newest = readdirSync(place)
    .filter((name) => /^\d+$/.test(name))
    .toSorted((a, b) => Number(b) - Number(a))[0];
  if (newest === undefined) throw new Error(`there is no PostgreSQL in ${place}`);
  return join(place, newest, 'bin');
}

async function initialise(own: Own, options: PostgresOptions, binaries: string, folder: string): Promise<void> {
  const passwordFile = join(own.directory, 'postgres-password');
  writeFileSync(passwordFile, options.passwords.superuser, { mode: 0o600 });
  giveTo(passwordFile, options.account);
  mkdirSync(folder, { mode: 0o700 });
  giveTo(folder, options.account);
  const init = own.start({
    name: 'postgres-init',
    command: join(binaries, 'initdb'),
    args: [
      '-D',
      folder,
      '-U',
      'postgres',
      '-A',
      'scram-sha-256',
      '--pwfile',
      passwordFile,
      '-N',
      '-E',
      'UTF8',
      '--locale=C',
    ],
    ...(options.account === undefined ? {} : { as: options.account }),
  });
  const how = await init.ended;
  own.signal.throwIfAborted();
  if (how !== 'exit code 0') throw new Error(`initdb failed (${how}): ${init.lastWords()}`);
}

async function query(connection: object, statements: readonly string[]): Promise<boolean> {
  const client = new Client({ ...connection, connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    for (const statement of statements) await client.query(statement);
    return true;
  } finally {
    await client.end().catch(() => undefined);
  }
}

const rolesAndDatabase = ({ shop, exporter }: Passwords): readonly string[] => [
  `CREATE ROLE shop LOGIN PASSWORD '${shop}'`,
  `CREATE ROLE exporter LOGIN PASSWORD '${exporter}' IN ROLE pg_monitor`,
  'CREATE DATABASE shop OWNER shop',
];

const tables: readonly string[] = [
  'CREATE TABLE items (id integer PRIMARY KEY, name text NOT NULL, price numeric NOT NULL, stock integer NOT NULL)',
  `INSERT INTO items SELECT n, 'item ' || n, (n % 97) + 0.99, n % 13 FROM generate_series(1, ${items}) n`,
  'ALTER TABLE items OWNER TO shop',
  'VACUUM ANALYZE items',
];
