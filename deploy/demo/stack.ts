import { writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { newPasswords, type Passwords, serverAccount } from './accounts.ts';
import { type Group, setQuota } from './cgroups.ts';
import { configurationOf } from './configuration.ts';
import { startCgroupExporter, startNodeExporter, startPgbouncerExporter, startPostgresExporter } from './exporters.ts';
import { itemsCsv, membersCsv } from './members.ts';
import { type Own, openOwn } from './own.ts';
import { type Pgbouncer, startPgbouncer } from './pgbouncer.ts';
import { podOf } from './pods.ts';
import { startPostgres } from './postgres.ts';
import { type Job, startPrometheus } from './prometheus.ts';
import type { Running } from './ready.ts';
import { type ShopPlace, shopPorts, startShop, usualShop, warmUp } from './shop-server.ts';
import type { ShopSettings } from './shop-settings.ts';

/** How large the parts of a stack are. Units: connections, cores, seconds, rows. */
export interface Sizes {
  /** Connections of the API's workers together. */
  readonly poolApi: number;
  readonly poolBouncer: number;
  /** null or absent: no limit. */
  readonly quotaApi?: number | null;
  readonly quotaPostgres?: number | null;
  /** CPU time of the API for each request, beside what the framework takes. Default: 0.5 ms. */
  readonly burn?: number;
  /** How long a query keeps its connection. Default: 10 ms. */
  readonly hold?: number;
  /** Rows that a query reads. Default: 200. */
  readonly rows?: number;
}

export interface StackOrder extends Sizes {
  /** Names the pods. */
  readonly seed: number;
  /** Worker processes of the API. Default: 2. */
  readonly workers?: number;
  /** Connections that PostgreSQL grants, three of them to superusers only. Default: 100. */
  readonly maxConnections?: number;
  /** The API asks PostgreSQL itself; the pooler stands by and the configuration does not name it. */
  readonly direct?: boolean;
  /** A program that is a shop with more to do, and a file with more queries for the exporter of PostgreSQL. */
  readonly shop?: string;
  readonly queries?: string;
  /** Port of a Plimsoll whose own metrics are scraped too. */
  readonly plimsoll?: number;
}

export interface Stack extends AsyncDisposable {
  readonly urls: { readonly shop: string; readonly prometheus: string };
  /** A ready-made configuration of Plimsoll for this stack; it stays as it is whatever is resized. */
  readonly configuration: string;
  /** Where everything of the stack lies. */
  readonly directory: string;
  readonly cgroups: 'v1' | 'v2' | { readonly none: string };
  /** The processes that were started, by name; the workers of the shop are children of `shop`. */
  readonly pids: () => Readonly<Record<string, number>>;
  readonly sizes: () => Sizes;
  /** Changes sizes while the stack stands. What is not named stays; a quota of null is lifted. */
  readonly resize: (change: Partial<Sizes>) => Promise<void>;
}

export interface Surroundings {
  readonly say: (sentence: string) => void;
  readonly signal: AbortSignal;
}

type Part = 'api' | 'pgbouncer' | 'postgres';
type Groups = Readonly<Record<Part, Group | undefined>>;

/** Starts the shop with its database and everything that watches it. Call it on the main thread. */
export async function openStack(order: StackOrder, { say, signal }: Surroundings): Promise<Stack> {
  await using closing = new AsyncDisposableStack();
  const own = closing.use(openOwn(signal));
  const groups: Groups = { api: own.group('api'), pgbouncer: own.group('pgbouncer'), postgres: own.group('postgres') };
  closing.defer(() => limit(groups, {}));
  if (own.groups.version === 'none') say(`no quotas: ${own.groups.why}`);
  const passwords = newPasswords();
  const servers = await startServers(own, order, groups, passwords, say);
  const place = placeOf(order, groups);
  let sizes: Sizes = sizesIn(order);
  let shop = servers.shop;
  limit(groups, sizes);
  const urls = { shop: `http://127.0.0.1:${shop.port}`, prometheus: `http://127.0.0.1:${servers.prometheus.port}` };
  const configuration = join(own.directory, 'plimsoll.yaml');
  writeFileSync(configuration, configurationOf(urls, order.direct));
  writeRows(own.directory);
  const resize = async (change: Partial<Sizes>): Promise<void> => {
    const before = sizes;
    sizes = { ...sizes, ...change };
    limit(groups, {});
    if (sizes.poolBouncer !== before.poolBouncer) await servers.bouncer.resize(sizes.poolBouncer);
    if (isAnotherShop(before, sizes)) {
      await shop[Symbol.asyncDispose]();
      shop = await startShop(own, { ...servers.settings, ...shopSizes(sizes) }, place);
      await warmUp(own, shop.port, sizes.poolApi);
    }
    limit(groups, sizes);
  };
  const kept = closing.move();
  return {
    urls,
    configuration,
    directory: own.directory,
    cgroups: own.groups.version === 'none' ? { none: own.groups.why } : own.groups.version,
    pids: () =>
      Object.fromEntries([...servers.others, shop].map(({ child }) => [child.name, child.lineage.pid] as const)),
    sizes: () => sizes,
    resize,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

interface Servers {
  readonly shop: Running;
  readonly bouncer: Pgbouncer;
  readonly prometheus: Running;
  readonly settings: ShopSettings;
  readonly others: readonly Running[];
}

/** What does not wait for another part starts beside it. */
async function startServers(
  own: Own,
  order: StackOrder,
  groups: Groups,
  passwords: Passwords,
  say: Surroundings['say'],
): Promise<Servers> {
  say('starting PostgreSQL, PgBouncer, the shop, Prometheus and the exporters');
  const account = serverAccount();
  const pods = (['api', 'pgbouncer', 'postgres'] as const).map((part) => podOf(part, order.seed, groups[part]));
  const [node, cgroup, postgres] = await Promise.all([
    startNodeExporter(own),
    startCgroupExporter(own, pods),
    startPostgres(own, { passwords, account, group: groups.postgres, maxConnections: order.maxConnections ?? 100 }),
  ]);
  const bouncer = await startPgbouncer(own, {
    passwords,
    account,
    group: groups.pgbouncer,
    postgresPort: postgres.port,
    poolSize: order.poolBouncer,
  });
  const database = { port: order.direct === true ? postgres.port : bouncer.port, password: passwords.shop };
  const [{ shop, settings }, postgresExporter, bouncerExporter] = await Promise.all([
    startShopOnFreePorts(own, order, placeOf(order, groups), database),
    startPostgresExporter(own, postgres.port, passwords, order.queries),
    startPgbouncerExporter(own, bouncer, passwords),
  ]);
  const exporters = { node, cgroup, postgres: postgresExporter, pgbouncer: bouncerExporter };
  const api = pods[0] === undefined ? {} : { namespace: 'shop', pod: pods[0].pod, container: 'api' };
  const [prometheus] = await Promise.all([
    startPrometheus(own, [...jobsOf(exporters, settings.metricsPorts, api), ...jobOfPlimsoll(order)]),
    warmUp(own, shop.port, order.poolApi),
  ]);
  const others = [postgres, bouncer, node, cgroup, postgresExporter, bouncerExporter, prometheus];
  return { shop, bouncer, prometheus, settings, others };
}

async function startShopOnFreePorts(
  own: Own,
  order: StackOrder,
  place: ShopPlace,
  database: ShopSettings['database'],
): Promise<Pick<Servers, 'shop' | 'settings'>> {
  for (let attempt = 1; ; attempt += 1) {
    const ports = await shopPorts(order.workers ?? 2);
    const settings = { ...ports, database, ...shopSizes(order) };
    try {
      return { shop: await startShop(own, settings, place), settings };
    } catch (cause) {
      if (attempt === 3 || own.signal.aborted || !String(cause).includes('EADDRINUSE')) throw cause;
    }
  }
}

const placeOf = ({ shop = usualShop }: StackOrder, { api }: Groups): ShopPlace => ({ program: shop, group: api });

const shopSizes = ({ poolApi, hold = 0.01, burn = 0.0005, rows = 200 }: Sizes) => ({ pool: poolApi, hold, burn, rows });

/** What of an order may be changed later. */
function sizesIn(order: StackOrder): Sizes {
  const { seed, plimsoll, workers, maxConnections, direct, shop, queries, ...sizes } = order;
  return sizes;
}

const isAnotherShop = (a: Sizes, b: Sizes): boolean =>
  a.poolApi !== b.poolApi || a.burn !== b.burn || a.hold !== b.hold || a.rows !== b.rows;

/** Sets the quotas; one that is not named is lifted. */
function limit(groups: Groups, { quotaApi = null, quotaPostgres = null }: Partial<Sizes>): void {
  if (groups.api !== undefined) setQuota(groups.api, quotaApi);
  if (groups.postgres !== undefined) setQuota(groups.postgres, quotaPostgres);
}

interface Exporters {
  readonly node: Running;
  readonly cgroup: Running;
  readonly postgres: Running;
  readonly pgbouncer: Running;
}

const jobOfPlimsoll = ({ plimsoll }: StackOrder): readonly Job[] =>
  plimsoll === undefined ? [] : [{ name: 'plimsoll', ports: [plimsoll] }];

/** The jobs as a common installation names them, with the labels that its discovery would add. */
const jobsOf = (
  exporters: Exporters,
  shop: readonly number[],
  api: Readonly<Record<string, string>>,
): readonly Job[] => [
  { name: 'node', ports: [exporters.node.port] },
  {
    name: 'kubelet',
    ports: [exporters.cgroup.port],
    path: '/metrics/cadvisor',
    labels: { metrics_path: '/metrics/cadvisor', node: hostname() },
    honorLabels: true,
  },
  { name: 'kube-state-metrics', ports: [exporters.cgroup.port], honorLabels: true },
  { name: 'postgres', ports: [exporters.postgres.port] },
  { name: 'pgbouncer', ports: [exporters.pgbouncer.port] },
  { name: 'shop', ports: shop, labels: api },
];

/** The rows that the configuration names, beside it. */
export function writeRows(directory: string): void {
  writeFileSync(join(directory, 'members.csv'), membersCsv(200), { mode: 0o600 });
  writeFileSync(join(directory, 'items.csv'), itemsCsv(500));
}
