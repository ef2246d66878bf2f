import type { ScriptRequest } from './script.ts';

/** The feeders whose rows a request is filled from. */
export function feedersNamedIn({ path, headers, body }: ScriptRequest): readonly string[] {
  const pieces = [...path, ...Object.values(headers).flat(), ...(body ?? [])];
  return [...new Set(pieces.flatMap((piece) => (piece.kind === 'row' ? [piece.feeder] : [])))];
}
