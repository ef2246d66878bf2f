import { distinct } from './distinct.ts';
import type { Kind, Seen, Ways } from './kind.ts';
import { kindOf, nameOf } from './kind-of.ts';
import { shapeOf } from './shape-of.ts';

/** More kinds than this nobody reads; the rest is told in one sentence. */
const mostKinds = 25;
const methods = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'];

/**
 * Requests → kinds of requests: alike are those whose paths differ only in what looks like an id and in the values of their query.
 * Weights are how often each was seen, in lowest terms, the commonest first.
 */
export function mixOf(
  seen: readonly Seen[],
  ways: Ways,
): { readonly kinds: readonly Kind[]; readonly notes: readonly string[] } {
  const known = seen.filter(({ method }) => methods.includes(method));
  const groups = [...Map.groupBy(known, shapeOf).values()].toSorted((a, b) => b.length - a.length);
  const kept = groups.slice(0, mostKinds);
  const divisor = kept.reduce((least, { length }) => gcd(least, length), 0);
  const names = distinct(kept.map((group) => ({ name: nameOf(group[0]) })));
  const kinds = kept.map((group, index) => {
    const name = names[index]?.name ?? 'root';
    return kindOf(group, { name, weight: group.length / divisor }, ways);
  });
  return { kinds, notes: leftOut(seen, known, groups.slice(mostKinds)) };
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

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
