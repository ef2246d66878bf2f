import { fault } from '../faults.ts';
import type { Plan } from '../model/plan.ts';
import type { Check, Feeder, Piece, Script, ScriptRequest, Template } from '../model/script.ts';
import type { Think } from '../model/think.ts';
import type { GeneratedFile } from './generated-file.ts';
import { scenariosOf } from './k6-scenarios.ts';
import { testRun } from './k6-test-run.ts';

/** What k6 is to run, and where. */
export type K6Order = {
  readonly plan: Plan;
  readonly script: Script;
  /** Bounds (s) that latency is to be told by exactly, as those of the objectives. */
  readonly limits: readonly number[];
  /** The text of main.js, the same for every plan. */
  readonly main: string;
  /** Instances of k6 that share the load. */
  readonly runners: number;
  /** Where k6 writes its metrics: the remote-write address of a Prometheus. */
  readonly writeTo: string;
};

/** What a ConfigMap of Kubernetes holds, with room for what is written around it (bytes). */
const mostBytes = 1024 * 1024 - 16 * 1024;
/** Logging in may take as long as this a session, and a minute beside. */
const loginTime = 2;

/**
 * A plan and its script as files for k6: the program, its data, and a TestRun of k6-operator with its ConfigMap.
 *
 * @throws PLAN_INVALID where k6 cannot offer the plan, or its files do not fit into a ConfigMap
 */
export function k6Files(order: K6Order): readonly GeneratedFile[] {
  const { plan, script, main, runners } = order;
  checkWire(script);
  const texts = {
    'main.js': main,
    'plan.json': `${JSON.stringify({ ...planOf(script, plan.think), bounds: boundsWith(order.limits), ...scenariosOf(plan, script, runners) }, undefined, 1)}\n`,
    'rows.json': `${JSON.stringify(Object.fromEntries(script.feeders.map(({ name, rows }) => [name, rows])))}\n`,
  };
  checkSize(texts);
  const files = { ...texts, 'testrun.yaml': testRun(order, texts) };
  return Object.entries(files).map(([name, text]) => ({ path: `k6/${script.target}/${name}`, text }));
}

/** By what latency is told (s): a quantile is known to about a third. */
const usualBounds = [
  0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5, 7.5, 10, 15, 20, 30,
];

const boundsWith = (limits: readonly number[]): readonly number[] =>
  [...new Set([...usualBounds, ...limits])].toSorted((a, b) => a - b);

/** k6 agrees on HTTP/2 by TLS only. */
function checkWire({ wire, origin }: Script): void {
  if (wire.http === 2 && !origin.startsWith('https:'))
    throw fault('PLAN_INVALID', ['k6 speaks HTTP/2 over TLS only, and the address of the target is http']);
}

function checkSize(texts: Readonly<Record<string, string>>): void {
  const bytes = Object.values(texts).reduce((sum, text) => sum + bytesOf(text), 0);
  if (bytes <= mostBytes) return;
  const what = `what k6 needs takes ${(bytes / 1024 / 1024).toFixed(1)} MiB, and a ConfigMap holds 1 MiB`;
  throw fault('PLAN_INVALID', [`${what}; give fewer rows under "data"`]);
}

/** Of a text in UTF-8. */
const bytesOf = (text: string): number => encodeURIComponent(text.toWellFormed()).replace(/%[0-9A-F]{2}/g, '.').length;

/** The script as main.js reads it. */
function planOf(script: Script, think: Think | undefined) {
  const { origin, wire, timeout, traceEvery, classes, feeders, sessions } = script;
  const columns = new Map(feeders.map((feeder) => [feeder.name, feeder.columns]));
  const read = (request: ScriptRequest) => requestOf(request, columns);
  return {
    origin,
    timeout: `${Math.round(timeout * 1000)}ms`,
    noConnectionReuse: wire.connections === 'new',
    insecureSkipTLSVerify: !wire.tls.verify,
    setupTimeout: `${60 + loginTime * (sessions?.size ?? 0)}s`,
    isOpen: think === undefined,
    think: think ?? null,
    traceEvery: traceEvery ?? null,
    feeders: feeders.map(({ name, order, per }) => ({ name, order, per })),
    sessions: sessions === undefined ? null : { size: sessions.size, login: sessions.login.map(read) },
    classes: Object.fromEntries(
      classes.map(({ name, weight, session, steps }) => [name, { weight, session, steps: steps.map(read) }]),
    ),
  };
}

type Columns = ReadonlyMap<string, Feeder['columns']>;

function requestOf(request: ScriptRequest, columns: Columns) {
  const { name, method, path, headers, body, extract, checks, think } = request;
  const written = (template: Template) => template.map((piece) => pieceOf(piece, columns));
  return {
    name,
    method,
    path: written(path),
    headers: Object.fromEntries(Object.entries(headers).map(([key, value]) => [key, written(value)])),
    body: body === undefined ? null : written(body),
    extract,
    checks: checks.map((check) => ({ ...check, says: checkInWords(check) })),
    think: think ?? null,
    also: checks.flatMap((check) => (check.kind === 'status' ? check.among.filter((status) => status >= 400) : [])),
    readsBody:
      extract.some(({ kind }) => kind !== 'header') ||
      checks.some(({ kind }) => kind !== 'status' && kind !== 'within'),
  };
}

function pieceOf(piece: Piece, columns: Columns): unknown {
  if (piece.kind === 'text') return piece.text;
  if (piece.kind !== 'row') return piece;
  return {
    kind: 'row',
    feeder: piece.feeder,
    at: (columns.get(piece.feeder) ?? []).indexOf(piece.column),
    as: piece.as,
  };
}

/** What k6 calls a check in its summary. */
function checkInWords(check: Check): string {
  switch (check.kind) {
    case 'status':
      return `its status is ${check.among.join(' or ')}`;
    case 'within':
      return `it comes within ${check.limit} s`;
    case 'has':
      return `it has ${check.pointer}`;
    case 'json':
      return `${check.pointer} is ${JSON.stringify(check.equals)}`;
    case 'contains':
      return `it contains ${JSON.stringify(check.text)}`;
    case 'matches':
      return `it matches ${check.pattern}`;
  }
}
