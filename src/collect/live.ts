import type { Clock } from '../model/clock.ts';
import type { LiveReadings } from '../model/collected.ts';
import { fits, type Labels } from '../model/labels.ts';
import type { Order } from '../model/order.ts';
import type { Pack } from '../model/pack.ts';
import { possibleReplicaLabels } from '../model/replica-labels.ts';
import type { Role } from '../model/resource.ts';
import { type Epoch, epoch, type Seconds, seconds } from '../model/units.ts';
import type { Candidate } from './candidates.ts';
import { type Reach, readingsOf } from './collect.ts';
import { type Choice, choose, fetchAll } from './fetch.ts';
import { atOf } from './instances.ts';
import { promqlOf } from './print.ts';
import { type Reading, scopeOf } from './read-source.ts';
import { inCatalogue } from './resolve.ts';
import { rowsOf } from './rows.ts';
import { intervalOf } from './samples.ts';
import type { Instant, Source } from './source.ts';

/** Usage or ceiling of one resource, as one line of a live query. */
type Line = {
  readonly source: Source;
  readonly component: string;
  readonly resource: string;
  readonly role: Extract<Role, 'usage' | 'ceiling'>;
  readonly promql: string;
  readonly candidate: Candidate;
  readonly replicas: readonly string[];
  /** What the configuration states as the ceiling; usage that is a share of the whole is compared with 1. */
  readonly stated: number | undefined;
};

type Value = { readonly line: Line; readonly at: Labels; readonly value: number };

/** Which series exist is looked up anew after this long: pods come and go while load runs. */
const staleAfter = 60;
/** The stretch that is looked at to find them. */
const recent = 300;
/** Marks which line of a query a value belongs to. */
const mark = 'plimsoll_line';

/**
 * Tells which resource is the fullest right now, and which guards are true; one query per Prometheus and one per guard.
 * For progress only: nothing that it says enters a claim.
 */
export function liveReader(reach: Reach, clock: Clock): (order: Order, stop: AbortSignal) => Promise<LiveReadings> {
  let known: { readonly run: string; readonly since: Epoch; readonly lines: readonly Line[] } | undefined;
  return async (order, stop) => {
    const now = clock.now();
    if (!known || known.run !== order.run || now - known.since > staleAfter) {
      known = { run: order.run, since: now, lines: await linesOf(reach, order, now, stop) };
    }
    const bySource = Map.groupBy(known.lines, ({ source }) => source);
    const [values, guards] = await Promise.all([
      Promise.all([...bySource].map(([source, lines]) => valuesOf(source, lines, stop))),
      guardsOf(reach, order, stop),
    ]);
    return { at: now, fullest: fullestOf(values.flat()), guards };
  };
}

async function linesOf(reach: Reach, order: Order, now: Epoch, stop: AbortSignal): Promise<readonly Line[]> {
  const span = { from: epoch(now - recent), to: now };
  const readings = await readingsOf(reach, order.components, span, stop);
  const lines = await Promise.all(
    readings.map(async (reading) => {
      const rows = usageAndCeilings(reading);
      const choice = await choose(
        reading.source,
        rows.map(({ candidates }) => candidates),
        span,
        stop,
      );
      const usage = {
        ...choice,
        chosen: choice.chosen.filter((_, index) => rows[index]?.role === 'usage').slice(0, 1),
      };
      const { series } = await fetchAll(reading.source, usage, span, stop);
      const range = seconds(Math.max(5, 4 * (intervalOf(series) ?? 15)));
      return rows.flatMap((row, index) => lineOf(reading, row, choice.chosen[index], range, choice) ?? []);
    }),
  );
  return lines.flat();
}

type Narrow = {
  readonly resource: string;
  readonly role: 'usage' | 'ceiling';
  readonly candidates: readonly Candidate[];
};

function usageAndCeilings(reading: Reading): readonly Narrow[] {
  return rowsOf(reading.pack, reading.component, scopeOf(reading)).flatMap(({ resource, rows }) =>
    rows.flatMap(({ role, candidates }): readonly Narrow[] =>
      role === 'usage' || role === 'ceiling' ? [{ resource: resource.resource, role, candidates }] : [],
    ),
  );
}

function lineOf(
  { source, component, pack }: Reading,
  { resource, role }: Narrow,
  candidate: Candidate | undefined,
  range: Seconds,
  choice: Choice,
): Line | undefined {
  if (!candidate || candidate.form === 'promql') return undefined;
  const replicas = replicasIn(pack, component.replica, choice);
  const by = [...new Set([...Object.values(candidate.per), ...replicas])];
  const exists = (selector: Parameters<typeof inCatalogue>[1]): boolean =>
    inCatalogue(choice.catalogue, selector).length > 0;
  const promql = promqlOf(candidate, { range, at: {}, by, exists });
  const stated = component.ceilings[resource];
  return { source, component: component.name, resource, role, promql, candidate, replicas, stated };
}

/** Those that some series carries: a query that names no others stays short, and names no label that an old Prometheus cannot have. */
function replicasIn(pack: Pack, stated: string | undefined, { catalogue }: Choice): readonly string[] {
  const carried = new Set([...catalogue.values()].flat().flatMap((labels) => Object.keys(labels)));
  return possibleReplicaLabels(stated, pack.replica).filter((label) => carried.has(label));
}

async function valuesOf(source: Source, lines: readonly Line[], stop: AbortSignal): Promise<readonly Value[]> {
  const promql = lines
    .map((line, index) => `label_replace(${line.promql}, "${mark}", "${index}", "", "")`)
    .join(' or ');
  const { series } = await source.instant(promql, stop);
  return series.flatMap(({ labels, value }: Instant) => {
    const line = lines[Number(labels[mark])];
    return line ? [{ line, at: atOf(labels, line.candidate, line.replicas), value }] : [];
  });
}

function fullestOf(values: readonly Value[]): LiveReadings['fullest'] {
  const usage = values.filter(({ line }) => line.role === 'usage');
  const ratios = usage.flatMap(({ line, at, value }) => {
    const ceiling = ceilingOf(line, at, values);
    if (ceiling === undefined || !(ceiling > 0) || !Number.isFinite(value)) return [];
    return [{ component: line.component, resource: line.resource, ratio: value / ceiling }];
  });
  return ratios.reduce<LiveReadings['fullest']>((top, one) => (top && top.ratio >= one.ratio ? top : one), undefined);
}

function ceilingOf(line: Line, at: Labels, values: readonly Value[]): number | undefined {
  if (line.candidate.variant.share === true) return 1;
  if (line.stated !== undefined) return line.stated;
  const found = values.find(
    (other) =>
      other.line.role === 'ceiling' &&
      other.line.component === line.component &&
      other.line.resource === line.resource &&
      other.line.source === line.source &&
      fits(other.at, at),
  );
  const { above = 0, below = Number.POSITIVE_INFINITY } = found?.line.candidate.variant ?? {};
  return found && found.value > above && found.value < below ? found.value : undefined;
}

/** A guard is true where its expression has a value other than 0, as an alert would fire; one that is not answered is left out. */
async function guardsOf(
  { sources }: Reach,
  { load }: Order,
  stop: AbortSignal,
): Promise<Readonly<Record<string, boolean>>> {
  const [first] = sources.values();
  if (!first || !load) return {};
  const judged = await Promise.all(
    Object.entries(load.guards).map(async ([name, promql]) => {
      const answer = await first.instant(promql, stop).catch(() => undefined);
      return answer === undefined ? [] : [[name, answer.series.some(({ value }) => value !== 0)] as const];
    }),
  );
  return Object.fromEntries(judged.flat());
}
