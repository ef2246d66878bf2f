import type { Patch } from './read-patch.ts';

/** The text with what is wrong in it, or why that cannot be. */
export type Planted = { readonly text: string } | { readonly why: string };

/** Puts the wrong lines in the place of the right ones, which must stand there once: one line as part of any, several as whole lines, however far they are indented. */
export function plant(text: string, patch: Patch): Planted {
  const { target, right } = patch;
  const places = right.length === 1 ? partsIn(text, patch) : linesIn(text, patch);
  const [planted, ...more] = places;
  if (planted === undefined) return { why: `${target} does not hold: ${right.join(' ⏎ ')}` };
  return more.length > 0 ? { why: `${target} holds more than once: ${right.join(' ⏎ ')}` } : { text: planted };
}

/** The text with one line, or part of one, exchanged; an entry for each place where it stands. */
function partsIn(text: string, { right, wrong }: Patch): readonly string[] {
  const parts = text.split(right[0] ?? '');
  return parts.slice(1).map((_, i) => {
    const before = parts.slice(0, i + 1).join(right[0]);
    const indent = /(?:^|\n)(?<spaces> *)[^\n]*$/u.exec(before)?.groups?.spaces ?? '';
    return `${before}${wrong.join(`\n${indent}`)}${parts.slice(i + 1).join(right[0])}`;
  });
}

/** The text with several whole lines exchanged; an entry for each place where they stand. */
function linesIn(text: string, { right, wrong }: Patch): readonly string[] {
  const lines = text.split('\n');
  const starts = lines
    .map((_, at) => at)
    .filter((at) => right.length > 0 && right.every((line, i) => lines[at + i]?.trim() === line.trim()));
  return starts.map((start) => {
    const indent = /^\s*/u.exec(lines[start] ?? '')?.[0] ?? '';
    const planted = wrong.map((line) => `${indent}${line}`);
    return [...lines.slice(0, start), ...planted, ...lines.slice(start + right.length)].join('\n');
  });
}
