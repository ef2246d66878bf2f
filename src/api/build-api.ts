import { type TypeBoxTypeProvider, TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import fastify, { type FastifyInstance, type FastifyReply, type RouteOptions } from 'fastify';
import { fault } from '../faults.ts';
import { checkAccess } from './check-access.ts';
import type { Handed } from './handed.ts';
import { mismatches } from './mismatches.ts';
import { type Described, openapiOf } from './openapi-of.ts';
import { operationRoutes } from './operation-routes.ts';
import { problemOf } from './problem-of.ts';
import { reportRoutes } from './report-routes.ts';
import { type App, json } from './route.ts';
import { eventRoute, runRoutes } from './run-routes.ts';
import { targetRoutes } from './target-routes.ts';

const kibibyte = 1024;

const everywhere = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
} as const;

/** Builds the HTTP API over what it is handed; it listens once the caller says so, on `access.host`. */
export function buildApi(handed: Handed): FastifyInstance {
  const server = fastify({
    bodyLimit: 64 * kibibyte,
    requestTimeout: 10_000,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 300 },
    ajv: { customOptions: { removeAdditional: false } },
    schemaErrorFormatter: (errors, part) => new Error(mismatches(part, errors)),
    frameworkErrors: (error, _request, reply) => answer(reply, error, handed),
  });
  const app: App = server.withTypeProvider<TypeBoxTypeProvider>().setValidatorCompiler(TypeBoxValidatorCompiler);
  app.setSerializerCompiler(() => (value) => JSON.stringify(value));
  app.removeContentTypeParser('text/plain');
  keepOrder(app, handed);

  const described: Described[] = [];
  app.addHook('onRoute', (route) => void described.push(...descriptionsOf(route)));
  for (const add of [targetRoutes, runRoutes, eventRoute, reportRoutes, operationRoutes]) add(app, handed);
  describeRoute(app, () => openapiOf(described, handed.version));
  return server;
}

/** What holds for every request: who may ask, what every answer carries, and how a failure is told. */
function keepOrder(app: App, handed: Handed): void {
  app.addHook('onRequest', async ({ method, headers, routeOptions }, reply) => {
    reply.headers(everywhere);
    checkAccess(handed.access, { method, headers, startsLoad: routeOptions.config.startsLoad ?? false });
  });
  app.addHook('preValidation', async (request) => {
    if (request.routeOptions.schema?.body !== undefined) request.body ??= {};
  });
  app.setErrorHandler((error, request, reply) => answer(reply, error, handed, `${request.method} ${request.url}`));
  app.setNotFoundHandler((request, reply) =>
    answer(reply, fault('NOT_FOUND', [`${request.method} ${request.url.split('?')[0]}`]), handed),
  );
}

function answer(reply: FastifyReply, error: unknown, handed: Handed, where = 'a request'): FastifyReply {
  const { problem, ours } = problemOf(error);
  if (ours) handed.broke(error, where);
  reply.headers(everywhere);
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
  return reply.code(problem.status).type('application/problem+json; charset=utf-8').send(JSON.stringify(problem));
}

function describeRoute(app: App, describe: () => object): void {
  const answers = { 200: { says: 'OpenAPI 3.1', content: json({ type: 'object' }) } };
  app.get('/openapi.json', { config: { told: { summary: 'This description', plain: true, answers } } }, async () =>
    describe(),
  );
}

function descriptionsOf({ method, url, schema = {}, config }: RouteOptions): readonly Described[] {
  const { body, querystring, params } = schema;
  return [method]
    .flat()
    .map((one) => ({ method: one, url, told: config?.told, schema: { body, querystring, params } }));
}
