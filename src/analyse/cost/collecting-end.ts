import type { Component } from '../../model/component.ts';
import type { OwnCapacity } from '../../model/finding.ts';
import { median } from '../../stats/median.ts';
import { nonNegativeLine } from '../../stats/non-negative-line.ts';
import { studentTQuantile } from '../../stats/student-t-quantile.ts';
import { sum } from '../../stats/sum.ts';
import { muchOfIt } from '../saturation/full-of-collecting.ts';
import { peaks, scatter, staysIn } from '../saturation/killing.ts';
import { type Case, computes, fillOf, known, nameOf, sumAt } from '../seen/cases.ts';
import { boundReaches, reach } from '../seen/reach.ts';
import type { View } from '../seen/view.ts';

const leastPoints = 4;
/**
 * By how many standard deviations more than its mean what is inside may be: one more than where nothing becomes slower before it is full, since on the way there requests stay longer and others join them. (In eight
 * systems of the benchmark what was carried lies 4.1 to 5.9 below.)
 */
export const slowed = { often: peaks.often + 1, rarely: peaks.rarely + 1, hardly: peaks.hardly + 1 } as const;
/** Less than this of the processor's work, and collecting tells no end; so much more of it at the top than at the bottom, and so evenly for the room that is left, and it is what the law says. */
const hardly = 0.05;
const risen = 1.1;
const evenly = 0.15;
/** Halvings until the load is known to a thousandth. */
const halvings = 12;

/**
 * One window in which the target kept up: how full the heap is, how busy what collects it, and with collecting how much of that; and how many processors stand still while it collects, where it is told as a share
 * of the time in which nothing else was done.
 */
type Seen = {
  readonly load: number;
  readonly live: number;
  readonly busy: number;
  readonly collecting: number;
  readonly cores: number;
};

type Given = {
  readonly cases: readonly Case[];
  readonly components: readonly Component[];
  readonly view: View;
  readonly sustained: readonly boolean[];
};

/**
 * Where a collected heap ends: not where its line meets its ceiling, but where collecting takes all that its processor has left. What is collected costs in proportion to work ÷ (1 − live ÷ heap)
 * (tracing pays for what is live each time the room that is left is used up: Appel 1987; Jones & Lins 1996), so the heap may be the less full the busier the processor is; and at the peaks of what is inside, since from
 * there it does not come back: n ± √n requests. A bound where the processor is full before, and where collecting, the processor or those inside are not told, or collecting does not go by that law (what is told
 * as used may hold garbage as well).
 *
 * @param heap all its instances: they are alike
 * @param alone where its own line meets its ceiling: its end as long as hardly anything is collected
 * @param line the same, also where it is not known whether load fills it or time
 */
export function collectingEnd(
  heap: readonly Case[],
  given: Given,
  alone: OwnCapacity | undefined,
  line = alone,
): OwnCapacity | undefined {
  const { view, sustained } = given;
  const stays = staysIn(view, sustained);
  const seen = seenOf(heap, given);
  if (seen.length < leastPoints || stays === undefined) return beforeThat(line, given);
  const top = Math.max(...seen.map(({ load }) => load));
  if (Math.max(...seen.map(shareOf)) < hardly) return alone ?? bound(top);
  if (!goesByLaw(seen)) return beforeThat(line, given);
  const fit = fitOf(seen);
  const among = { stays, instances: heap.length, scatter: scatter(heap.length, view) };
  const endAt = endOf(fit, among);
  const value = endAt(slowed.rarely);
  // What was carried for as long as a window lasts is carried, whatever the highest of its peaks may do.
  if (value < top) return { ...bound(top), indicative: Math.max(top, endAt(slowed.often)) };
  // A processor that is full of its own work by then ends there itself, however much room the heap has.
  if (1 - fit.background - fit.work * value < muchOfIt)
    return bound(Math.max(top, Math.min(value, boundReaches * top)));
  const t = studentTQuantile(0.975, fit.df);
  const lower = value - Math.hypot(value - endAt(slowed.hardly), value - endAt(slowed.rarely, t));
  // Nobody tells how many processors collect while the runtime stands still: where it is one, the others did more of the work.
  const low = Math.min(lower, endOf(fitOf(seen.map(asByOne)), among)(slowed.rarely));
  if (value > reach.farthest * top || Math.max(...seen.map(({ live }) => live)) < reach.barelyUsed)
    return bound(Math.max(top, Math.min(low, boundReaches * top)));
  const high = value + Math.hypot(endAt(slowed.often) - value, endAt(slowed.rarely, -t) - value);
  const rate = { kind: 'interval', value, low, high } as const;
  return { rate, provenance: 'extrapolated', extrapolation: value / top };
}

/** Where it ends with so many standard deviations more inside than on average, and a line so many standard errors steeper. */
type End = (deviations: number, steeper?: number) => number;

/** How long a request stays (s), in how many instances, and how much the number inside scatters against arrivals at random. */
type Among = { readonly stays: number; readonly instances: number; readonly scatter: number };

function endOf(fit: Fit, { stays, instances, scatter }: Among): End {
  return (deviations, steeper = 0) => {
    const each = fit.each + steeper * fit.eachError;
    const isBeyond = (load: number): boolean => {
      const inside = Math.max(1, (load * stays) / instances);
      const live = fit.height + each * (load - fit.center) + (deviations * scatter * each * load) / Math.sqrt(inside);
      return live >= 1 - fit.cost / Math.max(1e-9, 1 - fit.background - fit.work * load);
    };
    let [low, high] = [0, (1 - fit.background) / fit.work];
    for (let i = 0; i < halvings; i += 1) {
      const middle = (low + high) / 2;
      if (isBeyond(middle)) high = middle;
      else low = middle;
    }
    return (low + high) / 2;
  };
}

const asByOne = (one: Seen): Seen => ({ ...one, busy: one.busy + one.collecting * (1 - 1 / one.cores) });

/** Nobody knows where, but before its line does: it carries what was carried, and is expected to end about there. */
function beforeThat(ends: OwnCapacity | undefined, { view, sustained }: Given): OwnCapacity | undefined {
  const line = ends?.rate.kind === 'interval' ? ends.rate.value : ends?.indicative;
  const carried = Math.max(0, ...view.windows.map(({ goodput }, i) => (sustained[i] ? goodput : 0)));
  return line === undefined ? undefined : { ...bound(carried), indicative: line };
}

/** What collecting takes of all that the processor does. */
const shareOf = ({ busy, collecting }: Seen): number => collecting / busy;

/** What it takes times the room that is left: what it would take in an empty heap. */
const costIn = (at: Seen): number => shareOf(at) * (1 - at.live);

function goesByLaw(seen: readonly Seen[]): boolean {
  const byLoad = seen.toSorted((a, b) => a.load - b.load);
  const [low, high] = [byLoad[0], byLoad.at(-1)];
  const costs = seen.map(costIn);
  const mean = sum(costs) / costs.length;
  const spread = Math.sqrt(sum(costs.map((cost) => (cost - mean) ** 2)) / (costs.length - 1));
  return low !== undefined && high !== undefined && shareOf(high) >= risen * shareOf(low) && spread <= evenly * mean;
}

const bound = (low: number): OwnCapacity => ({
  rate: { kind: 'at-least', low },
  provenance: 'extrapolated',
  extrapolation: 1,
});

type Fit = ReturnType<typeof fitOf>;

/** How full the heap is at the middle load and by how much more for each request a second, the processor's time beside it and for each, and what collecting costs of the work where the heap is empty. */
function fitOf(seen: readonly Seen[]) {
  const live = nonNegativeLine(
    seen.map(({ load }) => load),
    seen.map((each) => each.live),
  );
  const work = nonNegativeLine(
    seen.map(({ load }) => load),
    seen.map(({ busy, collecting }) => busy - collecting),
  );
  return {
    center: live.center,
    height: live.intercept + live.slope * live.center,
    each: live.slope,
    eachError: live.slopeError,
    df: live.df,
    background: work.intercept,
    work: work.slope,
    cost: median(seen.map(costIn)),
  };
}

function seenOf(heap: readonly Case[], { cases, components, view, sustained }: Given): readonly Seen[] {
  const own = components.find(({ name }) => name === heap[0]?.resource.component);
  const processors = fullestIn([own?.name, own?.on], cases, sustained);
  return view.windows.flatMap((window, i): readonly Seen[] => {
    const [used, ceiling] = [sumAt(processors, 'usage', i), sumAt(processors, 'ceiling', i)];
    const [live, told] = [
      known(
        heap.map((one) => fillOf(one, i)),
        [...heap.keys()],
      ),
      heap.flatMap(({ queue }) => queue?.[i] ?? []),
    ];
    if (!sustained[i] || used === undefined || !ceiling || live.length < heap.length || told.length < heap.length)
      return [];
    const cores = Math.max(1, ceiling / processors.length);
    const isShare = heap.some(({ queueReads }) => queueReads?.startsWith('$ratio'));
    const [busy, collecting] = [used / ceiling, sum(told) / (isShare ? told.length : ceiling)];
    return collecting > 0 && collecting < busy
      ? [{ load: window.goodput, live: sum(live) / live.length, busy, collecting, cores: isShare ? cores : 1 }]
      : [];
  });
}

/** All instances of what computes in some components and comes nearest to its ceiling while the target keeps up. */
function fullestIn(
  names: readonly (string | undefined)[],
  cases: readonly Case[],
  sustained: readonly boolean[],
): readonly Case[] {
  const own = cases.filter(
    (one) => names.includes(one.resource.component) && computes(one) && one.ceiling.some((most) => most !== undefined),
  );
  const fullest = (alike: readonly Case[]): number =>
    Math.max(...alike.flatMap((one) => sustained.map((keeps, i) => (keeps && fillOf(one, i)) || 0)));
  const groups = [...Map.groupBy(own, nameOf).values()];
  return groups.toSorted((a, b) => fullest(b) - fullest(a))[0] ?? [];
}
