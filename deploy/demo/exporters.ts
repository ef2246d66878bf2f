import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Passwords } from './accounts.ts';
import type { Own } from './own.ts';
import type { Pgbouncer } from './pgbouncer.ts';
import type { Pod } from './pod.ts';
import { answersHttp, onFreePort, type Running, runningOf, untilReady } from './ready.ts';

interface Exporter {
  readonly name: string;
  readonly command: string;
  readonly args: (port: number) => readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const here = (file: string): string => join(import.meta.dirname, file);

const startExporter = (own: Own, { name, command, args, env }: Exporter): Promise<Running> =>
  onFreePort(own, async (port) => {
    const child = own.start({ name, command, args: args(port), ...(env === undefined ? {} : { env }) });
    await untilReady(own, child, () => answersHttp(`http://127.0.0.1:${port}/metrics`));
    return runningOf(child, port);
  });

/** node_exporter with what it collects by default; Debian's would ask systemd too. */
export const startNodeExporter = (own: Own): Promise<Running> =>
  startExporter(own, {
    name: 'node-exporter',
    command: 'prometheus-node-exporter',
    args: (port) => [`--web.listen-address=127.0.0.1:${port}`, '--no-collector.systemd', '--log.level=error'],
  });

/** postgres_exporter of Debian, as a user with pg_monitor and nothing else; `queries` is a file with more of them. */
export const startPostgresExporter = (
  own: Own,
  postgresPort: number,
  { exporter }: Passwords,
  queries: string | undefined,
): Promise<Running> =>
  startExporter(own, {
    name: 'exporter-of-postgres',
    command: 'prometheus-postgres-exporter',
    args: (port) => [
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=error',
      ...(queries === undefined ? [] : [`--extend.query-path=${queries}`]),
    ],
    env: { DATA_SOURCE_NAME: `postgresql://exporter:${exporter}@127.0.0.1:${postgresPort}/postgres?sslmode=disable` },
  });

export const startPgbouncerExporter = (own: Own, bouncer: Pgbouncer, { exporter }: Passwords): Promise<Running> =>
  startExporter(own, {
    name: 'exporter-of-pgbouncer',
    command: process.execPath,
    args: (port) => [here('pgbouncer-exporter.ts'), `${port}`, `${bouncer.port}`, bouncer.pidFile],
    env: { PGPASSWORD: exporter },
  });

export function startCgroupExporter(own: Own, pods: readonly Pod[]): Promise<Running> {
  const file = join(own.directory, 'pods.json');
  writeFileSync(file, JSON.stringify(pods));
  return startExporter(own, {
    name: 'exporter-of-cgroups',
    command: process.execPath,
    args: (port) => [here('cgroup-exporter.ts'), `${port}`, file],
  });
}
