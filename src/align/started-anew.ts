import type { Change, Collected } from '../model/collected.ts';
import { number, percent, resourceName } from '../model/in-words.ts';
import { fits } from '../model/labels.ts';
import type { LoadWindow } from '../model/load-record.ts';
import { numberOf } from '../model/reading.ts';
import type { Resource } from '../model/resource.ts';
import type { Row } from '../model/sheet.ts';
import { line } from '../stats/line.ts';
import { median } from '../stats/median.ts';
import { studentTProbability } from '../stats/student-t-probability.ts';
import { sum } from '../stats/sum.ts';
import { successions } from './in-succession.ts';

/** Instances that are started one after the other within so long (s) are started anew together. */
const together = 120;
/** Fewer windows than this on one side of a start tell nothing of what a request takes there. */
const enough = 3;
/** Loads are alike up to this share; so are costs. */
const alike = 0.1;
/** What a request takes may depend on the load, but hardly as much as this: then loads that only one side has are compared as well. */
const far = 0.3;
/** By chance a cost seems to differ no more often than this. */
const byChance = 0.01;
/** Answers of which more than this share fail beyond what usually does are no measure of what a request takes … */
const failing = 0.03;
/** … and neither is a hold of which more than this share is in use: what waits keeps it longer. */
const crowded = 0.7;
/** What the load explains less than this share of is not taken by requests. */
const byLoad = 0.5;

/** One start, or some close together, with the change that tells of the last of them. */
type Start = { readonly first: number; readonly last: Change };

/**
 * Whoever watches traffic is told of a new version at best by a process that was started anew. Where a request takes clearly more or less of something from then on, at loads that both sides of
 * the start have, or a limit that had stayed the same is another one, another set-up begins there; where neither is so the start changed nothing, and the windows stay together.
 *
 * @param rows with a reading for each window
 * @returns the starts with which another set-up began, as changes of kind `shift`
 */
export function startedAnew(
  windows: readonly LoadWindow[],
  rows: readonly Row[],
  changes: readonly Change[],
): readonly Change[] {
  const found: Change[] = [];
  let until = Number.POSITIVE_INFINITY;
  const starts = startsOf(changes);
  for (const [i, { first, last }] of [...starts.entries()].toReversed()) {
    const from = starts[i - 1]?.last.at ?? Number.NEGATIVE_INFINITY;
    const sideOf = ({ span }: LoadWindow): Side => {
      if (span.from >= last.at && span.to <= until) return 'after';
      return span.to <= first && span.from >= from ? 'before' : 'neither';
    };
    const other = otherSince(windows.map(sideOf), windows, rows, last.component);
    if (other === undefined) continue;
    found.unshift({ ...last, what: 'shift', text: `${last.text}, and ${other} since` });
    until = first;
  }
  return found;
}

/** All that was started anew: told as such, or a new instance in the place of one that is gone. */
export const startsIn = ({ changes, signals }: Collected): readonly Change[] => [
  ...changes.filter(({ what }) => what === 'restart'),
  ...successions(signals),
];

function startsOf(changes: readonly Change[]): readonly Start[] {
  const starts: Start[] = [];
  for (const change of changes.filter(({ what }) => what === 'restart').toSorted((a, b) => a.at - b.at)) {
    const previous = starts.at(-1);
    if (previous && change.at - previous.last.at <= together) starts.splice(-1, 1, { ...previous, last: change });
    else starts.push({ first: change.at, last: change });
  }
  return starts;
}

type Side = 'before' | 'after' | 'neither';

/** What is other after a start than before it, in words; undefined where nothing is. */
function otherSince(
  sides: readonly Side[],
  windows: readonly LoadWindow[],
  rows: readonly Row[],
  component: string,
): string | undefined {
  const limits = rows.filter(({ role, resource }) => role === 'ceiling' && resource.component === component);
  const limit = limits.map((row) => otherLimit(sides, row)).find((text) => text !== undefined);
  if (limit !== undefined) return limit;
  const usages = rows.filter(({ role }) => role === 'usage');
  const groups = [...Map.groupBy(usages, ({ resource }) => `${resource.component}/${resource.resource}`).values()];
  const costs = groups.flatMap((alike) => {
    const more = moreSince(sides, windows, used(alike, rows));
    return more === undefined || !alike[0] ? [] : [{ resource: alike[0].resource, more }];
  });
  const [most] = costs.toSorted((a, b) => Math.abs(b.more) - Math.abs(a.more));
  return most && otherCost(most.resource, most.more);
}

const otherCost = (resource: Resource, more: number): string =>
  `a request takes ${percent(Math.abs(more))} ${more > 0 ? 'more' : 'less'} of ${resourceName(resource)}`;

/** A limit that was one number all the time before, and is another one all the time after. */
function otherLimit(sides: readonly Side[], { readings, resource }: Row): string | undefined {
  if (resource.layer === 'leaf') return undefined;
  const of = (side: Side): readonly number[] => [
    ...new Set(readings.flatMap((reading, i) => (sides[i] === side ? (numberOf(reading) ?? []) : []))),
  ];
  const [[before, ...others], [after, ...more]] = [of('before'), of('after')];
  if (before === undefined || after === undefined || others.length > 0 || more.length > 0) return undefined;
  return before === after
    ? undefined
    : `the limit of ${resource.resource} is ${number(after)} instead of ${number(before)}`;
}

/** What all instances use in each window: what each of them has of the work may be another share since. Undefined where one was not read, or where one is so crowded that what waits keeps it. */
const used = (alike: readonly Row[], rows: readonly Row[]): readonly (number | undefined)[] =>
  (alike[0]?.readings ?? []).map((_, i) => {
    const values = alike.flatMap((row) => (isCrowded(row, rows, i) ? [] : (numberOf(row.readings[i]) ?? [])));
    return values.length < alike.length ? undefined : sum(values);
  });

function isCrowded({ resource, at, readings }: Row, rows: readonly Row[], i: number): boolean {
  if (resource.kind === 'space') return true;
  if (resource.layer === 'leaf') return false;
  const ceiling = rows.find(
    (row) =>
      row.role === 'ceiling' &&
      row.resource.component === resource.component &&
      row.resource.resource === resource.resource &&
      fits(row.at, at),
  );
  const limit = numberOf(ceiling?.readings[i]);
  return limit === undefined || (numberOf(readings[i]) ?? 0) > crowded * limit;
}

type Point = { readonly load: number; readonly used: number; readonly after: boolean };

/**
 * By which share a request takes more since; undefined where it takes the same by what can be told. The line through both sides with one slope for each and a background for both: the second slope
 * is what is left of it once the first is taken out (Frisch and Waugh 1933), and held against its own error.
 */
function moreSince(
  sides: readonly Side[],
  windows: readonly LoadWindow[],
  usage: readonly (number | undefined)[],
): number | undefined {
  const usual = windows.length > 0 ? median(windows.map(({ errors }) => errors)) : 0;
  const all = windows.flatMap(({ throughput, errors }, i) => {
    const used = usage[i];
    if (used === undefined || sides[i] === 'neither' || errors > usual + failing) return [];
    return [{ load: throughput, used, after: sides[i] === 'after' }];
  });
  return moreIn(atSameLoads(all), alike) ?? moreIn(all, far);
}

/** The same of some points, from so large a share on. */
function moreIn(points: readonly Point[], least: number): number | undefined {
  const [before, after] = [points.filter((point) => !point.after), points.filter((point) => point.after)];
  if (before.length < enough || after.length < enough) return undefined;
  const loads = points.map(({ load }) => load);
  if (new Set(loads).size < 2) return undefined;
  const values = points.map(({ used }) => used);
  const joint = line(loads, values);
  const own = line(
    loads,
    points.map((point) => (point.after ? point.load : 0)),
  );
  const spread = sum(own.residuals.map((value) => value ** 2));
  const extra = sum(own.residuals.map((value, i) => value * (joint.residuals[i] ?? 0))) / spread;
  const left = sum(joint.residuals.map((value, i) => (value - extra * (own.residuals[i] ?? 0)) ** 2));
  const df = points.length - 3;
  const error = Math.sqrt(left / df / spread);
  const each = joint.slope - extra * own.slope;
  const asBefore = points.map(({ used, load, after }) => used - (after ? extra * load : 0));
  if (!(each > 0) || each * median(loads) < byLoad * median(asBefore)) return undefined;
  const isChance = 2 * studentTProbability(-Math.abs(extra) / error, df) > byChance;
  return isChance || Math.abs(extra) < least * each ? undefined : extra / each;
}

/** What a request takes may depend on the load: only loads are compared that both sides have. */
function atSameLoads(points: readonly Point[]): readonly Point[] {
  const of = (after: boolean): readonly number[] =>
    points.filter((point) => point.after === after).map(({ load }) => load);
  const low = Math.max(Math.min(...of(false)), Math.min(...of(true)));
  const high = Math.min(Math.max(...of(false)), Math.max(...of(true)));
  return points.filter(({ load }) => load >= (1 - alike) * low && load <= (1 + alike) * high);
}
