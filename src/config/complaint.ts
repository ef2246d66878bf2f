import { suggestion } from './nearest.ts';
import type { Path } from './yaml-document.ts';

/** What is wrong with a value, and where. */
export type Complaint = { readonly path: Path; readonly text: string };

/** The part of JSON Schema that our schemas use. */
type Schema = {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly title?: string;
  readonly examples?: readonly string[];
};

type Judge = (schema: Schema, value: unknown, path: Path) => Complaint | undefined;

/**
 * The first thing in which a value does not fit its schema, in one sentence that says what would be right; undefined where it fits.
 * Where several forms are allowed, the complaint is about the one of the value's own type.
 */
export const complaintAbout: Judge = (schema, value, path) => {
  if (schema.anyOf) return aboutForms(schema.anyOf, value, path);
  if (schema.const !== undefined) return value === schema.const ? undefined : wrong([schema.const], value, path);
  if (schema.enum) return schema.enum.includes(value) ? undefined : wrong(schema.enum, value, path);
  if (schema.type === undefined) return undefined;
  if (!isOf(schema.type, value)) return { path, text: `${shown(value, path)} is not ${wanted(schema)}` };
  return byType[schema.type]?.(schema, value, path);
};

const byType: Readonly<Record<string, Judge>> = {
  string: aboutText,
  number: aboutNumber,
  integer: aboutNumber,
  array: aboutList,
  object: aboutMap,
};

const articles: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of keys and values',
};

function wanted(schema: Schema): string {
  const name = schema.title ?? listOf(schema) ?? articles[schema.type ?? ''] ?? 'right';
  return schema.examples ? `${name}, as in ${schema.examples.join(', ')}` : name;
}

/** A list of maps is told with the keys that each must have. */
function listOf({ type, items }: Schema): string | undefined {
  const keys = items?.required ?? [];
  return type === 'array' && keys.length > 0
    ? `a list of maps with ${keys.map((key) => `"${key}"`).join(' and ')}`
    : undefined;
}

function isOf(type: string, value: unknown): boolean {
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'number') return typeof value === 'number' && Number.isFinite(value);
  return typeof value === type;
}

function aboutForms(forms: readonly Schema[], value: unknown, path: Path): Complaint | undefined {
  const all = forms.flatMap((form) => form.anyOf ?? [form]);
  const complaints = all.map((form) => complaintAbout(form, value, path));
  if (complaints.includes(undefined)) return undefined;
  const own = all.flatMap((form, i) => (form.type !== undefined && isOf(form.type, value) ? [i] : []));
  const [first] = own;
  if (first === undefined)
    return { path, text: `${shown(value, path)} is not ${all.map((form) => wanted(form)).join(' or ')}` };
  return own.length === 1
    ? complaints[first]
    : aboutKinds(
        own.flatMap((i) => all[i] ?? []),
        value,
        path,
      );
}

/** Of several forms of a map the one is meant whose fixed keys (its kind) the value has. */
function aboutKinds(forms: readonly Schema[], value: unknown, path: Path): Complaint | undefined {
  const map = value as Readonly<Record<string, unknown>>;
  const key = Object.entries(forms[0]?.properties ?? {}).find(([, schema]) => schema.const !== undefined)?.[0];
  if (key === undefined) return forms[0] && complaintAbout(forms[0], value, path);
  const kindOf = (form: Schema): unknown => form.properties?.[key]?.const;
  const own = forms.find((form) => kindOf(form) === map[key]);
  if (own) return complaintAbout(own, value, path);
  if (map[key] === undefined)
    return { path, text: `the key "${key}" is missing; it is one of ${forms.map(kindOf).join(', ')}` };
  return wrong(forms.map(kindOf), map[key], [...path, key]);
}

function aboutText(schema: Schema, value: unknown, path: Path): Complaint | undefined {
  const text = String(value);
  const isRight =
    text.length >= (schema.minLength ?? 0) && (!schema.pattern || new RegExp(schema.pattern, 'u').test(text));
  return isRight ? undefined : { path, text: `${shown(value, path)} is not ${wanted(schema)}` };
}

function aboutNumber(schema: Schema, value: unknown, path: Path): Complaint | undefined {
  const amount = Number(value);
  const isRight =
    amount >= (schema.minimum ?? -Infinity) &&
    amount <= (schema.maximum ?? Infinity) &&
    amount > (schema.exclusiveMinimum ?? -Infinity);
  return isRight ? undefined : { path, text: `${shown(value, path)} is not ${wanted(schema)}` };
}

function aboutList(schema: Schema, value: unknown, path: Path): Complaint | undefined {
  const items = value as readonly unknown[];
  if (items.length < (schema.minItems ?? 0)) return { path, text: 'the list is empty' };
  return firstOf(items, (item, index) => schema.items && complaintAbout(schema.items, item, [...path, index]));
}

function aboutMap(schema: Schema, value: unknown, path: Path): Complaint | undefined {
  const map = value as Readonly<Record<string, unknown>>;
  const known = Object.keys(schema.properties ?? {});
  const open = Object.values(schema.patternProperties ?? {})[0];
  const aboutKey = (key: string): Complaint | undefined => {
    const inner = Object.hasOwn(schema.properties ?? {}, key) ? schema.properties?.[key] : open;
    if (inner) return complaintAbout(inner, map[key], [...path, key]);
    if (schema.additionalProperties !== false) return undefined;
    return { path: [...path, key], text: `there is no key "${key}" here; ${suggestion(key, known)}` };
  };
  return firstOf(Object.keys(map), aboutKey) ?? aboutMissing(schema, map, path);
}

function aboutMissing(schema: Schema, map: Readonly<Record<string, unknown>>, path: Path): Complaint | undefined {
  const missing = schema.required?.find((key) => !Object.hasOwn(map, key));
  return missing === undefined ? undefined : { path, text: `the key "${missing}" is missing` };
}

function wrong(allowed: readonly unknown[], value: unknown, path: Path): Complaint {
  const words = allowed.map(String);
  const what = words.length > 1 ? `one of ${words.join(', ')}` : String(words[0]);
  return { path, text: `${shown(value, path)} is not ${what}` };
}

function firstOf<T>(
  items: readonly T[],
  about: (item: T, index: number) => Complaint | undefined,
): Complaint | undefined {
  for (const [index, item] of items.entries()) {
    const complaint = about(item, index);
    if (complaint) return complaint;
  }
  return undefined;
}

/** A value as a message may show it: short, and never one that may be secret. */
function shown(value: unknown, path: Path): string {
  if (path.includes('headers') || path.includes('basic_auth') || path.includes('url')) return 'this value';
  if (value === null || value === undefined) return 'nothing';
  if (typeof value === 'object') return Array.isArray(value) ? 'a list' : 'a map';
  const text = String(value);
  return typeof value === 'string' ? `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"` : text;
}
