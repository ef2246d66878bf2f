/** A text as a URL carries it. A lone half of a surrogate pair is nothing that can be encoded: it becomes the sign for that. */
export const percent = (text: string): string => encodeURIComponent(text.toWellFormed());

/** A path as a URL carries it: what it cannot carry, and what would begin a template, is encoded; {{random 1 5}} stays. */
export function visible(path: string): string {
  const words = path.split(/(\{\{random -?[0-9]+ -?[0-9]+\}\})/);
  return words
    .map((word, index) => (index % 2 === 1 ? word : word.replace(/[^\u0021-\u007e]|[{}"<>\\^`|#]/gu, percent)))
    .join('');
}
