import type { Component } from '../model/component.ts';
import type { Sheet } from '../model/sheet.ts';
import type { Case } from './cases.ts';
import { costsOf } from './costs.ts';
import { type dearerInside, withDearer } from './dearer-inside.ts';
import { isFilledByLoad } from './filled-by-load.ts';
import type { Costing } from './not-yet.ts';
import { othersOn } from './others-on.ts';
import type { Judged } from './roots.ts';
import type { View } from './view.ts';
import type { WaitsFor } from './waits-for.ts';
import type { InWork } from './work-units.ts';

type Given = {
  readonly cases: readonly Case[];
  readonly view: View;
  readonly sheet: Sheet;
  readonly sustained: readonly boolean[];
  readonly waitsFor: WaitsFor;
  readonly inWork: (resource: Case['resource']) => InWork | undefined;
  readonly components: readonly Component[];
  readonly dearer: ReturnType<typeof dearerInside>;
};

/** What every resource costs and where it ends, given what is first. */
export function costingOf({ cases, view, sheet, sustained, waitsFor, inWork, components, dearer }: Given): Costing {
  const byLoad = (space: Case): boolean => isFilledByLoad(space, view, sheet, sustained);
  const others = (machines: readonly Case[]) => othersOn(machines, view, sustained, { cases, components });
  return (judged) => {
    const lifted = isFullAmong(judged);
    const fed = (leaf: Case): boolean => judged.some(({ one, standing }) => one === leaf && isFed(standing));
    return withDearer(
      costsOf(cases, view, sustained, { components, waitsFor, inWork, lifted, byLoad, others, fed }),
      dearer,
    );
  };
}

/** What is first because it is full itself, and not because of a full hold above it. */
const isFullAmong =
  (judged: readonly Judged[]) =>
  (leaf: Case): boolean =>
    judged.some(({ one, standing }) => one === leaf && standing.kind === 'root' && standing.under === undefined);

const isFed = (standing: Judged['standing']): boolean => standing.kind === 'symptom' && standing.by === 'misses';
