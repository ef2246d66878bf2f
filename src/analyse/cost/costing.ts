import type { Component } from '../../model/component.ts';
import type { Interval } from '../../model/interval.ts';
import type { Sheet } from '../../model/sheet.ts';
import type { Judged } from '../roots/judged.ts';
import { isFilledByLoad } from '../saturation/filled-by-load.ts';
import { type Case, isSame } from '../seen/cases.ts';
import { failsBeyond } from '../seen/turned-away.ts';
import type { View } from '../seen/view.ts';
import type { WaitsFor } from '../seen/waits-for.ts';
import type { Costing } from './cost.ts';
import { costsOf } from './costs.ts';
import { dearerInside, withDearer } from './dearer-inside.ts';
import { withKeptOpen } from './kept-open.ts';
import { type MixDrift, mixDrift } from './mix-drift.ts';
import { othersOn } from './others-on.ts';
import { type InWork, workUnitsOf } from './work-units.ts';

type Run = {
  readonly view: View;
  readonly sustained: readonly boolean[];
  readonly components: readonly Component[];
};

/** How the work for a request goes with the load. */
export type Work = {
  /** What goes with units of work rather than with requests. */
  readonly inWork: (resource: Case['resource']) => InWork | undefined;
  /** What ends sooner because requests cost more the more of them are inside. */
  readonly dearer: ReturnType<typeof dearerInside>;
  /** Whether requests became others on the way up, and what tells it. */
  readonly drift: MixDrift | undefined;
  /** What is carried at most if more goes on to fail as it did. */
  readonly fails: Interval | undefined;
};

/** Tells how the work for a request goes with the load: what becomes dearer everywhere is another kind of requests, and not what is inside. */
export function workOf(cases: readonly Case[], run: Run): Work {
  const { view, sustained, components } = run;
  const drift = mixDrift(cases, run);
  return {
    inWork: workUnitsOf(cases, view, sustained, components),
    dearer: drift ? new Map() : dearerInside(cases, run),
    drift,
    fails: failsBeyond(view.windows.filter((_, i) => sustained[i])),
  };
}

type Given = Run & {
  readonly cases: readonly Case[];
  readonly sheet: Sheet;
  readonly waitsFor: WaitsFor;
  readonly work: Work;
  /** After how long our own load gives a request up (s). */
  readonly patience: number | undefined;
};

/** What every resource costs and where it ends, given what is first. */
export function costingOf({ cases, view, sheet, sustained, waitsFor, components, work, patience }: Given): Costing {
  const { inWork, dearer, drift } = work;
  const byLoad = (space: Case): boolean =>
    [[space], cases.filter(({ resource }) => isSame(resource, space.resource))].some((all) =>
      isFilledByLoad(all, view, sheet, sustained),
    );
  const others = (machines: readonly Case[]) => othersOn(machines, view, sustained, { cases, components });
  return (judged) => {
    const lifted = isFullAmong(judged);
    const fed = (leaf: Case): boolean => judged.some(({ one, standing }) => one === leaf && isFed(standing));
    const costs = costsOf(cases, view, sustained, {
      components,
      waitsFor,
      inWork,
      lifted,
      byLoad,
      others,
      fed,
      drifts: drift !== undefined,
      quiet: judged.every(({ standing }) => standing.kind === 'unsaturated' || standing.kind === 'bystander'),
      patience,
    });
    return withDearer(withKeptOpen(costs, { cases, view, waitsFor }), dearer);
  };
}

/** What is first because it is full itself, and not because of a full hold above it. */
const isFullAmong =
  (judged: readonly Judged[]) =>
  (leaf: Case): boolean =>
    judged.some(({ one, standing }) => one === leaf && standing.kind === 'root' && !standing.under && !standing.turns);

const isFed = (standing: Judged['standing']): boolean => standing.kind === 'symptom' && standing.by === 'misses';
