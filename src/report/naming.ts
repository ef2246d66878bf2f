import { type Labels, textOf } from '../model/labels.ts';
import { printable } from './printable.ts';

type Named = { readonly component: string; readonly resource: string; readonly at?: Labels };

/** "api / pool" */
export function nameOf({ component, resource }: Named): string {
  return printable(`${component} / ${resource}`);
}

/** Names a resource among others: "bouncer / server-pool (database=shop)" where several are alike, else without the labels. */
export function namedAmong(all: readonly Named[]): (named: Named) => string {
  const names = all.map(nameOf);
  return (named) => {
    const name = nameOf(named);
    const where = printable(textOf(named.at ?? {}));
    const isAlone = names.filter((each) => each === name).length < 2;
    return isAlone || where === '' ? name : `${name} (${where})`;
  };
}
