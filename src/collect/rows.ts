import type { Component } from '../model/component.ts';
import type { Pack, PackResource } from '../model/pack.ts';
import { type Layer, type Resource, type ResourceKind, type Role, roles } from '../model/resource.ts';
import { type Candidate, candidatesOf } from './candidates.ts';
import type { Scope } from './scope.ts';

/** One role of one resource, with everything that it may be read from. */
export type Row = { readonly role: Role; readonly candidates: readonly Candidate[] };

/** One resource of a component with its rows. */
export type ResourceRows = {
  readonly resource: Resource;
  readonly told: PackResource;
  readonly rows: readonly Row[];
};

const layerOf: Readonly<Record<ResourceKind, Layer>> = {
  rate: 'leaf',
  servers: 'leaf',
  pool: 'hold',
  space: 'leaf',
  quota: 'leaf',
  external: 'leaf',
};

/** A resource of a pack in a component. */
export const resourceIn = ({ name }: Component, told: PackResource): Resource => ({
  component: name,
  resource: told.id,
  kind: told.kind,
  layer: told.layer ?? layerOf[told.kind],
  unit: told.unit,
  hard: told.hard ?? false,
});

/** All rows of a pack for a component. */
export function rowsOf(pack: Pack, component: Component, scope: Scope): readonly ResourceRows[] {
  return (pack.resources ?? []).map((told) => ({
    resource: resourceIn(component, told),
    told,
    rows: roles
      .filter((role) => told[role])
      .map((role) => ({ role, candidates: candidatesOf(pack, told, told[role] ?? [], scope) })),
  }));
}
