import type { Change } from '../model/collected.ts';
import { percent } from '../model/in-words.ts';
import { type Epoch, epoch } from '../model/units.ts';
import { median } from '../stats/median.ts';
import { segments } from '../stats/segments.ts';
import { day } from './cells.ts';
import { explainedBy } from './explained.ts';
import type { Slot } from './slots.ts';
import type { Usage } from './usage-by-slot.ts';

/** What a request costs is compared by parts of a day, each with the same part of other days: every hour has its own mix. */
const partsOfDay = 8;
/** Costs that differ by less than this are the same; a cost that stays for less than a day is none. */
const alike = 0.05;
/** Only what the load explains to this share, and what is used to this share of all there is at some time, tells of requests. */
const byLoad = 0.5;
const used = 0.2;

/** One part of one day: its place in time, and the logarithm of what a request cost there. */
type Part = { readonly from: Epoch; readonly cost: number };

/**
 * Where a request began to cost clearly more or less of a resource at the same load, and went on so: a change that nothing else shows, or another mix of requests (analysis 3.9).
 * What has drifted bit by bit is cut where it came within 5 % of what it is now. At most one for each resource: the last.
 *
 * @param works what is done in the components (queries, commits), by slot: where there is as much more of it for a request, the requests ask for more
 */
export function shiftsOf(slots: readonly Slot[], usages: readonly Usage[], works: readonly Usage[]): readonly Change[] {
  return usages.flatMap((usage): readonly Change[] => {
    const parts = partsOf(slots, usage);
    const starts = segments(
      parts.map(({ cost }) => cost),
      partsOfDay,
    );
    const levels = starts.map((start, i) => median(parts.slice(start, starts[i + 1]).map(({ cost }) => cost)));
    const now = levels.at(-1) ?? 0;
    const last = levels.findLastIndex((level) => Math.abs(Math.expm1(now - level)) >= alike);
    const begins = parts[starts[last + 1] ?? -1];
    if (last < 0 || !begins) return [];
    const more = Math.expm1(now - (levels[last] ?? 0));
    const { component, resource } = usage;
    const said = `${percent(Math.abs(more))} ${more > 0 ? 'more' : 'less'} of ${resource}`;
    const text = `a request costs ${said} at the same load from about ${minute(begins.from)} UTC on${last > 0 ? ', bit by bit' : ''}`;
    return [
      {
        at: begins.from,
        component,
        what: 'shift',
        labels: {},
        text: `${text}; ${why(slots, works, begins.from, more)}`,
      },
    ];
  });
}

/** "2026-11-24 15:00" */
const minute = (time: Epoch): string => new Date(time * 1000).toISOString().slice(0, 16).replace('T', ' ');

function partsOf(slots: readonly Slot[], { used: seen, ceiling }: Usage): readonly Part[] {
  const line = explainedBy(slots, seen);
  const values = seen.flatMap((value) => value ?? []);
  if (!line || line.each <= 0 || values.length === 0) return [];
  const isByLoad = line.each * median(slots.map(({ rate }) => rate)) >= byLoad * median(values);
  if (!isByLoad || (ceiling !== undefined && Math.max(...values) < used * ceiling)) return [];
  const length = day / partsOfDay;
  const raw = [...Map.groupBy(slots.keys(), (i) => Math.floor((slots[i]?.from ?? 0) / length))].flatMap(
    ([place, own]) => {
      const there = own.filter((i) => seen[i] !== undefined);
      const cost = there.reduce((sum, i) => sum + (seen[i] ?? 0) - line.background, 0);
      const load = there.reduce((sum, i) => sum + (slots[i]?.rate ?? 0), 0);
      return cost > 0 && load > 0 ? [{ place, cost: Math.log(cost / load) }] : [];
    },
  );
  const byHour = Map.groupBy(raw, ({ place }) => place % partsOfDay);
  const usual = new Map([...byHour].map(([hour, own]) => [hour, median(own.map(({ cost }) => cost))] as const));
  return raw
    .toSorted((a, b) => a.place - b.place)
    .map(({ place, cost }) => ({ from: epoch(place * length), cost: cost - (usual.get(place % partsOfDay) ?? 0) }));
}

/** Whether requests ask for more of some work in the same measure, or nothing tells why. */
function why(slots: readonly Slot[], works: readonly Usage[], at: Epoch, more: number): string {
  const grown = works.flatMap((work) => {
    const [before, after] = [eachOf(slots, work, (time) => time < at), eachOf(slots, work, (time) => time >= at)];
    return before && after ? [{ work, by: after / before - 1 }] : [];
  });
  const best = grown.toSorted((a, b) => Math.abs(a.by - more) - Math.abs(b.by - more))[0];
  if (!best || Math.abs(best.by - more) > Math.abs(more) / 2)
    return 'no rollout is seen: another mix of requests, or a change that nothing shows';
  const { component, resource } = best.work;
  return `so does the work done at ${component} / ${resource} for each request (${percent(Math.abs(best.by))} ${best.by > 0 ? 'more' : 'less'}): another mix of requests`;
}

function eachOf(slots: readonly Slot[], { used: done }: Usage, when: (time: number) => boolean): number | undefined {
  const ratios = slots.flatMap(({ from, rate }, i) => (when(from) && rate > 0 ? [(done[i] ?? Number.NaN) / rate] : []));
  const known = ratios.filter(Number.isFinite);
  return known.length === 0 ? undefined : median(known);
}
