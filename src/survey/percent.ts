/** A text as a URL carries it. A lone half of a surrogate pair is nothing that can be encoded: it becomes the sign for that. */
export const percent = (text: string): string => encodeURIComponent(text.toWellFormed());

/** A part of a path as a URL carries it: what it cannot carry, and what would begin a template, is encoded. */
export const visible = (text: string): string => text.replace(/[^\u0021-\u007e]|[{}"<>\\^`|#]/gu, percent);

/** The same of a path in which {{random 1 5}} stays. */
export const visibleTemplate = (path: string): string =>
  path
    .split(/(\{\{random -?[0-9]+ -?[0-9]+\}\})/)
    .map((word, index) => (index % 2 === 1 ? word : visible(word)))
    .join('');
