import { fault } from '../faults.ts';
import type { Run } from '../model/run-state.ts';
import { type Epoch, epoch } from '../model/units.ts';
import { eventStream } from './event-stream.ts';
import type { Handed } from './handed.ts';
import { knownTarget } from './known-target.ts';
import { type App, json } from './route.ts';
import { AskedSchema, byRun, ObservationSchema, RunSchema, RunsSchema, runsQuery } from './schemas.ts';
import { hrefOfRun, runView } from './views.ts';

const begun = {
  says: 'the run has begun',
  content: json(RunSchema),
  headers: { location: 'where the run is told of' },
};

/** Runs: to start those without load, to follow and to stop them. */
export function runRoutes(app: App, handed: Handed): void {
  const { store } = handed;
  const known = async (id: string): Promise<Run> => {
    const run = await store.run(id);
    if (run === undefined) throw fault('RUN_UNKNOWN', [id]);
    return run;
  };

  app.post(
    '/api/v1/observations',
    {
      schema: { body: ObservationSchema },
      config: { told: { summary: 'Judge a window whose load others made', answers: { 202: begun } } },
    },
    async ({ body }, reply) => {
      const { name } = knownTarget(handed.targets(), body.target);
      const span = { from: time(body.from, 'from'), to: time(body.to, 'to') };
      if (span.from >= span.to) throw fault('USAGE', [`from ${body.from} must come before to ${body.to}`]);
      const id = await handed.observe({ target: name, span });
      return reply
        .code(202)
        .header('location', hrefOfRun(id))
        .send(runView(await known(id)));
    },
  );

  app.get(
    '/api/v1/runs',
    {
      schema: { querystring: runsQuery },
      config: {
        told: { summary: 'Runs, newest first', answers: { 200: { says: 'a page', content: json(RunsSchema) } } },
      },
    },
    async ({ query: { target, limit = 50, before } }) => {
      if (before !== undefined) await known(before);
      const found = await store.runs({ target, limit: limit + 1, before });
      const page = found.slice(0, limit);
      return { runs: page.map(runView), next: found.length > limit ? (page.at(-1)?.id ?? null) : null };
    },
  );

  app.get(
    '/api/v1/runs/:run',
    {
      schema: { params: byRun },
      config: { told: { summary: 'One run', answers: { 200: { says: 'the run', content: json(RunSchema) } } } },
    },
    async ({ params }) => runView(await known(params.run)),
  );

  const asked = { says: 'the run, asked to stop', content: json(RunSchema) };
  app.post(
    '/api/v1/runs/:run/cancel',
    { schema: { params: byRun }, config: { told: { summary: 'Ask a run to stop', answers: { 202: asked } } } },
    async ({ params }, reply) => {
      await known(params.run);
      await store.requestStop(params.run);
      return reply.code(202).send(runView(await known(params.run)));
    },
  );

  const all = { says: 'how many were asked', content: json(AskedSchema) };
  app.post(
    '/api/v1/stop-all',
    { config: { told: { summary: 'Ask every run to stop', answers: { 202: all } } } },
    async (_request, reply) => reply.code(202).send({ asked: await store.requestStop(undefined) }),
  );
}

/** The progress of a run as it goes on. */
export function eventRoute(app: App, handed: Handed): void {
  const { store, clock } = handed;
  const events = { says: 'progress, then the end; a comment every 15 s', content: { 'text/event-stream': undefined } };
  app.get(
    '/api/v1/runs/:run/events',
    { schema: { params: byRun }, config: { told: { summary: 'Follow a run', answers: { 200: events } } } },
    async ({ params, raw }, reply) => {
      const id = params.run;
      if ((await store.run(id)) === undefined) throw fault('RUN_UNKNOWN', [id]);
      const gone = new AbortController();
      raw.socket.once('close', () => gone.abort());
      const last = async () => {
        const run = await store.run(id);
        return run && runView(run);
      };
      const stream = eventStream({ beats: (stop) => handed.beats(id, stop), last, clock, stop: gone.signal });
      return reply.type('text/event-stream; charset=utf-8').send(ReadableStream.from(encoded(stream)));
    },
  );
}

async function* encoded(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const text of texts) yield encoder.encode(text);
}

function time(text: string, name: string): Epoch {
  const milliseconds = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(milliseconds)) {
    throw fault('USAGE', [`${name} "${text}" is not a time; right would be 2026-11-21T04:00:00Z`]);
  }
  return epoch(milliseconds / 1000);
}
