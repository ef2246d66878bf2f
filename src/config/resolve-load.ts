import type { ConfigurationText, LoadSource, RequestSource } from '../model/configuration.ts';
import type { PlanShape } from '../model/plan-shape.ts';
import { durationOf } from './quantity.ts';
import { planShape } from './read-plan.ts';
import { checkAddress, checkUnique, named } from './rules.ts';
import type { Written } from './written.ts';
import type { Path } from './yaml-document.ts';

type LoadText = NonNullable<NonNullable<ConfigurationText['targets']>[number]['load']>;
type RequestText = LoadText['requests'][number];
type Known = { readonly config: Written<ConfigurationText>; readonly plans: readonly PlanShape[] };

const safe = ['GET', 'HEAD', 'OPTIONS'];

/** The load of a target as it is written → the noun. */
export function resolveLoad({ config, plans }: Known, text: LoadText, path: Path): LoadSource {
  checkAddress(config, [...path, 'url'], text.url);
  checkUnique(config, [...path, 'requests'], text.requests);
  const timeout = durationOf(text.timeout ?? '10s');
  if (timeout <= 0) throw config.wrong([...path, 'timeout'], 'timeout: no request can be answered in 0 s');
  return {
    url: text.url,
    plan: planOf({ config, plans }, text, path),
    writes: text.writes ?? false,
    timeout,
    workers: text.workers,
    guards: text.guards ?? {},
    requests: text.requests.map((request, index) => requestOf(config, text, request, [...path, 'requests', index])),
    place: { file: config.file, line: config.lineOf(path) },
  };
}

function planOf({ config, plans }: Known, { plan = 'staircase' }: LoadText, path: Path): PlanShape {
  if (typeof plan !== 'string') return planShape(plan, 'inline');
  return named(config, [...path, 'plan'], 'plan', plan, new Map(plans.map((shape) => [shape.name, shape])));
}

function requestOf(config: Known['config'], load: LoadText, request: RequestText, path: Path): RequestSource {
  const method = request.method ?? 'GET';
  if (!safe.includes(method) && load.writes !== true) {
    throw config.wrong(
      [...path, 'method'],
      `request "${request.name}" is a ${method}, which may change things; set "writes: true" under "load" to allow it`,
    );
  }
  if (request.json !== undefined && request.body !== undefined) {
    throw config.wrong([...path, 'body'], `request "${request.name}" has both json and body; one of them is its body`);
  }
  const isJson = request.json !== undefined;
  return {
    name: request.name,
    weight: request.weight ?? 1,
    method,
    path: request.path,
    headers: isJson ? { 'content-type': 'application/json', ...request.headers } : (request.headers ?? {}),
    body: isJson ? JSON.stringify(request.json) : request.body,
    place: { file: config.file, line: config.lineOf(path) },
  };
}
