/** 32 hexadecimal digits of a text: four times FNV-1a (Fowler, Noll, Vo 1991) from different starts. */
export function hexOf(text: string): string {
  const words = [0x811c9dc5, 0x2f0b4c47, 0x5bd1e995, 0x1b873593].map((start) => {
    let hash = start;
    for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    return (hash >>> 0).toString(16).padStart(8, '0');
  });
  return words.join('');
}
