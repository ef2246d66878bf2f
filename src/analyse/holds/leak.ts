import type { Leak } from '../../model/finding.ts';
import { atCeiling } from '../../model/full.ts';
import type { Interval } from '../../model/interval.ts';
import type { FilledInTime, Sheet, Window } from '../../model/sheet.ts';
import { shortfall } from '../../model/shortfall.ts';
import { lengthOf } from '../../model/span.ts';
import { seconds } from '../../model/units.ts';
import { line } from '../../stats/line.ts';
import { meanInterval } from '../../stats/mean-interval.ts';
import { ratioInterval } from '../../stats/ratio-interval.ts';
import { sum } from '../../stats/sum.ts';
import { type Case, fillOf, isSame } from '../seen/cases.ts';
import { chance, type View } from '../seen/view.ts';
import { heldByNobody } from './held-by-nobody.ts';
import { lowHoldTime } from './hold-time.ts';
import { neverGivenBack } from './never-given-back.ts';

const fewestWindows = 3;
const fewestBlocks = 3;
/** A hundred healthy holds are looked at in one run: growth has to be that sure. */
const sure = 0.999;
/** That load grows inside the windows. */
const likely = 0.95;
/** Less than this of what there was before is no growth but a new beginning. */
const emptyAgain = 0.5;
/** Space that is emptier than this at the end has long to go: what grows there for minutes may be cleared away every hour. */
const worthTelling = 0.5;
/** Fewer units than this are as likely chance. */
const fewestUnits = 3;
/** Growth at constant load must make this share of what is in use at the end. */
const ofUsage = 0.5;

/**
 * A leak is growth with time at constant load (analysis 4, trap 18): the slope inside windows, whose load does not change, over all windows in which the hold
 * was not yet full, by Student's t over windows; and what grew so must be most of what is in use, so that throughput × hold time explains little of it.
 * It grows alike at any load (a health check that keeps what it takes) or in proportion to the work (each request may lose one). What is taken back after a
 * time-out no longer grows: it shows as units that are held by nobody. What a collector empties grows from one collection to the next and tells nothing. Space that fills so (keys that never expire, a log) is told in the same way.
 */
export function leakOf(one: Case, view: View, sheet: Sheet, around: readonly Case[] = [one]): Leak | undefined {
  if (one.resource.layer !== 'hold' && one.resource.kind !== 'space') return undefined;
  if (one.queueReads?.includes('collect')) return undefined;
  const filled = sheet.rows[one.rows.usage ?? -1]?.inTime;
  return filled ? betweenRestarts(one, filled) : grownInside(one, view, sheet, around);
}

function grownInside(one: Case, view: View, sheet: Sheet, around: readonly Case[]): Leak | undefined {
  const all = growing(one, view, sheet);
  const steps = one.resource.layer === 'hold' && isWorkedWith(all) ? [] : all;
  const last = steps.at(-1);
  if (one.resource.kind === 'space' && last && last.usage < worthTelling * (last.ceiling ?? 0)) return undefined;
  const [inTime, withWork] = [steps.map(alikeAlways), steps.map(byWork)]
    .map((paces) => grown(steps, paces))
    .map((leak) => (leak && one.resource.layer === 'hold' && leak.unexplained < leastUnits(one) ? undefined : leak));
  if (!inTime || !withWork)
    return (
      inTime ??
      withWork ??
      heldByNobody(alikeIn(around, one), view, busyBeside(one, around)) ??
      neverGivenBack(one, view)
    );
  return scatter(withWork.perRequest) < scatter(inTime.perSecond) ? withWork : inTime;
}

/** What fills from each restart on is emptied by the next, before it is full or because it is. */
function betweenRestarts({ ceiling }: Case, { goesWith, each, pace, empty, last }: FilledInTime): Leak {
  const most = ceiling.findLast((value) => value !== undefined) ?? Number.POSITIVE_INFINITY;
  const isLimited = Number.isFinite(most);
  const until = (usage: number) => seconds(Math.max(0, most - usage) / pace);
  return {
    ...(goesWith === 'time' ? { perSecond: each } : { perRequest: each }),
    unexplained: Math.max(0, last - empty),
    fillsIn: isLimited ? until(last) : undefined,
    ...(isLimited && { fullAfter: until(empty) }),
  };
}

/** Of the windows those with the shortest hold times tell how long work keeps a unit. */
const shortest = 1 / 3;

/** Whether most of what is in use at last is what so much work keeps, as long as it did where it kept units for the shortest time (Little 1961): where load rises for a long time, ever more is in use, and no leak. */
function isWorkedWith(steps: readonly Growing[]): boolean {
  const last = steps.at(-1);
  const working = steps.filter(({ window }) => window.throughput > 0);
  const held = ({ usage, window }: Growing): number => usage / window.throughput;
  const quick = working
    .toSorted((a, b) => held(a) - held(b))
    .slice(0, Math.max(1, Math.floor(shortest * working.length)));
  if (!last || quick.length === 0) return false;
  const time = sum(quick.map(({ usage }) => usage)) / sum(quick.map(({ window }) => window.throughput));
  return last.usage - time * last.window.throughput < ofUsage * last.usage;
}

/** As many as are no chance, or half of all. */
const leastUnits = ({ ceiling }: Case): number =>
  Math.min(fewestUnits, ...ceiling.map((most) => (most === undefined ? fewestUnits : most / 2)));

const alikeIn = (around: readonly Case[], one: Case): readonly Case[] =>
  around.filter(({ resource }) => isSame(resource, one.resource));

/** Processors and threads of the same component that are this full may keep what they work with. */
const busy = 0.8;

function busyBeside({ resource }: Case, around: readonly Case[]): (i: number) => boolean {
  const own = around.filter((each) => each.resource.component === resource.component && each.resource.layer !== 'hold');
  return (i) => own.some((each) => (fillOf(each, i) ?? 0) >= busy);
}

/** How wide an interval is beside its value. */
const scatter = (rate: Leak['perSecond']): number =>
  rate === undefined ? Number.POSITIVE_INFINITY : (rate.high - rate.low) / rate.value;

type Growing = {
  readonly window: Window;
  readonly usage: number;
  readonly ceiling: number | undefined;
  readonly slope: number;
};

/** What growth goes with: so much of it a second in one window. */
type Pace = { readonly of: 'time' | 'work'; readonly x: number };

const alikeAlways = (): Pace => ({ of: 'time', x: 1 });
const byWork = ({ window }: Growing): Pace => ({ of: 'work', x: window.throughput });

function grown(steps: readonly Growing[], paces: readonly Pace[]): Leak | undefined {
  const [first, last, pace] = [steps[0], steps.at(-1), paces.at(-1)];
  if (steps.length < fewestWindows || !first || !last || !pace) return undefined;
  const pairs = steps.map(({ slope }, i) => ({ x: paces[i]?.x ?? 0, y: slope }));
  const [grows, told] = [intervalOf(pace, pairs, sure), intervalOf(pace, pairs, 0.95)];
  if (!grows || !told || grows.low <= 0) return undefined;
  const meanPace = paces.reduce((sum, { x }) => sum + x, 0) / paces.length;
  const unexplained = grows.value * meanPace * (last.window.span.to - first.window.span.from);
  if (unexplained < ofUsage * last.usage || hasStopped(steps)) return undefined;
  const now = told.value * pace.x;
  const room = (last.ceiling ?? Number.POSITIVE_INFINITY) - (last.usage + (now * lengthOf(last.window.span)) / 2);
  const rate = { ...told, low: Math.max(0, told.low) };
  return {
    ...(pace.of === 'time' ? { perSecond: rate } : { perRequest: rate }),
    unexplained: Math.min(unexplained, last.usage),
    fillsIn: Number.isFinite(room) ? seconds(Math.max(0, room) / now) : undefined,
  };
}

/** In the later half of the time it grows by less than this part of what it does on the whole. */
const hardly = 0.25;

/** What is lost is lost for as long as there is work: pools that keep open what their highest peak took grow until that has come, and then no more. */
function hasStopped(steps: readonly Growing[]): boolean {
  const times = steps.map(({ window: { span } }) => (span.from + span.to) / 2);
  const middle = (Math.min(...times) + Math.max(...times)) / 2;
  const later = steps.filter((_, i) => (times[i] ?? 0) >= middle);
  const mean = (some: readonly Growing[]): number => some.reduce((sum, { slope }) => sum + slope, 0) / some.length;
  return later.length >= fewestWindows && mean(later) < hardly * mean(steps);
}

type Range = Interval & { readonly kind: 'interval' };

function intervalOf({ of }: Pace, pairs: readonly { x: number; y: number }[], level: number): Range | undefined {
  if (of === 'work') return ratioInterval(pairs, level);
  const found = meanInterval(
    pairs.map(({ y }) => y),
    level,
  );
  return found && { kind: 'interval', value: found.value, low: found.low, high: found.high };
}

/** The windows in which there was room, in the order of time, each with the slope inside it; up to where it was emptied, as by a restart. */
function growing(one: Case, view: View, sheet: Sheet): readonly Growing[] {
  const row = sheet.rows[one.rows.usage ?? -1];
  const byLoad = growsWithWork(one, view, sheet);
  const all = view.windows
    .flatMap((window, i): readonly Growing[] => {
      const reading = row?.readings[view.index[i] ?? -1];
      if (reading?.kind !== 'value' || reading.blocks.length < fewestBlocks || (fillOf(one, i) ?? 0) >= atCeiling)
        return [];
      if (one.resource.layer === 'hold' && isPilingUp(window)) return [];
      const slope = slopeIn(window, reading.blocks) - (byLoad[i] ?? 0);
      return [{ window, usage: reading.value, ceiling: one.ceiling[i], slope }];
    })
    .toSorted((a, b) => a.window.span.from - b.window.span.from);
  return untilEmptied(all);
}

/** Up to where little of what there was before is left, as by a restart. */
export function untilEmptied<T extends { readonly usage: number }>(all: readonly T[]): readonly T[] {
  const emptied = all.findIndex(({ usage }, i) => usage < emptyAgain * (all[i - 1]?.usage ?? 0));
  return emptied < 0 ? all : all.slice(0, emptied);
}

/** What falls behind, or is about to, keeps more and more inside, and gives that back when it is done. */
export function isPilingUp(window: Window): boolean {
  const { goodput, load, inFlight, span } = window;
  const more = (inFlight?.growth ?? 0) * lengthOf(span);
  const isShort = load - goodput > Math.max(shortfall * load, chance(window));
  return isShort || more > fewestUnits * Math.sqrt(Math.max(1, inFlight?.mean ?? 0));
}

/** On a ramp more is in use because more is done: by how much so in each window (units a second), where work is counted and grows inside windows more surely than by chance. */
function growsWithWork(one: Case, view: View, sheet: Sheet): readonly number[] {
  const work = sheet.rows[one.rows.completions ?? -1];
  const held = one.resource.layer === 'hold' ? lowHoldTime(one, view) : undefined;
  const slopes = view.windows.map((window, i) => {
    const done = work?.readings[view.index[i] ?? -1];
    return done?.kind === 'value' && done.blocks.length >= fewestBlocks ? slopeIn(window, done.blocks) : 0;
  });
  const room = slopes.filter((_, i) => (fillOf(one, i) ?? 0) < atCeiling);
  const isRamp = (meanInterval(room, likely)?.low ?? 0) > 0;
  return isRamp && held !== undefined ? slopes.map((slope) => slope * held) : [];
}

/** Units a second, by least squares through consecutive parts of a window. */
function slopeIn({ span }: Window, blocks: readonly number[]): number {
  const width = lengthOf(span) / blocks.length;
  const times = blocks.map((_, i) => i * width);
  return line(times, blocks).slope;
}
