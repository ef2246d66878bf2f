import { frontPage } from './front-page.ts';
import type { Handed } from './handed.ts';
import { type App, json } from './route.ts';
import { WordSchema } from './schemas.ts';
import { targetView } from './views.ts';

const pagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** What runs the service asks for: metrics, health, a new look at the configuration; and the page at the top. */
export function operationRoutes(app: App, handed: Handed): void {
  const word = (says: string) => ({ says, content: json(WordSchema) });

  const metrics = { says: 'metrics in the text format 0.0.4', content: { 'text/plain': undefined } };
  app.get(
    '/metrics',
    { config: { told: { summary: 'Metrics for Prometheus', answers: { 200: metrics } } } },
    async (_request, reply) => {
      const page = await handed.metrics();
      return reply.type('text/plain; version=0.0.4; charset=utf-8').send(page);
    },
  );

  app.get(
    '/-/healthy',
    { config: { told: { summary: 'Whether the process lives', plain: true, answers: { 200: word('it does') } } } },
    async () => ({ status: 'healthy' }),
  );

  app.get(
    '/-/ready',
    {
      config: {
        told: {
          summary: 'Whether it can answer',
          plain: true,
          answers: { 200: word('it can'), 503: word('not yet, and why') },
        },
      },
    },
    async (_request, reply) => {
      const readiness = handed.ready();
      if (readiness.ready) return { status: 'ready' };
      return reply.code(503).send({ status: readiness.why });
    },
  );

  for (const method of ['PUT', 'POST'] as const) {
    app.route({
      method,
      url: '/-/reload',
      config: { told: { summary: 'Read the configuration again', answers: { 200: word('the new one is in force') } } },
      handler: async () => {
        await handed.reload();
        return { status: 'reloaded' };
      },
    });
  }

  const page = { says: 'a page for people', content: { 'text/html': undefined } };
  app.get(
    '/',
    { config: { told: { summary: 'Targets and their newest reports', answers: { 200: page } } } },
    async (_request, reply) => {
      const { store } = handed;
      const targets = handed.targets().map(async (target) => targetView(target, await store.latest(target.name)));
      const text = frontPage(await Promise.all(targets), handed.version);
      return reply.type('text/html; charset=utf-8').header('content-security-policy', pagePolicy).send(text);
    },
  );
}
