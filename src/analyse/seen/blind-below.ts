import type { BlindSpot } from '../../model/blind-spot.ts';
import type { Component } from '../../model/component.ts';

/** Blind spots in a component itself, in what runs on it and so fills it, or in anything that it waits for. */
export function blindBelow(
  name: string,
  given: { readonly blind: readonly BlindSpot[]; readonly components: readonly Component[] },
): readonly BlindSpot[] {
  const reached = new Set<string>();
  const walk = (each: string): void => {
    if (reached.has(each)) return;
    reached.add(each);
    const component = given.components.find((one) => one.name === each);
    for (const next of [...(component?.calls ?? []), ...(component?.on === undefined ? [] : [component.on])])
      walk(next);
  };
  walk(name);
  for (const { name: carried, on } of given.components) if (on === name) reached.add(carried);
  return given.blind.filter((spot) => reached.has(spot.component));
}
