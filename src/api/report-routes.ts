import type { FastifyReply } from 'fastify';
import { fault } from '../faults.ts';
import { ComparisonSchema } from '../model/comparison.ts';
import { type Report, ReportSchema } from '../model/report.ts';
import { chooseFormat, type Format, mediaTypes } from './choose-format.ts';
import { freshNonce } from './digest.ts';
import type { Handed } from './handed.ts';
import { type App, json } from './route.ts';
import { byRun, comparisonQuery, reportQuery } from './schemas.ts';

const endings = { json: 'json', md: 'markdown', html: 'html' } as const satisfies Record<string, Format>;
const words = { 'text/plain': undefined, 'text/markdown': undefined, 'text/html': undefined };

/** Reports in every form, and comparisons of several. */
export function reportRoutes(app: App, handed: Handed): void {
  const { store, tell } = handed;
  const known = async (id: string): Promise<Report> => {
    const report = await store.report(id);
    if (report !== undefined) return report;
    const run = await store.run(id);
    if (run === undefined) throw fault('RUN_UNKNOWN', [id]);
    throw fault('NOT_FOUND', [`report of run ${id}, which is ${run.state},`]);
  };
  const send = (reply: FastifyReply, report: Report, format: Format): FastifyReply => {
    const nonce = freshNonce();
    const texts = {
      ...{ json: () => JSON.stringify(report), text: () => tell.text(report), markdown: () => tell.markdown(report) },
      html: () => tell.html(report, nonce),
    };
    if (format === 'html') reply.header('content-security-policy', policyOf(nonce));
    return reply.type(`${mediaTypes[format]}; charset=utf-8`).send(texts[format]());
  };

  const answers = { 200: { says: 'the report', content: { ...json(ReportSchema), ...words } } };
  app.get(
    '/api/v1/runs/:run/report',
    {
      schema: { params: byRun, querystring: reportQuery },
      config: { told: { summary: 'The report of a run, in the form that the Accept header asks for', answers } },
    },
    async ({ params, query, headers }, reply) => {
      const format = chooseFormat(query.format, headers.accept, ['json', 'text', 'markdown', 'html']);
      return send(reply.header('vary', 'accept'), await known(params.run), format);
    },
  );

  for (const [ending, format] of Object.entries(endings)) {
    const content = { [mediaTypes[format]]: format === 'json' ? ReportSchema : undefined };
    app.get(
      `/api/v1/runs/:run/report.${ending}`,
      {
        schema: { params: byRun },
        config: {
          told: { summary: `The report of a run: ${format}`, answers: { 200: { says: 'the report', content } } },
        },
      },
      async ({ params }, reply) => send(reply, await known(params.run), format),
    );
  }

  app.get(
    '/api/v1/comparisons',
    {
      schema: { querystring: comparisonQuery },
      config: {
        told: {
          summary: 'What differs between runs',
          answers: { 200: { says: 'the comparison', content: json(ComparisonSchema) } },
        },
      },
    },
    async ({ query }) => {
      const [runs, against] = [idsIn(query.runs), idsIn(query.against ?? '')];
      const ids = [...new Set([...runs, ...against])];
      if (ids.length < runs.length + against.length || ids.length < 2 || ids.length > mostRuns)
        throw fault('USAGE', [
          `runs must name 2 to ${mostRuns} different runs, as in runs=A,B; repeats of two set-ups as in runs=A1,A2&against=B1,B2`,
        ]);
      const sizes = against.length > 0 ? [runs.length, against.length] : runs.map(() => 1);
      return handed.compare(await Promise.all(ids.map(known)), sizes);
    },
  );
}

/** One comparison holds no more reports than this. */
const mostRuns = 20;

const idsIn = (list: string): readonly string[] =>
  list
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');

/** A page of ours may run what we wrote into it and load nothing from anywhere. */
const policyOf = (nonce: string): string =>
  [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
