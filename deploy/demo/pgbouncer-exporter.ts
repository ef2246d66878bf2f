import { existsSync, readFileSync } from 'node:fs';
import { Client } from 'pg';
import { exposition, type Family, servePages } from './exposition.ts';
import { processStat } from './lineage.ts';
import { cpuFamily, down, pgbouncerFamilies, type Row } from './pgbouncer-families.ts';

/**
 * Serves PgBouncer's statistics under the names of the Go exporter, because Debian's exporter does not start with
 * PgBouncer 1.18. Arguments: port, PgBouncer's port, its pid file. The password comes in PGPASSWORD.
 */
const [, , port, consolePort, pidFile] = process.argv;
const ticksPerSecond = 100;

/** The console knows the simple protocol and no parameters. */
async function ask(client: Client, command: string): Promise<readonly Row[]> {
  return (await client.query(command)).rows;
}

let connection: Promise<Client> | undefined;

/** One connection for all scrapes, as the Go exporter keeps it; opened again after it broke. */
function connected(): Promise<Client> {
  connection ??= connect().catch((cause: unknown) => {
    connection = undefined;
    throw cause;
  });
  return connection;
}

async function connect(): Promise<Client> {
  const client = new Client({
    host: '127.0.0.1',
    port: Number(consolePort),
    user: 'exporter',
    database: 'pgbouncer',
    connectionTimeoutMillis: 900,
  });
  client.on('error', () => undefined);
  client.on('end', () => {
    connection = undefined;
  });
  await client.connect();
  return client;
}

async function scrape(): Promise<string> {
  const client = await connected();
  return exposition([
    ...pgbouncerFamilies({
      pools: await ask(client, 'SHOW POOLS'),
      databases: await ask(client, 'SHOW DATABASES'),
      totals: await ask(client, 'SHOW STATS_TOTALS'),
      lists: await ask(client, 'SHOW LISTS'),
      config: await ask(client, 'SHOW CONFIG'),
      version: await ask(client, 'SHOW VERSION'),
    }),
    ...cpu(),
  ]);
}

function cpu(): readonly Family[] {
  if (pidFile === undefined || !existsSync(pidFile)) return [];
  const stat = processStat(Number(readFileSync(pidFile, 'utf8')));
  return stat === undefined ? [] : [cpuFamily(stat.ticks / ticksPerSecond)];
}

servePages(Number(port), { '/metrics': () => scrape().catch(() => exposition([down])) });
