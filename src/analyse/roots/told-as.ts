import { textOf } from '../../model/labels.ts';
import type { Twin } from '../../model/twin.ts';
import type { Case } from '../seen/cases.ts';

type Named = Twin['told'];

/** By which component, resource and instance a case is told: what two components name is one, by one name. */
export function toldAs({ resource, at }: Pick<Case, 'resource' | 'at'>, twins: readonly Twin[] = []): Named {
  const named = { component: resource.component, resource: resource.resource, at };
  return twins.find(({ also }) => isNamed(also, named))?.told ?? named;
}

/** Whether a case is told by its own name. */
export const isToldItself = (one: Pick<Case, 'resource' | 'at'>, twins: readonly Twin[] = []): boolean =>
  isNamed(toldAs(one, twins), { component: one.resource.component, resource: one.resource.resource, at: one.at });

/** Which other names there are for what is told. */
export const alsoNamed = (told: Pick<Named, 'component' | 'resource'>, twins: readonly Twin[] = []): readonly Named[] =>
  twins.flatMap((twin) =>
    twin.told.component === told.component && twin.told.resource === told.resource ? [twin.also] : [],
  );

const isNamed = (a: Named, b: Named): boolean =>
  a.component === b.component && a.resource === b.resource && textOf(a.at) === textOf(b.at);
