/** A number from a text: FNV-1a (Fowler, Noll, Vo), 32 bits. The same text gives the same number on every machine. */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}

/** So many letters and digits from a text, as orchestrators name things. */
export const lettersOf = (text: string, count: number): string =>
  seedOf(text).toString(36).padStart(count, '0').slice(-count);
