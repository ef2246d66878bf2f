import { fault } from '../faults.ts';
import type { LoadSource } from '../model/configuration.ts';
import { feedersNamedIn } from '../model/feeders-named-in.ts';
import type { Plan } from '../model/plan.ts';
import type { ClassSource, RequestSource, SessionsSource } from '../model/request-source.ts';
import type { Caps, RequestClass, Script, ScriptRequest, Sessions } from '../model/script.ts';
import { feedersOf } from './feeders.ts';
import { type Given, requestOf } from './request.ts';
import type { Scope } from './template.ts';

/** What a script is made for and where it goes: names, the version that it is sent under, and the address that the target's URL resolved to. */
export type ScriptOrder = {
  readonly target: string;
  readonly run: string;
  readonly version: string;
  readonly plan: Plan;
  readonly caps: Caps;
  readonly origin: string;
  readonly address: string;
  /** Worker threads where the configuration leaves them open. */
  readonly workers: number;
};

/** Enough that no two arrivals need the same one at ordinary rates, and few enough to log in within seconds. */
const usualSessions = 10;

/**
 * Compiles what is configured to be sent into a script: plain data, templates read, identifying headers added.
 *
 * @throws CONFIG_INVALID where a template cannot be read or names what is not there, a feeder has too few rows, a method would write without
 * `writes: true`, or a header is not the user's to set
 */
export function compile(load: LoadSource, order: ScriptOrder): Script {
  const given: Given = {
    prefix: new URL(load.url).pathname.replace(/\/$/, ''),
    writes: load.writes,
    identity: { 'user-agent': `plimsoll/${order.version}`, 'x-plimsoll-run': order.run },
  };
  const feeders = new Map(load.data.map(({ name, columns }) => [name, columns]));
  const login = loginOf(load.sessions, given, feeders);
  const classes = load.requests.map((source) => classOf(source, load.sessions, given, { feeders, login }));
  const sessions = load.sessions && { size: sizeOf(load.sessions, load, login), login };
  return {
    target: order.target,
    run: order.run,
    origin: order.origin,
    address: order.address,
    wire: load.wire,
    classes,
    feeders: feedersOf(load.data, { classes, sessions }, order.plan),
    sessions,
    traceEvery: load.traceEvery,
    arrivals: order.plan.arrivals,
    think: order.plan.think,
    seed: order.plan.seed,
    timeout: load.timeout,
    caps: order.caps,
    workers: Math.min(load.workers ?? order.workers, sessions?.size ?? Number.POSITIVE_INFINITY),
  };
}

function loginOf(
  sessions: SessionsSource | undefined,
  given: Given,
  feeders: Scope['feeders'],
): readonly ScriptRequest[] {
  return inTurn(sessions?.login ?? [], given, { feeders, variables: new Set() });
}

type Known = { readonly feeders: Scope['feeders']; readonly login: readonly ScriptRequest[] };

function classOf(
  source: ClassSource,
  sessions: SessionsSource | undefined,
  given: Given,
  { feeders, login }: Known,
): RequestClass {
  const { name, weight, steps } = source;
  const session = sessions !== undefined && source.session;
  const variables = new Set(session ? variablesOf(login) : []);
  const headers = session ? sessions.headers : {};
  const dressed = steps.map((step) => ({ ...step, headers: { ...headers, ...step.headers } }));
  return { name, weight, session, steps: inTurn(dressed, given, { feeders, variables }) };
}

/** Requests one after the other: each may use what those before it extract. */
function inTurn(sources: readonly RequestSource[], given: Given, { feeders, variables }: Scope): ScriptRequest[] {
  const done: ScriptRequest[] = [];
  for (const source of sources) {
    const scope = { feeders, variables: new Set([...variables, ...variablesOf(done)]) };
    done.push(requestOf(source, given, scope));
  }
  return done;
}

const variablesOf = (requests: readonly ScriptRequest[]): readonly string[] =>
  requests.flatMap(({ extract }) => extract.map(({ into }) => into));

/** As many as asked for; else the usual number, or as many as its unique feeders have rows for. */
function sizeOf({ size, place }: SessionsSource, load: LoadSource, login: Sessions['login']): number {
  const named = new Set(login.flatMap(feedersNamedIn));
  const unique = load.data.filter(({ name, order }) => order === 'unique' && named.has(name));
  const rows = Math.min(...unique.map((feeder) => feeder.rows.length));
  const least = unique.find((feeder) => feeder.rows.length === rows);
  if (size !== undefined && least !== undefined && size > rows)
    throw fault('CONFIG_INVALID', [
      `${place.file}:${place.line}`,
      `${size} sessions need ${size} rows of the unique feeder "${least.name}", which has ${rows}`,
    ]);
  return size ?? Math.min(usualSessions, rows);
}
