import { resourceName } from '../model/in-words.ts';
import { type Labels, textOf } from '../model/labels.ts';
import { printable } from './printable.ts';

type Named = { readonly component: string; readonly resource: string; readonly at?: Labels };

/** "api / pool" */
export function nameOf({ component, resource }: Named): string {
  return printable(resourceName({ component, resource }));
}

/** Names a resource among others: "bouncer / server-pool (database=shop)" where several are alike, by the labels that tell them apart. */
export function namedAmong(all: readonly Named[]): (named: Named) => string {
  const groups = Map.groupBy(all, nameOf);
  return (named) => {
    const name = nameOf(named);
    const alike = groups.get(name) ?? [];
    const apart = Object.entries(named.at ?? {}).filter(([label, value]) =>
      alike.some(({ at }) => at?.[label] !== value),
    );
    return apart.length === 0 ? name : `${name} (${printable(textOf(Object.fromEntries(apart)))})`;
  };
}
