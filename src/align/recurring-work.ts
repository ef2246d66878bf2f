import type { Span } from '../model/span.ts';
import { epoch } from '../model/units.ts';
import { median } from '../stats/median.ts';
import { day } from './cells.ts';
import { explainedBy } from './explained.ts';
import { broughtBy, type Extra, type Kind } from './kinds-of-request.ts';
import type { Slot } from './slots.ts';
import type { Usage } from './usage-by-slot.ts';

/** Use beyond what the load explains counts from so many robust standard deviations, and from this share of all there is. */
const deviations = 6;
const noticeable = 0.05;
/** MAD → standard deviation of a normal distribution. */
const scale = 1.4826;
/** Shorter than two slots is chance; one slot without it is no interruption. */
const leastSlots = 2;
/** Begins at the same hour of another day: within this (s). */
const sameHour = 2700;
/** On so many days or more, or on two that are all or half of those there are. */
const leastDays = 3;
/** What was as full as this before, or under strain at so much of the highest calm load, was brought there by load: that is overload, and no job. */
const nearlyFull = 0.8;
const nearlyHighest = 0.7;
/** It begins or ends at once: by this share of what it takes from one slot to the one after next. */
const abrupt = 0.5;

/** A stretch in which one resource did more than the load explains, and how much more. */
type Episode = { readonly usage: Usage; readonly first: number; readonly last: number; readonly more: number };

/** Work that comes at fixed hours whatever the load: when (each time), at which second of the day, how long, and what it takes of which resource. */
export type Recurring = {
  readonly times: readonly Span[];
  readonly begins: number;
  readonly lasts: number;
  readonly takes: readonly {
    readonly usage: Usage;
    readonly amount: number;
    readonly full: number | undefined;
    /** The most that was in use of it at any time, as a share of all there is. */
    readonly most: number | undefined;
  }[];
  /** The kind of request that brings it: then it is traffic of another mix, and no job. */
  readonly broughtBy?: Extra;
};

/**
 * Use that no load explains and that comes back at the same hour (analysis 3.9: batch jobs): it begins or ends at once, which what bends with load does not, and it does
 * not follow on a load that was too much, as waste in overload does.
 * Each time with a slot before and after it. What comes and goes with a kind of request is told as such.
 *
 * @param kinds the kinds of request that are told apart
 */
export function recurringWork(
  slots: readonly Slot[],
  usages: readonly Usage[],
  kinds: readonly Kind[] = [],
): readonly Recurring[] {
  const episodes = usages
    .flatMap((usage) => episodesOf(slots, usage))
    .filter((episode) => !isOverload(episode, slots, usages));
  const recurring = episodes.filter((one) => isRecurring(one, episodes, slots));
  const jobs: Episode[][] = [];
  for (const one of recurring.toSorted((a, b) => secondOf(a, slots) - secondOf(b, slots))) {
    const alike = jobs.find(([known]) => known && apart(secondOf(known, slots), secondOf(one, slots)) <= sameHour);
    if (alike) alike.push(one);
    else jobs.push([one]);
  }
  return jobs.map((job) => {
    const others = jobs.filter((other) => other !== job).flat();
    const brought = kinds.length > 0 ? kindOf(job, others, slots, kinds) : undefined;
    return { ...toldOf(job, slots), ...(brought && { broughtBy: brought }) };
  });
}

/** The kind of request that brings what any of the resources does; what other jobs do is nothing that it could explain. */
function kindOf(
  job: readonly Episode[],
  others: readonly Episode[],
  slots: readonly Slot[],
  kinds: readonly Kind[],
): Extra | undefined {
  const isIn = (some: readonly Episode[], i: number): boolean =>
    some.some(({ first, last }) => i >= first - 1 && i <= last + 1);
  const busy = slots.map((_, i) => isIn(others, i) && !isIn(job, i));
  const within = [...slots.keys()].filter((i) => job.some(({ first, last }) => i >= first && i <= last));
  const usages = [...new Set(job.map(({ usage }) => usage))];
  return usages
    .map((usage) => {
      const rest = restOf(slots, usage)?.map((value, i) => (busy[i] ? undefined : value));
      return rest && broughtBy(rest, slots, kinds, within);
    })
    .find((brought) => brought !== undefined);
}

/** What the load does not explain of a usage, slot by slot. */
function restOf(slots: readonly Slot[], { used: seen }: Usage): readonly (number | undefined)[] | undefined {
  const line = explainedBy(slots, seen);
  return (
    line &&
    slots.map(({ rate }, i) => {
      const used = seen[i];
      return used === undefined ? undefined : used - line.background - line.each * rate;
    })
  );
}

function episodesOf(slots: readonly Slot[], usage: Usage): readonly Episode[] {
  const rest = restOf(slots, usage);
  if (!rest) return [];
  const seen = rest.filter((value) => value !== undefined);
  const center = median(seen);
  const noise = scale * median(seen.map((value) => Math.abs(value - center)));
  const whole = usage.ceiling ?? Math.max(...usage.used.flatMap((used) => used ?? []));
  const least = Math.max(deviations * noise, noticeable * whole);
  const over = rest.map((value) => value !== undefined && value > least);
  const runs = runsOf(over).filter(({ first, last }) => last - first + 1 >= leastSlots);
  return runs.flatMap(({ first, last }) => {
    const more = median(rest.slice(first, last + 1).flatMap((value) => value ?? []));
    const before = (rest[first + 1] ?? 0) - (rest[first - 1] ?? more);
    const after = (rest[last - 1] ?? 0) - (rest[last + 1] ?? more);
    return Math.max(before, after) >= abrupt * more ? [{ usage, first, last, more }] : [];
  });
}

/** Where load alone had filled something before, or strain began near the highest load, answers fall behind and work is wasted: more is used than the answers explain. */
function isOverload({ first, last }: Episode, slots: readonly Slot[], usages: readonly Usage[]): boolean {
  const before = Math.max(0, first - 1);
  const isFull = ({ used, ceiling }: Usage): boolean =>
    ceiling !== undefined && (used[before] ?? 0) >= nearlyFull * ceiling;
  const highest = Math.max(0, ...slots.filter(({ strained }) => !strained).map(({ rate }) => rate));
  const under = slots.slice(first, last + 1).some(({ strained }) => strained);
  return usages.some(isFull) || (under && (slots[before]?.rate ?? 0) >= nearlyHighest * highest);
}

function runsOf(over: readonly boolean[]): readonly { readonly first: number; readonly last: number }[] {
  const runs: { first: number; last: number }[] = [];
  for (const [i, is] of over.entries()) {
    const open = runs.at(-1);
    if (is && open && i - open.last <= leastSlots) open.last = i;
    else if (is) runs.push({ first: i, last: i });
  }
  return runs;
}

const beginOf = ({ first }: Episode, slots: readonly Slot[]): number => slots[first]?.from ?? 0;
const secondOf = (one: Episode, slots: readonly Slot[]): number => beginOf(one, slots) % day;

/** How far two seconds of a day lie apart, also over midnight. */
const apart = (a: number, b: number): number => Math.min(Math.abs(a - b), day - Math.abs(a - b));

function isRecurring(one: Episode, all: readonly Episode[], slots: readonly Slot[]): boolean {
  const alike = all.filter(
    (other) => other.usage === one.usage && apart(secondOf(other, slots), secondOf(one, slots)) <= sameHour,
  );
  const days = new Set(alike.map((other) => Math.round((beginOf(other, slots) - secondOf(one, slots)) / day))).size;
  const there = ((slots.at(-1)?.to ?? 0) - (slots[0]?.from ?? 0)) / day;
  return days >= leastDays || (days >= 2 && days >= there / 2);
}

function toldOf(job: readonly Episode[], slots: readonly Slot[]): Recurring {
  const width = (slots[0]?.to ?? 0) - (slots[0]?.from ?? 0);
  const spans = job.map(({ first, last }) => ({ from: slots[first]?.from ?? 0, to: slots[last]?.to ?? 0 }));
  const byUsage = [...Map.groupBy(job, ({ usage }) => usage)];
  return {
    times: merged(spans.map(({ from, to }) => ({ from: epoch(from - width), to: epoch(to + width) }))),
    begins: median(job.map((one) => secondOf(one, slots))),
    lasts: median(spans.map(({ from, to }) => to - from)),
    takes: byUsage.map(([usage, own]) => ({
      usage,
      amount: median(own.map(({ more }) => more)),
      full: fullIn(usage, own),
      most: mostIn(usage, own),
    })),
  };
}

const usedIn = ({ used }: Usage, own: readonly Episode[]): readonly number[] =>
  own.flatMap(({ first, last }) => used.slice(first, last + 1).flatMap((value) => value ?? []));

/** How full it was meanwhile, in the middle of all times. */
const fullIn = (usage: Usage, own: readonly Episode[]): number | undefined =>
  usage.ceiling === undefined ? undefined : Math.min(1, median(usedIn(usage, own)) / usage.ceiling);

/** How full it was at most. */
const mostIn = (usage: Usage, own: readonly Episode[]): number | undefined =>
  usage.ceiling === undefined ? undefined : Math.min(1, Math.max(...usedIn(usage, own)) / usage.ceiling);

function merged(spans: readonly Span[]): readonly Span[] {
  const done: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = done.at(-1);
    if (last && span.from <= last.to)
      done[done.length - 1] = { from: last.from, to: epoch(Math.max(last.to, span.to)) };
    else done.push(span);
  }
  return done;
}
