import type { FastifyRequest } from 'fastify';
import { memberOf, passwordOf, tokenOf } from './members.ts';
import type { Worker } from './run-shop.ts';
import { burn } from './shop-burn.ts';
import { borrow } from './shop-connections.ts';

interface Login {
  readonly Body: { readonly user?: string; readonly password?: string };
}
interface Order {
  readonly Body: { readonly item?: number; readonly count?: number };
}

const orderQuery = 'SELECT id, price * $2 AS total, pg_sleep($3) FROM items WHERE id = $1';

/**
 * What only members may do. A login answers with a token and sets a cookie; both go with every request after it:
 * the account, which asks nobody, and an order, which holds a connection as an item does.
 */
export function addMemberRoutes({ app, pool, instruments, settings }: Worker): void {
  const key = settings.database.password;
  const member = ({ headers: { authorization, cookie } }: FastifyRequest): string | undefined => {
    const user = memberOf(authorization?.replace(/^Bearer /, ''), key);
    return cookie?.includes(`member=${user}`) ? user : undefined;
  };
  app.post('/login', async ({ body }: FastifyRequest<Login>, reply) => {
    const { user, password } = body ?? {};
    if (user === undefined || password !== passwordOf(user)) return reply.code(401).send({ error: 'who is this?' });
    reply.header('set-cookie', `member=${user}; Path=/; HttpOnly; SameSite=Strict`);
    return reply.code(201).send({ user, token: tokenOf(user, key) });
  });
  app.get('/account', async (request, reply) => {
    burn(settings.burn);
    const user = member(request);
    return user === undefined ? reply.code(401).send({ error: 'not logged in' }) : { user };
  });
  app.post('/orders', async (request: FastifyRequest<Order>, reply) => {
    burn(settings.burn);
    const user = member(request);
    if (user === undefined) return reply.code(401).send({ error: 'not logged in' });
    const { item, count } = request.body ?? {};
    const lent = await borrow(pool, instruments);
    if (lent === undefined) return reply.code(503).send({ error: 'no connection to the database' });
    const found = await lent.client.query(orderQuery, [item, count, settings.hold]).finally(lent.giveBack);
    return reply.code(201).send({ user, item, total: found.rows[0]?.total });
  });
}
