import type { Operation } from './from-openapi.ts';
import { percent } from './percent.ts';
import { type Document, follow } from './references.ts';
import { statedBy, typeOf } from './sample-of.ts';
import { at, type Fields, fieldsOf, wordsOf } from './unknowns.ts';

/** What the parameters of an operation come to. */
export type Given = {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly remarks: readonly string[];
  /** Parameters that must be there and that nothing tells a value for. */
  readonly unknown: readonly string[];
};

/** A whole number without bounds is drawn from here up to there. */
const usualRange = { low: 1, high: 100 };

type Value = { readonly text: string; readonly remark?: string } | undefined;

/** Fills the parameters of an operation that must be there: those of its path, its query and its headers. */
export function parametersOf(document: Document, operation: Operation): Given {
  const inPath = [...operation.path.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);
  const needed = operation.parameters.filter(isNeeded);
  const of = (place: string) => needed.filter((one) => at(one, 'in') === place);
  const values = new Map(needed.map((one) => [keyOf(one), valueFor(document, one, operation.place)]));
  const told = (place: string, name: string): Value => values.get(`${place} ${name}`);
  const missing = inPath.filter((name) => told('path', name) === undefined);
  const unknown = needed.filter(
    (one) => at(one, 'in') !== 'path' && at(one, 'in') !== 'cookie' && values.get(keyOf(one)) === undefined,
  );
  const query = of('query').map((one) => `${percent(nameOf(one))}=${told('query', nameOf(one))?.text ?? ''}`);
  const path = operation.path.replace(/\{([^{}]*)\}/g, (whole, name: string) => told('path', name)?.text ?? whole);
  return {
    path: query.length > 0 ? `${path}?${query.join('&')}` : path,
    headers: Object.fromEntries(
      of('header').flatMap((one) => {
        const value = told('header', nameOf(one));
        return value === undefined || isOurs(nameOf(one)) ? [] : [[nameOf(one), value.text]];
      }),
    ),
    remarks: [...values.values()].flatMap((value) => value?.remark ?? []),
    unknown: [...missing, ...unknown.map(nameOf)].map((name) => `"${name}"`),
  };
}

const nameOf = (parameter: Fields): string => wordsOf(at(parameter, 'name')) ?? '';
const keyOf = (parameter: Fields): string => `${wordsOf(at(parameter, 'in')) ?? ''} ${nameOf(parameter)}`;
const isNeeded = (parameter: Fields): boolean => at(parameter, 'in') === 'path' || at(parameter, 'required') === true;
/** OpenAPI itself says that these are not parameters; credentials are nobody's example. */
const isOurs = (header: string): boolean =>
  /^(?:accept|content-type|authorization|cookie|user-agent|host|content-length|connection|expect)$/i.test(header) ||
  !/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(header);

function valueFor(document: Document, parameter: Fields, place: Operation['place']): Value {
  const schema = fieldsOf(follow(document, at(parameter, 'schema'), place));
  const [named] = Object.values(fieldsOf(at(parameter, 'examples')));
  const stated = at(parameter, 'example') ?? at(fieldsOf(follow(document, named, place)), 'value') ?? statedBy(schema);
  const type = typeOf(schema);
  const [low, high] = [at(schema, 'minimum'), at(schema, 'maximum')];
  if (
    type === 'integer' &&
    typeof low === 'number' &&
    typeof high === 'number' &&
    low < high &&
    isSafe(low) &&
    isSafe(high)
  ) {
    return { text: `{{random ${Math.ceil(low)} ${Math.floor(high)}}}` };
  }
  if (typeof stated === 'string' || typeof stated === 'number' || typeof stated === 'boolean') {
    return stated === '' ? undefined : { text: percent(String(stated)) };
  }
  if (type === 'boolean') return { text: 'true' };
  if (type !== 'integer') return undefined;
  const from = typeof low === 'number' && isSafe(low) ? Math.ceil(low) : usualRange.low;
  const text = `{{random ${from} ${from + usualRange.high - 1}}}`;
  return { text, remark: `"${nameOf(parameter)}" is drawn from a range that is only assumed` };
}

const isSafe = (value: number): boolean => Math.abs(value) < 1e15;
