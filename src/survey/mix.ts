import type { Kind, Seen } from './kind.ts';
import { kindOf } from './kind-of.ts';
import { shapeOf } from './shape-of.ts';

/** More kinds than this nobody reads; the rest is told in one sentence. */
const mostKinds = 25;
const methods = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'];

/**
 * Requests → kinds of requests: alike are those whose paths differ only in what looks like an id and in the values of their query.
 * Weights are how often each was seen, in lowest terms, the commonest first.
 *
 * @param writes whether methods that may change things are to be sent too
 */
export function mixOf(
  seen: readonly Seen[],
  writes: boolean,
): { readonly kinds: readonly Kind[]; readonly notes: readonly string[] } {
  const known = seen.filter(({ method }) => methods.includes(method));
  const groups = [...Map.groupBy(known, shapeOf).values()].toSorted((a, b) => b.length - a.length);
  const kept = groups.slice(0, mostKinds);
  const divisor = kept.reduce((least, { length }) => gcd(least, length), 0);
  const kinds = kept.map((group) => kindOf(group, group.length / divisor, writes));
  return { kinds: distinct(kinds), notes: leftOut(seen, known, groups.slice(mostKinds)) };
}

function leftOut(seen: readonly Seen[], known: readonly Seen[], rare: readonly (readonly Seen[])[]): readonly string[] {
  const odd = seen.length - known.length;
  const few = rare.reduce((sum, { length }) => sum + length, 0);
  return [
    ...(odd > 0 ? [`${counted(odd, 'request')} with other methods than ${methods.join(', ')}: left out`] : []),
    ...(few > 0
      ? [`${counted(rare.length, 'rarer kind')} of request, ${few} of ${known.length} requests: left out`]
      : []),
  ];
}

/** @example counted(1, 'request') // => '1 request' */
export const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** A name that is taken gets a number. */
export function distinct<T extends { readonly name: string }>(items: readonly T[]): readonly T[] {
  const taken = new Set<string>();
  return items.map((item) => {
    let name = item.name;
    for (let count = 2; taken.has(name); count += 1) name = `${item.name}-${count}`;
    taken.add(name);
    return { ...item, name };
  });
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
