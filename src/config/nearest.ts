/**
 * The known word that is most like the one that was written, or undefined where none is near:
 * at most a third of its letters may differ (Levenshtein 1966).
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

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
