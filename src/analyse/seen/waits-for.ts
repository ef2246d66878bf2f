import type { Component } from '../../model/component.ts';
import type { Resource } from '../../model/resource.ts';

/** Tells whether one resource can fill because another one below it is full. */
export type WaitsFor = (above: Resource, below: Resource) => boolean;

/**
 * The hold graph of a target: a hold is kept while its own component's leaves and threads work, while the component it runs on works,
 * and while everything in `calls` does, directly or further down. Leaves and threads wait for nobody: what keeps them from running shows as stall.
 */
export function waitsForOf(components: readonly Component[]): WaitsFor {
  if (isUndeclared(components)) return mayWaitFor;
  const byName = new Map(components.map((component) => [component.name, component]));
  const reach = new Map(components.map((component) => [component.name, reachable(component, byName)]));
  return (above, below) => {
    if (above.layer !== 'hold') return false;
    if (above.component === below.component) return insideOneComponent(above, below);
    return reach.get(above.component)?.has(below.component) ?? false;
  };
}

/** Whether there is more than one component and nobody says what calls what. */
export const isUndeclared = (components: readonly Component[]): boolean =>
  components.filter(({ name }) => !components.some(({ on }) => on === name)).length > 1 &&
  components.every(({ calls }) => calls.length === 0);

/** Where no graph is declared a hold may wait for any leaf; which of two holds waits for the other is told by how long each is held. */
const mayWaitFor: WaitsFor = (above, below) => {
  if (above.layer !== 'hold') return false;
  return above.component === below.component ? insideOneComponent(above, below) : below.layer !== 'hold';
};

/** Blocking workers (servers) hold what a pool of their own component lends; both wait for the leaves and threads there. */
function insideOneComponent(above: Resource, below: Resource): boolean {
  if (below.layer !== 'hold') return true;
  return above.kind === 'servers' && below.kind === 'pool';
}

/** What a component calls itself on the way to another. */
export function callsOnTheWay(from: string, to: string, components: readonly Component[]): readonly string[] {
  const byName = new Map(components.map((component) => [component.name, component]));
  const calls = byName.get(from)?.calls ?? [];
  return calls.filter((name) => {
    const called = byName.get(name);
    return name === to || (called !== undefined && reachable(called, byName).has(to));
  });
}

function reachable(from: Component, byName: ReadonlyMap<string, Component>): ReadonlySet<string> {
  const found = new Set<string>();
  const walk = (component: Component | undefined): void => {
    if (!component) return;
    if (component.on !== undefined) found.add(component.on);
    const unseen = component.calls.filter((name) => !found.has(name));
    for (const name of unseen) found.add(name);
    for (const name of unseen) walk(byName.get(name));
  };
  walk(from);
  return found;
}
