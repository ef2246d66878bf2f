import type { Encoding, Piece, Template } from '../model/script.ts';

/** What a template may name: feeders with their columns, and variables that are extracted before it is filled. */
export type Scope = {
  readonly feeders: ReadonlyMap<string, readonly string[]>;
  readonly variables: ReadonlySet<string>;
};

/** What may stand before a value, where it may, and how the value is then put in. */
const modifiers: Readonly<Record<string, { readonly from: Encoding; readonly to: Encoding; readonly says: string }>> = {
  raw: { from: 'part', to: 'url', says: '"raw" is for paths' },
  number: {
    from: 'json',
    to: 'number',
    says: '"number" stands alone in a text of a json body, as in "{{number row.count}}"',
  },
};

/** What a template may say between {{ and }}; one row per word. */
const words: Readonly<Record<string, (args: readonly string[]) => Piece | string>> = {
  random: (args) => {
    const [low, high] = args.map(Number);
    if (
      args.length !== 2 ||
      low === undefined ||
      high === undefined ||
      !Number.isSafeInteger(low) ||
      !Number.isSafeInteger(high)
    )
      return '"random" takes two whole numbers, as in {{random 1 5000}}';
    if (low > high) return `"random" goes from the lower to the higher number, not from ${low} to ${high}`;
    return { kind: 'random', low, high };
  },
  sequence: (args) => (args.length === 0 ? { kind: 'sequence' } : '"sequence" stands alone, as in {{sequence}}'),
  uuid: (args) => (args.length === 0 ? { kind: 'uuid' } : '"uuid" stands alone, as in {{uuid}}'),
};

/**
 * Reads a template into its pieces, or tells in one sentence what is wrong with it. Values are put in as `as` says.
 *
 * @example template('/items/{{random 1 5000}}', scope, 'part') // => [{ kind: 'text', text: '/items/' }, { kind: 'random', low: 1, high: 5000 }]
 */
export function template(text: string, scope: Scope, as: Encoding): Template | string {
  const pieces: Piece[] = [];
  const whole = as === 'json' ? unquoted(text) : text;
  for (const [index, part] of whole.split(/(\{\{[^}]*\}\})/).entries()) {
    const piece = index % 2 === 1 ? drawn(part, scope, as) : plain(part);
    if (typeof piece === 'string') return piece;
    if (piece !== undefined) pieces.push(piece);
  }
  return pieces;
}

/** A JSON text that is nothing but a number to come is that number. */
const unquoted = (json: string): string => json.replaceAll(/"(\{\{\s*number\s)([^}"]*\}\})"/g, '{{ number $2');

function plain(text: string): Piece | string | undefined {
  if (text.includes('{{')) return `"${text.slice(text.indexOf('{{'))}" has no closing }}`;
  return text === '' ? undefined : { kind: 'text', text };
}

function drawn(braced: string, scope: Scope, as: Encoding): Piece | string {
  const [first = '', ...rest] = braced.slice(2, -2).trim().split(/\s+/);
  const modifier = Object.hasOwn(modifiers, first) ? modifiers[first] : undefined;
  if (modifier === undefined) return valued(braced, [first, ...rest], scope, as);
  // A number inside other text keeps the quotes around it, and would not be one.
  const isAlone = first !== 'number' || braced.startsWith('{{ number ');
  return modifier.from === as && isAlone ? valued(braced, rest, scope, modifier.to) : modifier.says;
}

function valued(braced: string, [word = '', ...args]: readonly string[], scope: Scope, as: Encoding): Piece | string {
  const read = Object.hasOwn(words, word) ? words[word] : undefined;
  if (read !== undefined) return read(args);
  const [, source = '', name = ''] = /^([^.]+)\.(.+)$/.exec(word) ?? [];
  if (source === '' || args.length > 0)
    return `"${braced}" is not known here; a template may say ${listed([...Object.keys(words), ...Object.keys(modifiers)])}, a column as in {{row.id}}, or a variable as in {{session.token}}`;
  return source === 'session' ? variable(name, scope, as) : column(source, name, scope, as);
}

function variable(name: string, { variables }: Scope, as: Encoding): Piece | string {
  if (variables.has(name)) return { kind: 'variable', name, as };
  const known = variables.size > 0 ? `; before it come ${listed([...variables])}` : '';
  return `{{session.${name}}} is extracted by no request before it${known}`;
}

function column(feeder: string, name: string, { feeders }: Scope, as: Encoding): Piece | string {
  const columns = feeders.get(feeder);
  if (columns === undefined) {
    const known = feeders.size > 0 ? `; there is ${listed([...feeders.keys()])}` : '';
    return `{{${feeder}.${name}}} names a feeder that is not under "data"${known}`;
  }
  if (!columns.includes(name)) return `the feeder "${feeder}" has no column "${name}"; it has ${listed(columns)}`;
  return { kind: 'row', feeder, column: name, as };
}

const listed = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');
