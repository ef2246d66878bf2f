import { fault } from '../faults.ts';
import type { Report } from '../model/report.ts';
import { chooseFormat, mediaTypes } from './choose-format.ts';
import type { Handed } from './handed.ts';
import { headroomLine, headroomMarkdown } from './headroom-in-words.ts';
import { knownTarget } from './known-target.ts';
import { loweredCaps } from './lowered-caps.ts';
import { type App, json } from './route.ts';
import { byTarget, HeadroomSchema, headroomQuery, ProbeSchema, RunSchema, TargetsSchema } from './schemas.ts';
import { headroomView, hrefOfRun, runView, targetView } from './views.ts';

const begun = {
  says: 'the run has begun',
  content: json(RunSchema),
  headers: { location: 'where the run is told of' },
};

/** Targets, what is left of them, and runs with load. */
export function targetRoutes(app: App, handed: Handed): void {
  const { store, tell } = handed;

  app.get(
    '/api/v1/targets',
    {
      config: { told: { summary: 'All targets', answers: { 200: { says: 'targets', content: json(TargetsSchema) } } } },
    },
    async () => {
      const targets = handed.targets().map(async (target) => targetView(target, await store.latest(target.name)));
      return { targets: await Promise.all(targets) };
    },
  );

  const headroomAnswers = {
    200: {
      says: 'the headroom of the newest run that gave an answer; as text in one line of at most 200 characters',
      content: { ...json(HeadroomSchema), 'text/plain': undefined, 'text/markdown': undefined },
    },
  };
  app.get(
    '/api/v1/targets/:target/headroom',
    {
      schema: { params: byTarget, querystring: headroomQuery },
      config: { told: { summary: 'How much more a target carries', answers: headroomAnswers } },
    },
    async ({ params, query, headers }, reply) => {
      const { name } = knownTarget(handed.targets(), params.target);
      const latest = await store.latest(name);
      const report: Report | undefined = (await store.latestAnswer(name)) ?? latest;
      if (report === undefined) throw fault('NOT_FOUND', [`complete run of target "${name}"`]);
      const view = headroomView(report, latest ?? report);
      const format = chooseFormat(query.format, headers.accept, ['json', 'text', 'markdown']);
      const words = {
        json: () => JSON.stringify(view),
        text: () => `${headroomLine(tell.line(report), view)}\n`,
        markdown: () => headroomMarkdown(view),
      };
      return reply.type(`${mediaTypes[format]}; charset=utf-8`).header('vary', 'accept').send(words[format]());
    },
  );

  app.post(
    '/api/v1/targets/:target/runs',
    {
      schema: { params: byTarget, body: ProbeSchema },
      config: { startsLoad: true, told: { summary: 'Start load on a target', answers: { 202: begun } } },
    },
    async ({ params, body }, reply) => {
      const { name, caps } = knownTarget(handed.targets(), params.target);
      if (caps === undefined) throw fault('TARGET_NOT_LOADABLE', [name]);
      const id = await handed.probe({ target: name, caps: loweredCaps(body.limits ?? {}, caps) });
      const run = await store.run(id);
      return reply
        .code(202)
        .header('location', hrefOfRun(id))
        .send(run && runView(run));
    },
  );
}
