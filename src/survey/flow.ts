import { isFields } from './unknowns.ts';

/** What may stand in YAML without quotes, and is a text to every reader: no sign that means something, no word that is more than a word. */
const plain = /^(?:(?:\.\/)?[A-Za-z_/][A-Za-z0-9_./-]*|[0-9]+(?:\/s|m))$/;
const words = /^(?:true|false|null|yes|no|on|off|y|n|nan|inf)$/i;

/**
 * A value as one line of YAML, in braces and brackets.
 *
 * @example flow({ pack: 'node', select: { job: 'node exporter' } }) // => '{ pack: node, select: { job: "node exporter" } }'
 */
export function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (isFields(value)) {
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
    return entries.length === 0
      ? '{}'
      : `{ ${entries.map(([key, inner]) => `${scalar(key)}: ${flow(inner)}`).join(', ')} }`;
  }
  return typeof value === 'string' ? scalar(value) : JSON.stringify(value ?? null);
}

function scalar(text: string): string {
  if (plain.test(text) && !words.test(text)) return text;
  // JSON leaves a few letters as they are that YAML may take for the end of a line, or refuses.
  return JSON.stringify(text).replace(/[\u007f-\u00a0\u2028\u2029\ufeff\ufffe\uffff]/g, escaped);
}

const escaped = (letter: string): string => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Words as they may stand in a comment: on one line, nothing that moves a cursor. */
export const remark = (text: string): string =>
  `# ${text.replace(/[\p{Cc}\p{Zl}\p{Zp}\ufeff]+/gu, ' ').toWellFormed()}`;
