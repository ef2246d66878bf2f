/** One place of a path that may vary: a segment between slashes, or the value of a key of the query. */
export type Part = { readonly text: string; readonly varies: boolean; readonly lead: string };

const ids: readonly RegExp[] = [
  /^[0-9]{1,15}$/,
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
  /^[0-9a-f]{16,}$/i,
  // Letters and digits in no order that a word would have: a key that a machine made.
  /^(?=[^0-9]*[0-9])(?=[^A-Za-z]*[A-Za-z])[A-Za-z0-9_-]{20,}$/,
];

/** Whether a segment of a path looks like the id of something rather than like a word. */
export const isId = (segment: string): boolean => ids.some((pattern) => pattern.test(segment));

/** A path with its query, cut where it may vary; joined again (lead, then text) it is the same. */
export function partsOf(path: string): readonly Part[] {
  const [before = '', ...after] = path.split('?');
  const segments = before
    .split('/')
    .slice(1)
    .map((text) => ({ text, varies: isId(text), lead: '/' }));
  if (after.length === 0) return segments;
  const pairs = after.join('?').split('&');
  return [...segments, ...pairs.map((pair, index) => queryPart(pair, index === 0 ? '?' : '&'))];
}

function queryPart(pair: string, lead: string): Part {
  const equals = pair.indexOf('=');
  if (equals < 0) return { text: '', varies: false, lead: lead + pair };
  return { text: pair.slice(equals + 1), varies: true, lead: lead + pair.slice(0, equals + 1) };
}

/** What requests have in common that are of one kind. */
export function shapeOf({ method, path }: { readonly method: string; readonly path: string }): string {
  return `${method} ${partsOf(path)
    .map(({ lead, text, varies }) => `${lead}${varies ? '*' : text}`)
    .join('')}`;
}
