/** FNV-1a, 32 bits (Fowler, Noll, Vo 1991). */
function fnv(text: string, start: number): string {
  let hash = start;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** A short text that changes whenever the value does, from the value as JSON. It keeps no secret safe. */
export function fingerprint(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined';
  return fnv(text, 0x811c9dc5) + fnv(text, 0x2f0b4c47);
}
