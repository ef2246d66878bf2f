import { feedersNamedIn } from '../model/feeders-named-in.ts';
import type { Script, ScriptRequest } from '../model/script.ts';
import type { Think } from '../model/think.ts';
import { type Writer, writersOf } from './compose.ts';
import { type Kept, type Reader, readerOf } from './read-answer.ts';
import type { RowSource } from './rows.ts';

/** One request of a walk, made ready: which of the script's requests it is, how it is written and how its answers are read. */
export type Leg = {
  readonly request: number;
  readonly write: Writer;
  readonly reader: Reader | undefined;
  readonly keeps: Kept;
  readonly think: Think | undefined;
};

/** What an arrival does, made ready. */
export type Route = {
  readonly legs: readonly Leg[];
  /** Done in one of the sessions. */
  readonly session: boolean;
  /** The feeders whose rows it takes anew. */
  readonly feeders: readonly RowSource[];
  /** It has a number of its own in the run. */
  readonly counts: boolean;
  /** It has cookies of its own. */
  readonly cookies: boolean;
  readonly extracts: boolean;
};

/** All routes of a script, and the requests that they make, in the order in which they are counted. */
export type Routes = { readonly login: Route; readonly classes: readonly Route[] };

/** Makes a script ready. The login comes first in the order of requests, as in `requestNames`. */
export function routesOf(script: Script, sources: readonly RowSource[]): Routes {
  const login = script.sessions?.login ?? [];
  let first = login.length;
  const classes = script.classes.map(({ steps, session }) => {
    const legs = legsOf(steps, first, script, session || steps.length > 1);
    first += steps.length;
    return { legs, ...needsOf(steps, sources, 'walk'), session, cookies: !session && steps.length > 1 };
  });
  const opening = { ...needsOf(login, sources, 'session'), session: false, cookies: true, extracts: true };
  return { login: { legs: legsOf(login, 0, script, true), ...opening }, classes };
}

/** The names of all requests of a script, in the order in which they are counted. */
export const requestNames = ({ sessions, classes }: Pick<Script, 'sessions' | 'classes'>): readonly string[] =>
  [...(sessions?.login ?? []), ...classes.flatMap(({ steps }) => steps)].map(({ name }) => name);

function legsOf(steps: readonly ScriptRequest[], first: number, script: Script, cookies: boolean): readonly Leg[] {
  const writers = writersOf(steps, script.feeders, script.run);
  return steps.flatMap((step, at) => {
    const [write, reader] = [writers[at], readerOf(step)];
    const keeps = reader?.keeps ?? 'status';
    if (write === undefined) return [];
    return [
      { request: first + at, write, reader, keeps: cookies && keeps === 'status' ? 'head' : keeps, think: step.think },
    ];
  });
}

function needsOf(steps: readonly ScriptRequest[], sources: readonly RowSource[], per: RowSource['per']) {
  const named = new Set(steps.flatMap(feedersNamedIn));
  const pieces = steps.flatMap(({ path, headers, body }) => [path, ...Object.values(headers), body ?? []].flat());
  return {
    feeders: sources.filter((source) => source.per === per && named.has(source.name)),
    counts: pieces.some(({ kind }) => kind === 'sequence'),
    extracts: steps.some(({ extract }) => extract.length > 0),
  };
}

/** Which requests begin a walk, by the same order; nothing where every arrival is one request, so that requests tell it. */
export function firstOfWalks({ sessions, classes }: Pick<Script, 'sessions' | 'classes'>): readonly number[] {
  if (classes.every(({ steps }) => steps.length === 1)) return [];
  let next = sessions?.login.length ?? 0;
  return classes.map(({ steps }) => {
    const first = next;
    next += steps.length;
    return first;
  });
}
