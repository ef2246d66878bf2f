import { printable } from './printable.ts';

const unitAfterNumber = /(?<=\d) (?=\S{1,3}(?:[\s).,;:]|$))/gu;

/** Text in which a number stays with its unit: "97 %" becomes one word, by a no-break space. */
export const glued = (text: string): string => text.replace(unitAfterNumber, '\u00a0');

/** Words on lines of at most `width` characters; a longer word stands on a line of its own. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of glued(printable(text)).split(' ').filter(Boolean)) {
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
