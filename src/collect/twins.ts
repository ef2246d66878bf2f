import type { Component } from '../model/component.ts';
import { resourceName } from '../model/in-words.ts';
import { textOf } from '../model/labels.ts';
import type { Signal } from '../model/signal.ts';
import type { Twin } from '../model/twin.ts';

/**
 * What two components name and read from the very same series, as a machine that the one selects alone and the other among all machines: it is told by the name of the component that selects fewer, or else of the first.
 * What is stated of them may differ, and then they are two.
 */
export function twinsOf(components: readonly Component[], signals: readonly Signal[]): readonly Twin[] {
  const rank = (one: Signal): number => components.findIndex(({ name }) => name === one.resource.component);
  const usages = signals.filter(({ role, parts }) => role === 'usage' && parts.length > 0);
  const many = Map.groupBy(usages, ({ resource }) => resourceName(resource));
  const width = ({ resource }: Signal): number => many.get(resourceName(resource))?.length ?? 0;
  const groups = Map.groupBy(usages, (one) => seriesOf(one, components[rank(one)]));
  return [...groups.values()].flatMap((group) => {
    const [told, ...others] = group.toSorted((a, b) => width(a) - width(b) || rank(a) - rank(b));
    return told ? others.filter((one) => rank(one) !== rank(told)).map((one) => twinOf(told, one)) : [];
  });
}

const twinOf = (told: Signal, also: Signal): Twin => ({ told: nameOf(told), also: nameOf(also) });

const nameOf = ({ resource, at }: Signal): Twin['told'] => ({
  component: resource.component,
  resource: resource.resource,
  at,
});

/** What it is read from, and everything that makes the same series another thing. */
function seriesOf({ resource, form, scale, parts, less, over }: Signal, component: Component | undefined): string {
  const texts = [parts, less, over].map((list) => list.map(({ labels }) => textOf(labels)).sort());
  const from = [...new Set(component?.signals.map((source) => source.from))];
  return JSON.stringify([from, resource.resource, form, scale, texts, component?.ceilings[resource.resource]]);
}
