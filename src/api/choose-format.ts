/** The media type of each way to tell something. */
export const mediaTypes = {
  json: 'application/json',
  text: 'text/plain',
  markdown: 'text/markdown',
  html: 'text/html',
} as const;

export type Format = keyof typeof mediaTypes;

/**
 * The format that a caller wants most (RFC 9110, 12.5.1): what the query asks for, else the first in the order of its Accept header that
 * is offered, else the first that is offered.
 *
 * @example chooseFormat(undefined, 'text/html;q=0.5, text/plain', ['json', 'text', 'html']) // => 'text'
 */
export function chooseFormat<F extends Format>(
  asked: F | undefined,
  accept: string | undefined,
  offered: readonly [F, ...F[]],
): F {
  if (asked !== undefined) return asked;
  const wanted = rangesOf(accept ?? '');
  const found = wanted.map((range) => offered.find((format) => fits(range, mediaTypes[format])));
  return found.find((format) => format !== undefined) ?? offered[0];
}

function rangesOf(accept: string): readonly string[] {
  return accept
    .slice(0, 1000)
    .split(',')
    .map((part) => {
      const [type = '', ...parameters] = part.split(';').map((word) => word.trim().toLowerCase());
      const weight = parameters.find((word) => word.startsWith('q='))?.slice(2);
      return { type, weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ type }) => type);
}

const fits = (range: string, type: string): boolean =>
  range === type || range === '*/*' || (range.endsWith('/*') && type.startsWith(range.slice(0, -1)));
