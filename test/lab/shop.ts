import type { FastifyRequest } from 'fastify';
import { runShop, type Worker } from '../../deploy/demo/run-shop.ts';
import { burn } from '../../deploy/demo/shop-burn.ts';
import { borrow } from '../../deploy/demo/shop-connections.ts';
import { patientPool } from './patient-pool.ts';

/** One row that everybody wants: it stays locked for the pause and the commit. */
const hotQuery = `
  WITH taken AS (UPDATE items SET stock = stock - 1 WHERE id = 1 RETURNING id)
  SELECT pg_sleep($1) FROM taken`;

const itemQuery = 'SELECT id, name, price, stock, pg_sleep($2) FROM items WHERE id = $1';

type Check = { readonly Querystring: { readonly keeps?: string } };
type Item = { readonly Params: { readonly id: string } };

/** What the shop of the demo does not do, and shops do: fight for one row, forget connections, wait where the database refuses them. */
function addRoutes({ app, pool, instruments, settings }: Worker): void {
  const connectPatiently = patientPool(pool);
  app.get('/hot', async (_, reply) => {
    burn(settings.burn);
    const lent = await borrow(pool, instruments);
    if (lent === undefined) return reply.code(503).send();
    await lent.client.query(hotQuery, [settings.hold]).finally(lent.giveBack);
    return { ok: true };
  });
  app.get('/check', async (request: FastifyRequest<Check>, reply) => {
    const lent = await borrow(pool, instruments);
    if (lent === undefined) return reply.code(503).send();
    await lent.client.query('SELECT 1');
    const { keeps } = request.query;
    if (keeps !== undefined) setTimeout(lent.giveBack, Number(keeps) * 1e3);
    return { ok: true };
  });
  app.get('/patient/:id', async (request: FastifyRequest<Item>, reply) => {
    burn(settings.burn);
    const lent = await borrow(pool, instruments, connectPatiently);
    if (lent === undefined) return reply.code(503).send();
    const asked = lent.client.query(itemQuery, [Number(request.params.id), settings.hold]).finally(lent.giveBack);
    return (await asked).rows[0] ?? reply.code(404).send();
  });
}

await runShop(addRoutes);
