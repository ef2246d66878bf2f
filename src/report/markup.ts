// A symbol cannot come from JSON: whatever a report holds, it is text until this file made markup of it.
const content = Symbol('markup');

/** A piece of HTML in which everything foreign is escaped. */
export type Markup = { readonly [content]: string };

export type Hole = string | number | Markup | readonly Markup[] | undefined;

const entities = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

/** HTML from a template: text in its holes is escaped for elements and quoted attributes, markup is not, nothing becomes nothing. */
export function markup(texts: TemplateStringsArray, ...holes: readonly Hole[]): Markup {
  const filled = texts.map((text, index) => `${text}${filling(holes[index])}`);
  return { [content]: filled.join('') };
}

function filling(hole: Hole): string {
  if (hole === undefined) return '';
  if (typeof hole === 'number' || typeof hole === 'string') return escaped(String(hole));
  return isList(hole) ? hole.map(contentOf).join('\n') : contentOf(hole);
}

// What only looks like markup, as an object out of JSON may, is text.
const contentOf = (piece: Markup): string => (content in piece ? piece[content] : escaped(String(piece)));

const isList = (hole: Markup | readonly Markup[]): hole is readonly Markup[] => Array.isArray(hole);

// Marks of reading direction would turn a line around; the rest of the control characters has no place in HTML.
function escaped(text: string): string {
  return text
    .replace(/[\u202a-\u202e\u2066-\u2069]|(?![\t\n\r])\p{Cc}/gu, ' ')
    .replace(/[&<>"']/gu, (mark) => entities.get(mark) ?? '');
}

/** The text of a piece of markup. */
export const htmlOf = (piece: Markup): string => piece[content];

/** A script or a style of our own: taken as it is, but it can never end its own element. */
export function inlined(code: string): Markup {
  return { [content]: code.replace(/<\/(?=script|style)/giu, '<\\/').replace(/<!--/gu, '<\\!--') };
}

/** A value as JSON inside a script element: what could end the element or open a comment is written as escapes, which JSON reads back. */
export function island(value: unknown): Markup {
  const escapes = (mark: string) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return { [content]: JSON.stringify(value).replace(/[<>&\u2028\u2029]/gu, escapes) };
}
