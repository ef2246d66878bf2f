import { fault } from '../faults.ts';
import { at, type Fields, isFields, wordsOf } from './unknowns.ts';

/** A document with references inside itself, and the line on which something stands, where that is known. */
export type Document = {
  readonly file: string;
  readonly root: Fields;
  readonly lineOf: ((path: readonly (string | number)[]) => number) | undefined;
};

type Path = readonly (string | number)[];

/** What holds examples and constants holds no references. */
const literal = ['example', 'examples', 'default', 'enum', 'const', 'x-example'];
/** A reference to a reference to a reference … this often goes in a circle. */
const longestChain = 32;

/** Where something stands, for a sentence: file, line, and the way to it. */
export function placeOf({ file, lineOf }: Document, path: Path): string {
  const line = lineOf === undefined ? '' : `:${lineOf(path)}`;
  return `${file}${line}${path.length === 0 ? '' : ` (${path.join('.')})`}`;
}

/**
 * Follows each reference of a document once.
 *
 * @throws USAGE for the first that leads nowhere, in a circle, or out of the document, with its place
 */
export function checkReferences(document: Document): void {
  const open: { readonly value: unknown; readonly path: Path }[] = [{ value: document.root, path: [] }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, path } = next;
    const children = childrenOf(value, path);
    if (isFields(value) && typeof at(value, '$ref') === 'string') follow(document, value, path);
    open.push(...children.toReversed());
  }
}

function childrenOf(value: unknown, path: Path): readonly { readonly value: unknown; readonly path: Path }[] {
  if (Array.isArray(value)) return value.map((item: unknown, index) => ({ value: item, path: [...path, index] }));
  if (!isFields(value)) return [];
  // Below "properties" a key is a name, whatever it is called.
  const named = path.at(-1) === 'properties';
  return Object.entries(value)
    .filter(([key]) => named || !literal.includes(key))
    .map(([key, item]) => ({ value: item, path: [...path, key] }));
}

/**
 * What a value stands for: itself, or what its reference leads to in the end.
 *
 * @param path where it stands, for the sentence about a reference that is broken
 */
export function follow(document: Document, value: unknown, path: Path): unknown {
  let found = value;
  for (let steps = 0; steps < longestChain; steps += 1) {
    const reference = isFields(found) ? wordsOf(at(found, '$ref')) : undefined;
    if (reference === undefined) return found;
    found = target(document, reference, path);
  }
  throw fault('USAGE', [`${placeOf(document, path)}: its reference leads in a circle`]);
}

function target(document: Document, reference: string, path: Path): unknown {
  const place = placeOf(document, path);
  if (!reference.startsWith('#')) {
    throw fault('USAGE', [`${place}: "${reference}" leads out of this file; bundle the document into one file first`]);
  }
  let found: unknown = document.root;
  let way = '#';
  for (const key of pointer(reference)) {
    const next = Array.isArray(found) ? found[Number(key)] : isFields(found) ? at(found, key) : undefined;
    if (next === undefined) throw fault('USAGE', [`${place}: "${reference}" leads nowhere: ${way} has no "${key}"`]);
    found = next;
    way = `${way}/${key}`;
  }
  return found;
}

/** JSON pointers (RFC 6901), percent-encoded as in a URL. */
function pointer(reference: string): readonly string[] {
  return reference
    .slice(1)
    .split('/')
    .slice(1)
    .map((key) => decoded(key).replaceAll('~1', '/').replaceAll('~0', '~'));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
