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
    return shift ? [{ usage, shift, work: works.find((work) => !shiftOf(inWork(slots, work), usage)) }] : [];
  });
  const bare = [...Map.groupBy(found, ({ usage }) => usage.component).values()].flatMap(
    (own) => own.find(({ work }) => !work) ?? [],
  );
  const breaks = bare.map(({ usage, shift }): Change => {
    const text = `${worded(shift, usage)}; no rollout is seen: another mix of requests, or a change that nothing shows`;
    return { at: epoch(shift.from + length), component: usage.component, what: 'shift', labels: {}, text };
  });
  const mixed = found.flatMap(({ usage, shift, work }) =>
    work
      ? `${usage.component}: ${worded(shift, usage)}, and so it does of ${resourceName(work)}: another mix of requests`
      : [],
  );
  const texts = [...breaks.map(({ component, text }) => `${component}: ${text}`), ...mixed];
  return { breaks, notes: texts.map((text) => ({ about: 'load', text })) };
}

function worded({ from, more, gradual }: Shift, { resource }: Usage): string {
  const since = new Date(from * 1000).toISOString().slice(0, 16).replace('T', ' ');
  const by = `${percent(Math.abs(more))} ${more > 0 ? 'more' : 'less'}`;
  return gradual
    ? `a request came to cost ${by} of ${resource} at the same load bit by bit, until about ${since} UTC`
    : `a request costs ${by} of ${resource} at the same load from about ${since} UTC on`;
}

/** The slots with what was done in place of the requests. */
const inWork = (slots: readonly Slot[], { used: done }: Usage): readonly Slot[] =>
  slots.map((slot, i) => ({ ...slot, rate: done[i] ?? 0 }));

/** The last shift by 5 % or more; what has drifted is cut where it came within 5 % of what it is now. */
function shiftOf(slots: readonly Slot[], usage: Usage): Shift | undefined {
  const parts = partsOf(slots, usage);
  const starts = segments(
    parts.map(({ cost }) => cost),
    partsOfDay,
  );
  const levels = starts.map((start, i) => median(parts.slice(start, starts[i + 1]).map(({ cost }) => cost)));
  const now = levels.at(-1) ?? 0;
  const last = levels.findLastIndex((level) => Math.abs(Math.expm1(now - level)) >= alike);
  const begins = parts[starts[last + 1] ?? -1];
  if (last < 0 || !begins) return undefined;
  const first = levels[0] ?? 0;
  const gradual =
    levels.length > 2 && levels.every((level, i) => i === 0 || (level - (levels[i - 1] ?? 0)) * (now - first) > 0);
  return { from: begins.from, more: Math.expm1(now - (gradual ? first : (levels[last] ?? 0))), gradual };
}

/** One part of one day: its place in time, and the logarithm of what a request cost there. */
type Part = { readonly from: Epoch; readonly cost: number };

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
    return cost > 0 && load > 0 ? [{ place, cost: Math.log(cost / load) }] : [];
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
    .map(({ place, cost }) => ({ from: epoch(place * length), cost: cost - (usual.get(place % partsOfDay) ?? 0) }));
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const dayOf = ({ place }: { readonly place: number }): number => Math.floor(place / partsOfDay);
