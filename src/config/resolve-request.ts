import type { ConfigurationText } from '../model/configuration.ts';
import type { ClassSource, RequestSource, RequestText, StepText } from '../model/request-source.ts';
import type { Check, Extraction } from '../model/script.ts';
import { durationOf, thinkOf } from './quantity.ts';
import type { Written } from './written.ts';
import type { Path } from './yaml-document.ts';

type Config = Written<ConfigurationText>;
type Asking = Pick<RequestText, 'method' | 'headers' | 'json' | 'body' | 'extract' | 'checks'>;

const safe = ['GET', 'HEAD', 'OPTIONS'];
/** What belongs to one request and is written at its steps where there are several. */
const ofOne = ['path', 'method', 'headers', 'json', 'body', 'extract', 'checks'] as const;

/** What an arrival does as it is written → the noun: one request, or a walk. `writes` allows methods that change things. */
export function resolveClass(config: Config, text: RequestText, writes: boolean, path: Path): ClassSource {
  const { name, weight = 1, session = true, steps } = text;
  if (steps === undefined) return { name, weight, session, steps: [single(config, text, writes, path)] };
  const misplaced = ofOne.find((key) => text[key] !== undefined);
  if (misplaced !== undefined)
    throw config.wrong([...path, misplaced], `request "${name}" has steps; write "${misplaced}" at one of them`);
  return {
    name,
    weight,
    session,
    steps: steps.map((step, index) => resolveStep(config, step, writes, [...path, 'steps', index])),
  };
}

function single(config: Config, text: RequestText, writes: boolean, path: Path): RequestSource {
  if (text.path === undefined) throw config.wrong(path, `request "${text.name}" has neither a path nor steps`);
  return resolveStep(config, { ...text, path: text.path }, writes, path);
}

/** One request as it is written → the noun. */
export function resolveStep(config: Config, text: StepText, writes: boolean, path: Path): RequestSource {
  const method = text.method ?? 'GET';
  if (!safe.includes(method) && !writes) {
    throw config.wrong(
      [...path, 'method'],
      `request "${text.name}" is a ${method}, which may change things; set "writes: true" under "load" to allow it`,
    );
  }
  if (text.json !== undefined && text.body !== undefined) {
    throw config.wrong([...path, 'body'], `request "${text.name}" has both json and body; one of them is its body`);
  }
  const isJson = text.json !== undefined;
  return {
    name: text.name,
    method,
    path: text.path,
    headers: isJson ? { 'content-type': 'application/json', ...text.headers } : (text.headers ?? {}),
    body: bodyOf(text),
    extract: extractionsOf(config, text, [...path, 'extract']),
    checks: checksOf(config, text, [...path, 'checks']),
    think: text.think === undefined ? undefined : thinkOf(text.think),
    place: { file: config.file, line: config.lineOf(path) },
  };
}

function bodyOf({ json, body }: Asking): RequestSource['body'] {
  if (json !== undefined) return { text: JSON.stringify(json), isJson: true };
  return body === undefined ? undefined : { text: body, isJson: false };
}

function extractionsOf(config: Config, { extract = {} }: Asking, path: Path): readonly Extraction[] {
  return Object.entries(extract).map(([into, from]) => {
    const at = [...path, into];
    if (!/^[A-Za-z_][A-Za-z0-9_-]*$/.test(into))
      throw config.wrong(at, `"${into}" is no name for a variable; use letters, digits, "_" and "-"`);
    const { json, header, regex } = from;
    if (Object.keys(from).length !== 1)
      throw config.wrong(at, `"${into}" is extracted from one of json, header, regex`);
    if (header !== undefined) return { kind: 'header', into, name: header.toLowerCase() };
    if (regex !== undefined)
      return { kind: 'regex', into, pattern: patternOf(config, [...at, 'regex'], regex, 'captures') };
    return { kind: 'json', into, pointer: json ?? '' };
  });
}

const listOf = <T extends string | number>(one: T | readonly T[]): readonly T[] =>
  typeof one === 'object' ? one : [one];

function checksOf(config: Config, { checks = {} }: Asking, path: Path): readonly Check[] {
  const { status, within, has, json = {}, contains, matches } = checks;
  const odd = Object.keys(json).find((pointer) => !/^(\/([^~]|~[01])*)?$/.test(pointer));
  if (odd !== undefined)
    throw config.wrong([...path, 'json', odd], `"${odd}" is not a JSON pointer, as in /items/0/id`);
  return [
    ...(status === undefined ? [] : [{ kind: 'status', among: listOf(status) } as const]),
    ...(within === undefined ? [] : [{ kind: 'within', limit: durationOf(within) } as const]),
    ...(has === undefined ? [] : listOf(has).map((pointer) => ({ kind: 'has', pointer }) as const)),
    ...Object.entries(json).map(([pointer, equals]) => ({ kind: 'json', pointer, equals }) as const),
    ...(contains === undefined ? [] : [{ kind: 'contains', text: contains } as const]),
    ...(matches === undefined
      ? []
      : [{ kind: 'matches', pattern: patternOf(config, [...path, 'matches'], matches, 'only matches') } as const]),
  ];
}

/** A pattern that can be compiled; one that captures has a group. */
function patternOf(config: Config, path: Path, pattern: string, use: 'captures' | 'only matches'): string {
  const groups = groupsIn(pattern);
  if (groups === undefined) throw config.wrong(path, `"${pattern.slice(0, 60)}" is not a regular expression`);
  if (use === 'captures' && groups === 0)
    throw config.wrong(path, `"${pattern.slice(0, 60)}" has no group; put what is wanted into ( )`);
  return pattern;
}

function groupsIn(pattern: string): number | undefined {
  try {
    return (new RegExp(`${pattern}|`, 'u').exec('')?.length ?? 1) - 1;
  } catch {
    return undefined;
  }
}
