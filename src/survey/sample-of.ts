import { type Document, follow } from './references.ts';
import { at, type Fields, fieldsOf, isFields, listOf, wordsOf } from './unknowns.ts';

/** A value as a schema allows it, and whether somebody stated it rather than that it was made up. */
export type Sample = { readonly value: unknown; readonly stated: boolean };

/** Schemas that hold themselves are cut here. */
const deepest = 8;
/** What formats of a text look like. */
const formats: Readonly<Record<string, string>> = {
  date: '2026-01-31',
  'date-time': '2026-01-31T12:00:00Z',
  email: 'load@example.com',
  uri: 'https://example.com/',
  uuid: '00000000-0000-4000-8000-000000000000',
  ipv4: '192.0.2.1',
};

/** One value that a schema (JSON Schema, as OpenAPI 3 uses it) allows: what it states as example or default, else the plainest; of a map its required keys. */
export function sampleOf(document: Document, schema: unknown, path: readonly (string | number)[], depth = 0): Sample {
  const fields = fieldsOf(follow(document, schema, path));
  const stated = statedBy(fields);
  if (stated !== undefined) return { value: stated, stated: true };
  if (depth > deepest) return { value: null, stated: false };
  const inner = (key: string, child: unknown): Sample => sampleOf(document, child, [...path, key], depth + 1);
  const all = listOf(at(fields, 'allOf'));
  if (all.length > 0) return merged(all.map((one) => inner('allOf', one)));
  const [first] = [...listOf(at(fields, 'oneOf')), ...listOf(at(fields, 'anyOf'))];
  if (first !== undefined) return inner('oneOf', first);
  return plainest(fields, inner);
}

/** What an author said that it could be. */
export function statedBy(fields: Fields): unknown {
  const [example] = listOf(at(fields, 'examples'));
  const [choice] = listOf(at(fields, 'enum'));
  return [at(fields, 'example'), example, at(fields, 'const'), at(fields, 'default'), choice].find(
    (value) => value !== undefined,
  );
}

function merged(samples: readonly Sample[]): Sample {
  const maps = samples.map(({ value }) => value).filter(isFields);
  return { value: Object.assign({}, ...maps), stated: samples.every(({ stated }) => stated) };
}

function plainest(fields: Fields, inner: (key: string, child: unknown) => Sample): Sample {
  const type = typeOf(fields);
  if (type === 'object') return ofObject(fields, inner);
  if (type === 'array') return ofArray(fields, inner);
  const values: Readonly<Record<string, unknown>> = {
    integer: at(fields, 'minimum') ?? 1,
    number: at(fields, 'minimum') ?? 1,
    boolean: true,
    string: formats[wordsOf(at(fields, 'format')) ?? ''] ?? 'text',
  };
  return { value: values[type] ?? null, stated: type === 'boolean' };
}

/** OpenAPI 3.1 allows several types; the first that is not null counts. */
export function typeOf(fields: Fields): string {
  const type = at(fields, 'type');
  const known = Array.isArray(type) ? type.find((one) => one !== 'null') : type;
  return wordsOf(known) ?? (isFields(at(fields, 'properties')) ? 'object' : '');
}

function ofObject(fields: Fields, inner: (key: string, child: unknown) => Sample): Sample {
  const properties = fieldsOf(at(fields, 'properties'));
  const required = listOf(at(fields, 'required')).flatMap((key) => wordsOf(key) ?? []);
  const entries = required.map((key) => [key, inner(key, at(properties, key))] as const);
  return {
    value: Object.fromEntries(entries.map(([key, { value }]) => [key, value])),
    stated: entries.every(([, { stated }]) => stated),
  };
}

function ofArray(fields: Fields, inner: (key: string, child: unknown) => Sample): Sample {
  const { value, stated } = inner('items', at(fields, 'items'));
  return { value: [value], stated };
}
