import { printable } from './printable.ts';

// A number stays with its unit: "97 %" is one word.
const unitAfterNumber = /(?<=\d) (?=\S{1,3}(?:[\s).,;:]|$))/gu;

/** Words on lines of at most `width` characters; a longer word stands on a line of its own. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  const glued = printable(text).replace(unitAfterNumber, '\u00a0');
  for (const word of glued.split(' ').filter(Boolean)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map((line) => line.replaceAll('\u00a0', ' '));
}

/** Text of at most `width` characters; what is too long ends in "…". */
export function shortened(text: string, width: number): string {
  const characters = [...printable(text)];
  if (characters.length <= width) return characters.join('');
  return width < 1 ? '' : `${characters.slice(0, width - 1).join('')}…`;
}
