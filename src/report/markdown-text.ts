import { printable } from './printable.ts';

const marks = /[\\`*_{}[\]<>#|~&@$!-]/gu;

/** Text as it stands: everything that Markdown or HTML would read as a mark is escaped, on one line. */
export function escaped(text: string): string {
  return printable(text).replace(marks, (mark) => (mark === '-' ? mark : (escapes.get(mark) ?? `\\${mark}`)));
}

// An "@" would call somebody; "<" and "&" are HTML wherever Markdown is shown.
const escapes = new Map([
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['&', '&amp;'],
  ['@', '&#64;'],
]);

/** Text as code; the fence is longer than any run of backticks inside. */
export function code(text: string): string {
  const plain = printable(text);
  const longest = Math.max(0, ...(plain.match(/`+/gu) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `\`${plain}\`` : `${fence} ${plain} ${fence}`;
}

/** A table; the cells are Markdown already. The columns named in `right` are set to the right. */
export function markdownTable(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly string[] = [],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rules = titles.map((title) => (right.includes(title) ? '--:' : '---'));
  return [titles, rules, ...rows].map(line).join('\n');
}
