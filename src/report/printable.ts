// Label values come from strangers: a control sequence in one must not move a cursor, nor turn the reading direction of a line.
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\ufeff]+/gu;

/** Text on one line: line ends, control sequences and marks of reading direction become a space. */
export function printable(text: string): string {
  return text.replace(unprintable, ' ').toWellFormed();
}
