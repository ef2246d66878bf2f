import cluster from 'node:cluster';
import { performance } from 'node:perf_hooks';
import type { Attributes } from '@opentelemetry/api';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { Pool } from 'pg';
import { burn } from './shop-burn.ts';
import { borrow } from './shop-connections.ts';
import { type ShopSettings, settingsVariable, shareOf } from './shop-settings.ts';
import { type Instruments, openTelemetry } from './shop-telemetry.ts';

const settings: ShopSettings = JSON.parse(process.env[settingsVariable] ?? '{}');

/** A request that gets no connection in this time is answered 503. Unit: milliseconds. */
const patience = 5000;

/** One item and the mean price of its neighbours; the pause stands for work that keeps the connection. */
const itemQuery = `
  SELECT id, name, price, stock,
         (SELECT avg(near.price) FROM items near WHERE near.id BETWEEN items.id AND items.id + $2) AS usual,
         pg_sleep($3)
    FROM items WHERE id = $1`;

/** What routes need. */
export interface Worker {
  readonly app: FastifyInstance;
  readonly pool: Pool;
  readonly instruments: Instruments;
  readonly settings: ShopSettings;
}

interface ItemRequest {
  readonly Params: { readonly id: string };
  /** `hold` stands for another time than the configured one; the warm-up asks for none. */
  readonly Querystring: { readonly hold?: string };
}

/**
 * A small shop: an API in front of PostgreSQL, worker processes on one port, each with a pool and a port for its
 * metrics. Settings come as JSON in the environment.
 *
 * @param addRoutes what else it is to do
 */
export async function runShop(addRoutes: (worker: Worker) => void = () => {}): Promise<void> {
  if (cluster.isPrimary) superviseWorkers();
  else await work(Number(process.env.SHOP_WORKER), addRoutes);
}

/** A worker that dies is replaced; one that never came to listen ends the shop. */
function superviseWorkers(): void {
  let isEnding = false;
  const fork = (number: number): void => {
    const worker = cluster.fork({ SHOP_WORKER: `${number}` });
    let listened = false;
    worker.once('listening', () => {
      listened = true;
    });
    worker.once('exit', () => {
      if (isEnding) return;
      if (!listened) process.exit(1);
      fork(number);
    });
  };
  for (const number of settings.metricsPorts.keys()) fork(number);
  process.once('SIGTERM', () => {
    isEnding = true;
    const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
    for (const worker of workers) worker.process.kill('SIGKILL');
    cluster.on('exit', () => Object.keys(cluster.workers ?? {}).length === 0 && process.exit());
    if (workers.length === 0) process.exit();
  });
}

async function work(worker: number, addRoutes: (worker: Worker) => void): Promise<void> {
  const size = shareOf(settings.pool, worker, settings.metricsPorts.length);
  const pool = new Pool({
    host: '127.0.0.1',
    ...settings.database,
    user: 'shop',
    database: 'shop',
    max: size,
    connectionTimeoutMillis: patience,
    idleTimeoutMillis: 0,
  });
  pool.on('error', () => undefined);
  const instruments = openTelemetry(settings.metricsPorts[worker] ?? 0, pool, size);
  const app = fastify({ keepAliveTimeout: 60_000 });
  measure(app, instruments);
  app.get('/healthz', () => ({ ok: true }));
  app.get('/items/:id', async (request: FastifyRequest<ItemRequest>, reply) => {
    burn(settings.burn);
    const hold = Number(request.query.hold ?? settings.hold);
    const item = await findItem(pool, instruments, Number(request.params.id), hold);
    if (item === 'no-connection') return reply.code(503).send({ error: 'no connection to the database' });
    return item ?? reply.code(404).send({ error: 'no such item' });
  });
  addRoutes({ app, pool, instruments, settings });
  await app.listen({ host: '127.0.0.1', port: settings.port, backlog: 1024 });
}

async function findItem(pool: Pool, instruments: Instruments, id: number, hold: number): Promise<unknown> {
  const lent = await borrow(pool, instruments);
  if (lent === undefined) return 'no-connection';
  try {
    return (await lent.client.query(itemQuery, [id, settings.rows, hold])).rows[0];
  } finally {
    lent.giveBack();
  }
}

/** Counts every request from its arrival in this process until its answer is out, or its client gone. */
function measure(app: FastifyInstance, { duration, active }: Instruments): void {
  app.addHook('onRequest', async (request, reply) => {
    const arrived = performance.now();
    const known = { 'http.request.method': request.method, 'url.scheme': 'http' };
    active.add(1, known);
    reply.raw.once('close', () => {
      active.add(-1, known);
      duration.record((performance.now() - arrived) / 1e3, { ...known, ...outcome(request, reply) });
    });
  });
}

function outcome({ routeOptions }: FastifyRequest, { raw, statusCode }: FastifyReply): Attributes {
  const route = routeOptions.url === undefined ? {} : { 'http.route': routeOptions.url };
  if (!raw.writableFinished) return { ...route, 'error.type': 'client_closed_connection' };
  const status = { ...route, 'http.response.status_code': statusCode };
  return statusCode >= 500 ? { ...status, 'error.type': `${statusCode}` } : status;
}
