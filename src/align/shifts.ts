import type { Change } from '../model/collected.ts';
import { percent, resourceName } from '../model/in-words.ts';
import type { Note } from '../model/note.ts';
import { type Epoch, epoch } from '../model/units.ts';
import { median } from '../stats/median.ts';
import { segments } from '../stats/segments.ts';
import { day } from './cells.ts';
import { explainedBy } from './explained.ts';
import type { Slot } from './slots.ts';
import type { Usage } from './usage-by-slot.ts';

/** What a request costs is compared by parts of a day, each with the same part of other days: every hour has its own mix. */
const partsOfDay = 8;
const length = day / partsOfDay;
/** Costs that differ by less than this are the same; a cost that stays for less than a day is none. */
const alike = 0.05;
/** Loads are about the same up to this multiple: what a request costs may depend on the load. */
const sameLoad = 1.2;
/** Only what the load explains to this share, and what is used to this share of all there is at some time, tells of requests. */
const byLoad = 0.5;
const used = 0.2;

/** Where other set-ups began that no metric tells of, and what else is to be said of the mix. */
export type Shifts = { readonly breaks: readonly Change[]; readonly notes: readonly Note[] };

/** From when on a request costs so much more (or less, below 0) of something, and whether it came bit by bit. */
type Shift = { readonly from: Epoch; readonly more: number; readonly gradual: boolean };

/**
 * Where a request began to cost clearly more or less of a resource at the same load, and went on so (analysis 3.9). Where the work that is done for each request has changed
 * as well, so that the resource still takes the same for each unit of it, it is another mix of requests, and told. Else a change that nothing shows: another set-up begins, told once
 * for a component, after the part of the day that may hold some of both.
 *
 * @param works what is done in the components (queries, commits), by slot
 */
export function shiftsOf(slots: readonly Slot[], usages: readonly Usage[], works: readonly Usage[]): Shifts {
  const found = usages.flatMap((usage) => {
    const shift = shiftOf(slots, usage);
    return shift ? [{ usage, shift, work: works.find((work) => goesWith(work, { slots, usage, shift })) }] : [];
  });
  const bare = [...Map.groupBy(found, ({ usage }) => usage.component).values()].flatMap(
    (own) => own.find(({ work }) => !work) ?? [],
  );
  const isCheaper = found.every(({ shift }) => shift.more < 0);
  const breaks = bare.map(({ usage, shift }): Change => {
    const text = `${worded(shift, usage)}; no rollout is seen: another mix of requests, or a change that nothing shows`;
    const at = epoch(shift.from + length);
    return { at, component: usage.component, what: 'shift', labels: {}, text, ...(isCheaper && { isCheaper }) };
  });
  const mixed = found.flatMap(({ usage, shift, work }) =>
    work
      ? `${usage.component}: ${worded(shift, usage)}, and so it does of ${resourceName(work)}: another mix of requests`
      : [],
  );
  const texts = [...breaks.map(({ component, text }) => `${component}: ${text}`), ...mixed];
  return { breaks, notes: [...texts.map((text): Note => ({ about: 'load', text })), ...openIn(slots, usages)] };
}

/** As much more (or less) of some work is done for each request since, so that the resource takes the same for each unit of it. */
function goesWith(
  work: Usage,
  { slots, usage, shift }: { readonly slots: readonly Slot[]; readonly usage: Usage; readonly shift: Shift },
): boolean {
  const done = shiftOf(slots, work);
  return done !== undefined && done.more * shift.more > 0 && !shiftOf(inWork(slots, work), usage);
}

function worded({ from, more, gradual }: Shift, { resource }: Usage): string {
  const since = clock(from);
  const by = `${percent(Math.abs(more))} ${more > 0 ? 'more' : 'less'}`;
  return gradual
    ? `a request came to cost ${by} of ${resource} at the same load bit by bit, until about ${since} UTC`
    : `a request costs ${by} of ${resource} at the same load from about ${since} UTC on`;
}

/** "2026-11-28 09:00" */
const clock = (at: number): string => new Date(at * 1000).toISOString().slice(0, 16).replace('T', ' ');

/** The slots with what was done in place of the requests. */
const inWork = (slots: readonly Slot[], { used: done }: Usage): readonly Slot[] =>
  slots.map((slot, i) => ({ ...slot, rate: done[i] ?? 0 }));

/**
 * The last shift by 5 % or more; what has drifted is cut where it came within 5 % of what it is now. Stretches are compared by their like parts alone: a week-end that costs something else has
 * other loads, at which the same load comes with another mix, and is no other set-up before a working day shows the same.
 */
function shiftOf(slots: readonly Slot[], usage: Usage): Shift | undefined {
  const stretches = stretchesOf(slots, usage);
  const found = stretches
    .map((stretch, i) => ({ i, now: comparedLast(stretch, stretches.slice(i + 1)) }))
    .findLast(({ now }) => now !== undefined && isOther(now.more));
  if (!found?.now) return undefined;
  const now = found.i + 1 + found.now.at;
  const begins = stretches.findIndex(
    (stretch, i) => i > found.i && (i === now || isSame(likeDifference(stretch, stretches[now] ?? []))),
  );
  const from = stretches[begins]?.[0]?.from;
  if (from === undefined) return undefined;
  const first = likeDifference(stretches[0] ?? [], stretches[now] ?? []);
  const gradual = first !== undefined && isGradual(stretches);
  return { from, more: Math.expm1(gradual ? first : found.now.more), gradual };
}

/** Stretches in which a request costs about the same. */
function stretchesOf(slots: readonly Slot[], usage: Usage): readonly (readonly Part[])[] {
  const parts = partsOf(slots, usage);
  const starts = segments(
    parts.map(({ cost }) => cost),
    partsOfDay,
  );
  return starts.map((start, i) => parts.slice(start, starts[i + 1]));
}

/** What seems to cost more in a last stretch that has no parts like any before it: that cannot be told yet. */
function openIn(slots: readonly Slot[], usages: readonly Usage[]): readonly Note[] {
  const open = usages.flatMap((usage) => {
    const stretches = stretchesOf(slots, usage);
    const [before, last] = stretches.slice(-2);
    const from = last?.[0]?.from;
    if (!before || !last || from === undefined) return [];
    const isCompared = stretches.slice(0, -1).some((stretch) => likeDifference(stretch, last) !== undefined);
    const more = levelOf(last) - levelOf(before);
    return isCompared || more < 0 || !isOther(more) ? [] : [{ usage, from, more: Math.expm1(more) }];
  });
  if (open.length === 0) return [];
  const since = clock(Math.min(...open.map(({ from }) => from)));
  const what = open.map(({ usage, more }) => `${percent(more)} more of ${resourceName(usage)}`).join(', ');
  const text = `from about ${since} UTC on a request seems to cost ${what}, but on days of another kind than before, or at other loads: whether another set-up began there can only be told on days like those before`;
  return [{ about: 'load', text }];
}

const levelOf = (stretch: readonly Part[]): number => median(stretch.map(({ cost }) => cost));

const isOther = (difference: number): boolean => Math.abs(Math.expm1(difference)) >= alike;
const isSame = (difference: number | undefined): boolean => difference !== undefined && !isOther(difference);

/** By how much the last of the later stretches that has parts like this one costs more, and which that is. */
function comparedLast(
  stretch: readonly Part[],
  later: readonly (readonly Part[])[],
): { readonly at: number; readonly more: number } | undefined {
  const compared = later.map((other, at) => ({ at, more: likeDifference(stretch, other) }));
  const last = compared.findLast(({ more }) => more !== undefined);
  return last?.more === undefined ? undefined : { at: last.at, more: last.more };
}

/** By how much (of a logarithm) parts cost more than earlier ones like them, in the middle; undefined where fewer have any than make half a day. */
function likeDifference(before: readonly Part[], after: readonly Part[]): number | undefined {
  const differences = after.flatMap((part) => {
    const same = before.filter((other) => areLike(part, other)).map(({ cost }) => cost);
    return same.length === 0 ? [] : [part.cost - median(same)];
  });
  return differences.length < partsOfDay / 2 ? undefined : median(differences);
}

/** The same part of a working day, or of a day of a week-end, at about the same load. */
const areLike = (a: Part, b: Part): boolean =>
  (a.place - b.place) % partsOfDay === 0 &&
  isWeekend(a.from) === isWeekend(b.from) &&
  Math.max(a.load, b.load) <= sameLoad * Math.min(a.load, b.load);

/** Saturday or Sunday: 1 January 1970 was a Thursday. */
const isWeekend = (at: Epoch): boolean => [2, 3].includes(Math.floor(at / day) % 7);

function isGradual(stretches: readonly (readonly Part[])[]): boolean {
  const levels = stretches.map(levelOf);
  const [first = 0, now = 0] = [levels[0], levels.at(-1)];
  return levels.length > 2 && levels.every((level, i) => i === 0 || (level - (levels[i - 1] ?? 0)) * (now - first) > 0);
}

/** One part of one day: its place in time, the load, and the logarithm of what a request cost there. */
type Part = { readonly place: number; readonly from: Epoch; readonly load: number; readonly cost: number };

function partsOf(slots: readonly Slot[], { used: seen, ceiling }: Usage): readonly Part[] {
  const line = explainedBy(slots, seen);
  const values = seen.flatMap((value) => value ?? []);
  if (!line || line.each <= 0 || values.length === 0) return [];
  const isByLoad = line.each * median(slots.map(({ rate }) => rate)) >= byLoad * median(values);
  if (!isByLoad || (ceiling !== undefined && Math.max(...values) < used * ceiling)) return [];
  const placeOf = (i: number): number => Math.floor((slots[i]?.from ?? 0) / length);
  const raw = [...Map.groupBy(slots.keys(), placeOf)].flatMap(([place, own]) => {
    const there = own.filter((i) => seen[i] !== undefined);
    const cost = there.reduce((sum, i) => sum + (seen[i] ?? 0) - line.background, 0);
    const load = there.reduce((sum, i) => sum + (slots[i]?.rate ?? 0), 0);
    return cost > 0 && load > 0 ? [{ place, load: load / there.length, cost: Math.log(cost / load) }] : [];
  });
  const daily = new Map(
    [...Map.groupBy(raw, dayOf)].map(([of, own]) => [of, meanOf(own.map(({ cost }) => cost))] as const),
  );
  const off = Map.groupBy(raw, ({ place }) => place % partsOfDay);
  const usual = new Map(
    [...off].map(([hour, own]) => [hour, median(own.map((one) => one.cost - (daily.get(dayOf(one)) ?? 0)))] as const),
  );
  return raw
    .toSorted((a, b) => a.place - b.place)
    .map(({ place, load, cost }) => ({
      place,
      from: epoch(place * length),
      load,
      cost: cost - (usual.get(place % partsOfDay) ?? 0),
    }));
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const dayOf = ({ place }: { readonly place: number }): number => Math.floor(place / partsOfDay);
