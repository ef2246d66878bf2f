/** The first `most` of a list, and a line that says how many were left out; no line where all are there. */
export function firstOf<T>(
  all: readonly T[],
  most: number,
  rest: (count: number) => string,
): { readonly shown: readonly T[]; readonly more: readonly string[] } {
  const shown = all.slice(0, most);
  const left = all.length - shown.length;
  return { shown, more: left > 0 ? [rest(left)] : [] };
}
