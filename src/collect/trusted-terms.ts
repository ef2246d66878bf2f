import type { Term } from '../model/term.ts';

/** Of several packs that tell the same of a component, in their order, the first that knows it counts; the first of all where none does. */
export function trustedTerms(byPack: readonly (readonly Term[])[]): readonly Term[] {
  const told = byPack.flatMap((terms) =>
    [...Map.groupBy(terms, meaningOf)].map(([meaning, group]) => ({ meaning, group })),
  );
  const best = [...Map.groupBy(told, ({ meaning }) => meaning).values()].flatMap(
    (several) => several.find(({ group }) => group.some(({ value }) => value !== undefined)) ?? several[0] ?? [],
  );
  return best.flatMap(({ group }) => group);
}

const meaningOf = ({ component, kind, of, giver = '' }: Term): string => [component, kind, of, giver].join('\n');
