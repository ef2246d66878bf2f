import { timeIn } from '../../model/cell.ts';
import { resourceName } from '../../model/in-words.ts';
import { fits, type Labels } from '../../model/labels.ts';
import { numberOf } from '../../model/reading.ts';
import type { Resource, Role } from '../../model/resource.ts';
import type { Row, Sheet } from '../../model/sheet.ts';
import { line } from '../../stats/line.ts';
import { sum } from '../../stats/sum.ts';
import type { View } from './view.ts';

/** One number a window of the view, undefined where there was no reading. */
export type Track = readonly (number | undefined)[];

/** One resource with everything that was read of it, window by window in the order of the view. */
export type Case = {
  readonly resource: Resource;
  readonly at: Labels;
  readonly usage: Track;
  /** Usage as it was read, also where the rest is drawn anew. */
  readonly read: Track;
  /** The highest part of each window as it was read: what fills within one shows there and not in its mean. */
  readonly peaks?: Track;
  /** Standard error of each usage as it was read, where it is known. */
  readonly usageError: Track;
  readonly ceiling: Track;
  readonly queue: Track | undefined;
  readonly refusals: Track | undefined;
  readonly stall: Track | undefined;
  readonly completions: Track | undefined;
  /** How much of what is in use is given back again, where that is counted and less than what is in use. */
  readonly booked?: Track | undefined;
  /** How much longer the queue became in each window (units a second), where it is a number that waits, as it was read. */
  readonly backlog?: Track | undefined;
  readonly queueFloor: number;
  /** How the queue is told where it is not a number that waits. */
  readonly queueReads?: string | undefined;
  readonly refusalsFloor: number;
  /** What its refusals are where they are no requests. */
  readonly refusalsReads?: string | undefined;
  /** Each refusal shows that the ceiling was reached. */
  readonly refusedAtLimit?: boolean;
  /** Where each role stands in the sheet. */
  readonly rows: Readonly<Partial<Record<Role, number>>>;
};

/** Gathers the rows of a sheet by resource: each usage with the ceiling, queue … that fits it most closely. */
export function casesOf(sheet: Sheet, view: View): readonly Case[] {
  const groups = Map.groupBy(
    sheet.rows.map((row, position) => ({ row, position })),
    ({ row }) => `${row.resource.component}/${row.resource.resource}`,
  );
  return [...groups.values()].flatMap((group) =>
    group.filter(({ row }) => row.role === 'usage').map((usage) => caseOf(usage, group, view)),
  );
}

/** A course of time needs so many parts of a window. */
const fewestParts = 3;

type Placed = { readonly row: Row; readonly position: number };

function caseOf(usage: Placed, group: readonly Placed[], view: View): Case {
  const [ceiling, queue, refusals, stall, completions] = (
    ['ceiling', 'queue', 'refusals', 'stall', 'completions'] as const
  ).map((role) => closestFit(usage.row, role, group));
  const placed = { usage, ceiling, queue, refusals, stall, completions, busy: closestFit(usage.row, 'busy', group) };
  const track = (at: Placed | undefined): Track | undefined => at && trackOf(at.row, view);
  return {
    resource: usage.row.resource,
    at: usage.row.at,
    usage: trackOf(usage.row, view),
    read: trackOf(usage.row, view),
    peaks: view.index.map((i) => peakOf(usage.row, i)),
    usageError: view.index.map((i) => errorOf(usage.row, i)),
    ceiling: track(ceiling) ?? view.index.map(() => undefined),
    queue: track(queue),
    refusals: track(refusals),
    stall: track(stall),
    completions: track(completions),
    backlog: queue && backlogOf(queue.row, view),
    booked: track(placed.busy),
    queueFloor: queue?.row.floor ?? 0,
    queueReads: queue?.row.evidence.reads,
    refusalsFloor: refusals?.row.floor ?? 0,
    refusalsReads: refusals?.row.evidence.reads,
    refusedAtLimit: refusals?.row.atLimit ?? false,
    rows: Object.fromEntries(Object.entries(placed).flatMap(([role, at]) => (at ? [[role, at.position]] : []))),
  };
}

const trackOf = (row: Row, view: View): Track => view.index.map((i) => numberOf(row.readings[i]));

function errorOf(row: Row, i: number): number | undefined {
  const reading = row.readings[i];
  return reading?.kind === 'value' ? reading.error : undefined;
}

function peakOf(row: Row, i: number): number | undefined {
  const reading = row.readings[i];
  return reading?.kind === 'value' ? Math.max(reading.value, ...reading.blocks) : undefined;
}

/** How steeply what waits grew within each window, by the line through its parts; of a window that is made of several stretches the parts are no course of time. */
function backlogOf(row: Row, view: View): Track | undefined {
  if (!countsWaiting(row.evidence.reads)) return undefined;
  return view.windows.map((window, position) => {
    const reading = row.readings[view.index[position] ?? -1];
    if (window.cell || reading?.kind !== 'value' || reading.blocks.length < fewestParts) return undefined;
    const width = timeIn(window) / reading.blocks.length;
    return line(
      reading.blocks.map((_, i) => i * width),
      reading.blocks,
    ).slope;
  });
}

/** Whether a queue is told as the number that waits, and not as a time or a share. */
const countsWaiting = (reads = '$number'): boolean => reads.startsWith('$number') && !reads.endsWith('a second');

/** The same cases with the readings of another sheet of the same rows: what belongs together need not be found again. */
export function reread(cases: readonly Case[], sheet: Sheet, view: View): readonly Case[] {
  return cases.map((one) => {
    const anew = (role: Role): Track | undefined => {
      const row = sheet.rows[one.rows[role] ?? -1];
      return row && trackOf(row, view);
    };
    return {
      ...one,
      usage: anew('usage') ?? one.usage,
      ceiling: anew('ceiling') ?? one.ceiling,
      queue: anew('queue'),
      refusals: anew('refusals'),
      stall: anew('stall'),
      completions: anew('completions'),
    };
  });
}

function closestFit(usage: Row, role: Role, group: readonly Placed[]): Placed | undefined {
  const seen = ({ row }: Placed): boolean => row.readings.some((reading) => reading.kind === 'value');
  const closeness = ({ row }: Placed): number => Object.keys(row.at).length;
  return group
    .filter((placed) => placed.row.role === role && fits(placed.row.at, usage.at) && seen(placed))
    .sort((a, b) => closeness(b) - closeness(a))[0];
}

/** Usage as a share of the ceiling in one window; undefined where either is missing. */
export function fillOf(one: Case, i: number): number | undefined {
  const [usage, ceiling] = [one.usage[i], one.ceiling[i]];
  return usage === undefined || ceiling === undefined || ceiling <= 0 ? undefined : usage / ceiling;
}

/** The numbers of a track at some positions, without the gaps. */
export function known(track: Track | undefined, positions: readonly number[]): readonly number[] {
  const values: number[] = [];
  if (track !== undefined) for (const i of positions) if (track[i] !== undefined) values.push(track[i]);
  return values;
}

/** Whether two are instances or parts of the same resource. */
export const isSame = (a: Resource, b: Resource): boolean => a.component === b.component && a.resource === b.resource;

/** "bouncer / server-pool (shop, app)" */
export function nameOf(one: { readonly resource: Resource; readonly at: Labels }): string {
  return resourceName(one.resource);
}

/** What all of some cases show together in a window; undefined where one of them was not read. */
export function sumAt(
  cases: readonly Case[],
  track: 'usage' | 'ceiling' | 'completions' | 'refusals',
  i: number,
): number | undefined {
  const values: number[] = [];
  for (const one of cases) {
    const value = one[track]?.[i];
    if (value === undefined) return undefined;
    values.push(value);
  }
  return sum(values);
}

/** Processors and threads: what they do for a request is its own work and no waiting. */
export const computes = ({ resource }: Pick<Case, 'resource'>): boolean =>
  resource.layer !== 'hold' && (resource.unit === 'cores' || resource.unit === 'event loops');

/** A heap tells how long it collects. */
export const isCollected = ({ resource, queueReads }: Pick<Case, 'resource' | 'queueReads'>): boolean =>
  resource.kind === 'space' && (queueReads?.includes('collect') ?? false);
