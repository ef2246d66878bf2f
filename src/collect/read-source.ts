import type { Component, SignalSource } from '../model/component.ts';
import type { Note } from '../model/note.ts';
import type { Pack } from '../model/pack.ts';
import { possibleReplicaLabels } from '../model/replica-labels.ts';
import type { SampleSeries, Signal } from '../model/signal.ts';
import type { Span } from '../model/span.ts';
import { seconds } from '../model/units.ts';
import { addedUp, blindTo, tellingApart } from './added-up.ts';
import { type ChosenRow, signalsOf } from './assemble.ts';
import { type Circumstances, type Emptiness, judged, type Seen, type Silence, silenceOf } from './blind.ts';
import { type Candidate, candidatesOf } from './candidates.ts';
import { type Choice, choose, fetchAll } from './fetch.ts';
import { replicaLabels } from './instances.ts';
import { withoutNoCeilings } from './no-ceilings.ts';
import { cover, inCatalogue, selectorsOf } from './resolve.ts';
import { type ResourceRows, rowsOf } from './rows.ts';
import { equalities, type Located, type Scope } from './scope.ts';
import type { Source } from './source.ts';
import { thinningOf } from './thinning.ts';
import { notesOnUntoldWaits } from './untold-waits.ts';

/** One pack of one component at one Prometheus. */
export type Reading = {
  readonly source: Source;
  readonly pack: Pack;
  readonly component: Component;
  readonly from: SignalSource;
  readonly located: Located;
};

/** What a reading came to, resource by resource, and what a pack of which no series is there leaves unsaid. */
export type ReadSource = {
  readonly resources: readonly (Seen & { readonly id: string })[];
  readonly silence: Silence | undefined;
  readonly notes: readonly Note[];
};

/** How far apart the points of an expression lie that no series holds. */
const stepOfExpressions = seconds(15);

/** The scope of a reading. */
export const scopeOf = ({ source, from, located }: Reading): Scope => ({
  base: source.select,
  select: from.select,
  part: from.part,
  located,
  except: {},
});

/** Reads everything that one pack tells of one component in the span. */
export async function readSource(reading: Reading, span: Span, stop: AbortSignal): Promise<ReadSource> {
  const { pack, component, source } = reading;
  const resources = rowsOf(pack, component, scopeOf(reading));
  const lists = resources.flatMap(({ rows }) => rows.map(({ candidates }) => candidates));
  const choice = await choose(source, lists, span, stop);
  const { series, notes } = await fetchAll(source, choice, span, stop);
  const pool = [...series, ...(await expressions(source, choice, span, stop))];
  const circumstances: Circumstances = {
    pack,
    source: reading.from,
    located: reading.located,
    emptiness: await emptinessOf(reading, choice, lists.flat(), span, stop),
  };
  const chosen = paired(resources, choice);
  const madeOf = ({ told, rows }: Paired, replicas: readonly string[]): ReturnType<typeof withoutNoCeilings> => {
    const id = told.resource.resource;
    const { kept, foreign } = apart(told, replicas);
    const copies = [...(pack.copies ?? []), ...foreign];
    const material = {
      pool,
      span,
      copies,
      replicas: kept,
      stated: component.ceilings[id],
      pushed: pack.pushed === true,
    };
    return withoutNoCeilings(signalsOf(told, rows, material));
  };
  const known = replicasOf(reading, chosen, choice);
  const together = (one: Paired): readonly Signal[] => addedUp(madeOf(one, known).signals, span);
  const hidden = component.replica === undefined ? hiddenIn(chosen, together) : [];
  const read = chosen.map((one) => {
    const { told } = one;
    const { resource } = told.resource;
    const { signals, notes: onCeilings } = madeOf(one, [...known, ...hidden]);
    if (addedUp(signals, span).length > 0)
      return { id: resource, signals: [], unlimited: [], blind: [blindTo(told.resource)], omitted: false, said: [] };
    const said = [...onCeilings, ...notesOnUntoldWaits(told, signals)];
    return { id: resource, ...judged(told, signals, circumstances, onCeilings.length > 0), said };
  });
  return {
    resources: read,
    silence: silenceOf(component.name, read, circumstances),
    notes: [...choice.notes, ...notes, ...read.flatMap(({ said }) => said)],
  };
}

/** Labels that tell apart what is added up without them. */
const hiddenIn = (chosen: readonly Paired[], of: (one: Paired) => readonly Signal[]): readonly string[] => [
  ...new Set(chosen.flatMap((one) => tellingApart(of(one)) ?? [])),
];

/** What belongs to a workload of its own is told apart by its labels only: those of the exporter's own pod tell nothing. */
function apart(
  { told }: ResourceRows,
  replicas: readonly string[],
): { readonly kept: readonly string[]; readonly foreign: readonly string[] } {
  const own = told.workload && new Set(Object.values(told.workload));
  return {
    kept: replicas.filter((label) => !own || own.has(label)),
    foreign: replicas.filter((label) => own && !own.has(label)),
  };
}

type Paired = { readonly told: ResourceRows; readonly rows: readonly ChosenRow[] };

function paired(resources: readonly ResourceRows[], { chosen }: Choice): readonly Paired[] {
  let index = 0;
  return resources.map((told) => ({
    told,
    rows: told.rows.map((row) => ({ ...row, candidate: chosen[index++] })),
  }));
}

/** Told from what is used, among the series that speak in the span. */
function replicasOf({ pack, component }: Reading, chosen: readonly Paired[], { present }: Choice): readonly string[] {
  const possible = possibleReplicaLabels(component.replica, pack.replica);
  const used = chosen
    .flatMap(({ rows }) => rows)
    .filter(({ role }) => role === 'usage')
    .flatMap(({ candidate }) => candidate?.parts ?? [])
    .flatMap(({ selectors }) => selectors.flatMap((selector) => inCatalogue(present, selector)));
  return replicaLabels(possible, used);
}

/** Whether anything of a pack is there: what its resources are read from, or the traffic that it tells. */
async function emptinessOf(
  reading: Reading,
  choice: Choice,
  candidates: readonly Candidate[],
  span: Span,
  stop: AbortSignal,
): Promise<Emptiness> {
  const selectors = candidates.flatMap(selectorsOf);
  if (selectors.some((selector) => inCatalogue(choice.catalogue, selector).length > 0)) return undefined;
  const names = cover(selectors)?.names ?? [];
  if (names.length === 0 || (await tellsTraffic(reading, span, stop))) return undefined;
  const { source } = reading;
  const { series } = await source.series({ names, tests: equalities(source.select) }, span, stop);
  return series.length > 0 ? 'nothing-selected' : 'no-exporter';
}

async function tellsTraffic(reading: Reading, span: Span, stop: AbortSignal): Promise<boolean> {
  const { pack, source } = reading;
  if (!pack.traffic) return false;
  const completions = candidatesOf(pack, {}, pack.traffic.completions, scopeOf(reading));
  const { chosen } = await choose(source, [completions], span, stop);
  return chosen[0] !== undefined;
}

/** Expressions that no series holds, each as one series under its own name. */
async function expressions(
  source: Source,
  { chosen }: Choice,
  span: Span,
  stop: AbortSignal,
): Promise<readonly SampleSeries[]> {
  const wanted = [...new Set(chosen.flatMap((candidate) => candidate?.expression ?? []))];
  const found = await Promise.all(
    wanted.map(async (promql) => {
      const { series } = await source.range(promql, span, thinningOf(span) ?? stepOfExpressions, stop);
      return series.map((one) => ({ ...one, labels: { ...one.labels, __name__: promql } }));
    }),
  );
  return found.flat();
}
