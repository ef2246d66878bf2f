import type { ConfigurationText, LoadSource } from '../model/configuration.ts';
import { percent } from '../model/in-words.ts';
import type { PlanShape } from '../model/plan-shape.ts';
import type { DataText, FeederSource, SessionsSource } from '../model/request-source.ts';
import { type OwnStopLimits, stopLimits } from '../model/stop-limits.ts';
import { durationOf, shareOf } from './quantity.ts';
import { planShape } from './read-plan.ts';
import { resolveClass, resolveStep } from './resolve-request.ts';
import { resolveWire } from './resolve-wire.ts';
import { checkAddress, checkUnique, named } from './rules.ts';
import type { Written } from './written.ts';
import type { Path } from './yaml-document.ts';

type LoadText = NonNullable<NonNullable<ConfigurationText['targets']>[number]['load']>;
type Config = Written<ConfigurationText>;
type Known = { readonly config: Config; readonly plans: readonly PlanShape[] };

/** The load of a target as it is written → the noun. Feeders know their file, not yet their rows. */
export function resolveLoad({ config, plans }: Known, text: LoadText, path: Path): LoadSource {
  checkAddress(config, [...path, 'url'], text.url);
  const timeout = durationOf(text.timeout ?? '10s');
  if (timeout <= 0) throw config.wrong([...path, 'timeout'], 'timeout: no request can be answered in 0 s');
  const writes = text.writes ?? false;
  checkNames(config, text, path);
  checkSessions(config, text, path);
  return {
    url: text.url,
    plan: planOf({ config, plans }, text, path),
    writes,
    timeout,
    wire: resolveWire(config, text, path),
    workers: text.workers,
    guards: text.guards ?? {},
    stop: stopOf(config, text, [...path, 'stop']),
    data: feedersOf(config, text.data ?? {}, [...path, 'data']),
    sessions: sessionsOf(config, text, [...path, 'sessions']),
    traceEvery: text.trace_every,
    requests: text.requests.map((request, index) =>
      resolveClass(config, request, writes, [...path, 'requests', index]),
    ),
    place: { file: config.file, line: config.lineOf(path) },
  };
}

function stopOf(config: Config, { stop = {} }: LoadText, path: Path): OwnStopLimits {
  const errors = stop.errors === undefined ? undefined : shareOf(stop.errors);
  const usual = stopLimits.failing.share;
  if (errors !== undefined && errors > usual)
    throw config.wrong(
      [...path, 'errors'],
      `errors: every load stops at ${percent(usual)} of errors; it can only be told to stop sooner`,
    );
  return { errors, p95: stop.p95 === undefined ? undefined : durationOf(stop.p95) };
}

function planOf({ config, plans }: Known, { plan = 'staircase' }: LoadText, path: Path): PlanShape {
  if (typeof plan !== 'string') return planShape(config, plan, [...path, 'plan'], 'inline');
  return named(config, [...path, 'plan'], 'plan', plan, new Map(plans.map((shape) => [shape.name, shape])));
}

function sessionsOf(config: Config, { sessions, writes = false }: LoadText, path: Path): SessionsSource | undefined {
  if (sessions === undefined) return undefined;
  return {
    size: sessions.size,
    login: sessions.login.map((step, index) => resolveStep(config, step, writes, [...path, 'login', index])),
    headers: sessions.headers ?? {},
    place: { file: config.file, line: config.lineOf(path) },
  };
}

/** Results go by the names of requests, so no two of a load may have the same, wherever they stand. */
function checkNames(config: Config, { requests, sessions }: LoadText, path: Path): void {
  checkUnique(config, [...path, 'requests'], requests);
  const each = [
    ...(sessions?.login ?? []).map(({ name }, at) => ({ name, path: [...path, 'sessions', 'login', at] })),
    ...requests.flatMap(({ name, steps = [{ name }] }, index) =>
      steps.map((step, at) => ({ name: step.name, path: [...path, 'requests', index, 'steps', at] })),
    ),
  ];
  const again = each.find(({ name }, at) => each.findIndex((other) => other.name === name) < at);
  if (again !== undefined)
    throw config.wrong(again.path, `there are two requests of the name "${again.name}" in this load`);
}

function checkSessions(config: Config, { requests, sessions }: LoadText, path: Path): void {
  const without = sessions === undefined ? requests.findIndex(({ session }) => session === true) : -1;
  if (without >= 0)
    throw config.wrong(
      [...path, 'requests', without, 'session'],
      `request "${requests[without]?.name}" is done in a session, and this load has no "sessions"`,
    );
}

function feedersOf(config: Config, data: DataText, path: Path): readonly FeederSource[] {
  return Object.entries(data).map(([name, text]) => {
    const { file, order = 'sequential' } = typeof text === 'string' ? { file: text } : text;
    if (!/^[A-Za-z_][A-Za-z0-9_-]*$/.test(name) || name === 'session')
      throw config.wrong([...path, name], `"${name}" is no name for a feeder; use letters, digits, "_" and "-"`);
    const place = { file: config.file, line: config.lineOf([...path, name]) };
    return { name, file, order, columns: [], rows: [], place };
  });
}
