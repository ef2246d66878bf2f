import type { Script } from '../model/script.ts';
import { pickerOf } from './compose.ts';
import { type Jar, keepCookies } from './cookies.ts';
import type { Counters } from './counters.ts';
import { draw } from './draw.ts';
import { pauseOf } from './pause-of.ts';
import type { Answer } from './read-answer.ts';
import { type Leg, type Route, routesOf } from './route.ts';
import { rowSources } from './rows.ts';
import { type Session, sessionPool } from './session-pool.ts';

/** An arrival on its way: at the leg `at` of its route. `variables` and `jar` are its own, or those of its session. */
export type Walk = {
  readonly route: Route;
  readonly seed: number;
  readonly index: number;
  readonly sequence: number;
  readonly rows: ReadonlyMap<string, readonly string[]>;
  readonly variables: Map<string, string>;
  readonly jar: Jar | undefined;
  readonly session: Session | undefined;
  /** The session that it logs in anew. */
  readonly renews: Session | undefined;
  at: number;
};

/** How arrivals become requests, and answers the next ones. It reads no clock and sends nothing. */
export type Walks = {
  /** The walk of arrival `index` of a step; undefined once a unique feeder has no row left for it. */
  readonly begin: (seed: number, index: number) => Walk | undefined;
  /** Which request arrival `index` begins with. */
  readonly firstOf: (seed: number, index: number) => number;
  /** A walk that logs in; undefined once this worker has begun all its sessions, or no row is left for one. */
  readonly logIn: (seed: number) => Walk | undefined;
  /** A walk that logs its session in anew, for the target no longer knows it; undefined where it has none, or where that was begun a moment ago. */
  readonly renew: (walk: Walk, now: number) => Walk | undefined;
  /** Takes over what a good answer brought. */
  readonly heard: (walk: Walk, answer: Answer, extracted: readonly (readonly [string, string])[]) => void;
  /** Goes on to the next leg: the pause (s) before it, or undefined where the walk is over. */
  readonly next: (walk: Walk) => number | undefined;
  /** A walk has ended, well or not; one that logged in well is a session from now on. */
  readonly ended: (walk: Walk, well: boolean) => void;
};

/** Which of how many workers: each has its part of the sessions. */
export type Share = { readonly worker: number; readonly workers: number };

const noRows: ReadonlyMap<string, readonly string[]> = new Map();
/** Never written to: a walk that extracts has variables of its own. */
const noVariables = new Map<string, string>();
/** A session is not logged in anew more often than this (s): a target that knows nobody any more is not to be asked twice for each arrival. */
const renewalPause = 10;
/** The lanes of `draw` for pauses. */
const thinkLane = 2_000_000;

export function walksOf(script: Script, counters: Counters, { worker, workers }: Share): Walks {
  const routes = routesOf(script, rowSources(script.feeders, counters));
  const pick = pickerOf(script.classes);
  const all = script.sessions?.size ?? 0;
  const own = Math.floor(all / workers) + (worker < all % workers ? 1 : 0);
  const pool = sessionPool(own);
  let begun = 0;

  function routeAt(seed: number, index: number): Route {
    const route = routes.classes[pick(seed, index)];
    if (route === undefined) throw new RangeError('a script has at least one class of requests');
    return route;
  }

  function walk(route: Route, seed: number, index: number): Walk | undefined {
    const taken = rowsOf(route, seed, index);
    if (taken === undefined) return undefined;
    const session = route.session ? pool.take() : undefined;
    const { rows, variables, jar } = belongings(route, session, taken);
    // Written out, not spread: this is done for every arrival.
    return { route, seed, index, sequence: numberOf(route), session, rows, variables, jar, renews: undefined, at: 0 };
  }

  const numberOf = ({ counts }: Route): number => (counts ? counters.next('walks') + 1 : 0);

  function renew({ session, seed, index }: Walk, now: number): Walk | undefined {
    if (session === undefined || now - session.renewedAt < renewalPause) return undefined;
    session.renewedAt = now;
    session.walks += 1;
    const route = routes.login;
    const own = { rows: session.rows, variables: new Map<string, string>(), jar: new Map<string, string>() };
    return { route, seed, index, sequence: numberOf(route), session: undefined, ...own, renews: session, at: 0 };
  }

  function end({ route, session, renews, rows, variables, jar }: Walk, well: boolean): void {
    if (session !== undefined) pool.give(session);
    if (route !== routes.login || jar === undefined) return;
    if (renews === undefined && well) pool.add({ rows, variables, jar, walks: 0, renewedAt: Number.NEGATIVE_INFINITY });
    if (renews === undefined) return;
    if (well) Object.assign(renews, { variables, jar });
    pool.give(renews);
  }

  return {
    begin: (seed, index) => walk(routeAt(seed, index), seed, index),
    firstOf: (seed, index) => routeAt(seed, index).legs[0]?.request ?? 0,
    logIn: (seed) => (begun < own ? walk(routes.login, seed, worker + workers * begun++) : undefined),
    heard({ jar, variables }, answer, extracted) {
      if (jar !== undefined) keepCookies(jar, answer);
      for (const [name, value] of extracted) variables.set(name, value);
    },
    next(walk) {
      walk.at += 1;
      const leg = legOf(walk);
      return leg && pauseOf(leg.think, draw(walk.seed, walk.index, thinkLane + leg.request));
    },
    ended: end,
    renew,
  };
}

/** What a walk has: of its own, and of its session. */
function belongings(
  route: Route,
  session: Session | undefined,
  taken: Walk['rows'],
): Pick<Walk, 'rows' | 'variables' | 'jar'> {
  const rows = session === undefined ? taken : together(session.rows, taken);
  const variables = session?.variables ?? noVariables;
  return {
    rows,
    variables: route.extracts ? new Map(variables) : variables,
    jar: route.cookies ? new Map() : session?.jar,
  };
}

const together = (some: Walk['rows'], more: Walk['rows']): Walk['rows'] =>
  more.size === 0 ? some : new Map([...some, ...more]);

/** The request that a walk is at. */
export const legOf = ({ route, at }: Walk): Leg | undefined => route.legs[at];

/** A row of each feeder that a route takes anew. */
function rowsOf({ feeders }: Route, seed: number, index: number): Walk['rows'] | undefined {
  if (feeders.length === 0) return noRows;
  const rows = new Map<string, readonly string[]>();
  for (const { name, take } of feeders) {
    const row = take(seed, index);
    if (row === undefined) return undefined;
    rows.set(name, row);
  }
  return rows;
}
