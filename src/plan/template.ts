import type { Piece, Template } from '../model/script.ts';

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
};

/**
 * Reads a template into its pieces, or tells in one sentence what is wrong with it.
 *
 * @example template('/items/{{random 1 5000}}') // => [{ kind: 'text', text: '/items/' }, { kind: 'random', low: 1, high: 5000 }]
 */
export function template(text: string): Template | string {
  const pieces: Piece[] = [];
  for (const [index, part] of text.split(/(\{\{[^}]*\}\})/).entries()) {
    const piece = index % 2 === 1 ? drawn(part) : plain(part);
    if (typeof piece === 'string') return piece;
    if (piece !== undefined) pieces.push(piece);
  }
  return pieces;
}

function plain(text: string): Piece | string | undefined {
  if (text.includes('{{')) return `"${text.slice(text.indexOf('{{'))}" has no closing }}`;
  return text === '' ? undefined : { kind: 'text', text };
}

function drawn(braced: string): Piece | string {
  const [word = '', ...args] = braced.slice(2, -2).trim().split(/\s+/);
  const read = Object.hasOwn(words, word) ? words[word] : undefined;
  const known = Object.keys(words)
    .map((name) => `"${name}"`)
    .join(', ');
  return read === undefined ? `"${braced}" is not known here; a template may say ${known}` : read(args);
}
