import type { Patch } from './read-patch.ts';

/** The text with the wrong lines instead of the right ones, however far these are indented; or why that cannot be: they stand nowhere, or more than once. */
export function plant(
  text: string,
  { target, right, wrong }: Patch,
): { readonly text: string } | { readonly why: string } {
  const lines = text.split('\n');
  const starts = lines
    .map((_, at) => at)
    .filter((at) => right.every((line, i) => lines[at + i]?.trim() === line.trim()));
  const [start, ...more] = starts;
  if (right.length === 0 || start === undefined) return { why: `${target} does not hold: ${right.join(' ⏎ ')}` };
  if (more.length > 0) return { why: `${target} holds ${starts.length} times: ${right.join(' ⏎ ')}` };
  const indent = /^\s*/u.exec(lines[start] ?? '')?.[0] ?? '';
  const planted = wrong.map((line) => `${indent}${line}`);
  return { text: [...lines.slice(0, start), ...planted, ...lines.slice(start + right.length)].join('\n') };
}
