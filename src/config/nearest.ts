/**
 * The known word that is most like the one that was written, or undefined where none is near:
 * at most a third of its letters may differ (Levenshtein 1966; two swapped letters count as one, Damerau 1964).
 *
 * @example nearest('rat', ['rate', 'requests']) // => 'rate'
 */
export function nearest(written: string, known: readonly string[]): string | undefined {
  if (written.length > 64) return undefined;
  const ranked = known
    .filter((word) => word.length <= 64)
    .map((word) => ({ word, far: distance(written.toLowerCase(), word.toLowerCase()) }))
    .sort((a, b) => a.far - b.far);
  const [best] = ranked;
  return best && best.far <= Math.max(1, Math.floor(Math.max(written.length, best.word.length) / 3))
    ? best.word
    : undefined;
}

/** How the sentence about an unknown word goes on. */
export function suggestion(written: string, known: readonly string[]): string {
  const near = nearest(written, known);
  if (near !== undefined) return `did you mean "${near}"?`;
  return known.length > 0 ? `known are ${[...known].sort().join(', ')}` : 'none is known';
}

/** How many letters must be changed, added, left out, or swapped with their neighbour. */
function distance(a: string, b: string): number {
  const at = (rows: readonly (readonly number[])[], i: number, j: number): number =>
    rows[i]?.[j] ?? Number.POSITIVE_INFINITY;
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    rows.push([i]);
    for (let j = 1; j <= b.length; j++) {
      const change = at(rows, i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swap = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(rows, i - 2, j - 2) + 1 : change;
      rows[i]?.push(Math.min(change, swap, at(rows, i - 1, j) + 1, at(rows, i, j - 1) + 1));
    }
  }
  return at(rows, a.length, b.length);
}
