import type { Component } from '../../model/component.ts';
import type { OwnCapacity } from '../../model/finding.ts';
import type { Interval } from '../../model/interval.ts';
import { fullAlready } from '../holds/full-already.ts';
import { type Case, fillOf, isCollected } from '../seen/cases.ts';
import { type Growth, growthOf, isCount } from '../seen/may-grow.ts';
import { asOneServer, type OneServer } from '../seen/one-server.ts';
import { isSameDevice, isTimed, timeAlone } from '../seen/timed-device.ts';
import type { View } from '../seen/view.ts';
import type { WaitsFor } from '../seen/waits-for.ts';
import { collectingEnd } from './collecting-end.ts';
import type { Cost } from './cost.ts';
import { costOf, widened } from './demand.ts';
import type { Below } from './hold-cost.ts';
import { inTime } from './in-time.ts';
import type { Others } from './others-on.ts';
import type { InWork } from './work-units.ts';

type Asked = {
  readonly components: readonly Component[];
  readonly waitsFor: WaitsFor;
  readonly lifted: (leaf: Case) => boolean;
  readonly byLoad: (space: Case) => boolean;
  readonly inWork: (resource: Case['resource']) => InWork | undefined;
  readonly others: (machines: readonly Case[]) => Others | undefined;
  readonly fed: (leaf: Case) => boolean;
  readonly drifts?: boolean;
  readonly quiet?: boolean;
  readonly patience?: number | undefined;
};

/**
 * What every resource costs and where it ends: first the leaves, then the holds, together with the leaves that they wait for.
 *
 * @param lifted what is full already: a hold is asked what it carries once that is lifted; `byLoad`: space that load fills, and not time; `inWork`: what goes with units of work rather than with requests; `others`: what machines do for others; `fed`: what a cache lets the rest pass by; `drifts`: whether requests became others on the way up; `quiet`: whether nothing is saturated
 */
export function costsOf(
  cases: readonly Case[],
  view: View,
  sustained: readonly boolean[],
  { components, waitsFor, lifted, byLoad, inWork, others, fed, drifts = false, quiet = false, patience }: Asked,
): ReadonlyMap<Case, Cost> {
  const groups = [...Map.groupBy(cases, ({ resource }) => `${resource.component}/${resource.resource}`).values()];
  const leaves = groups.filter(([first]) => first?.resource.layer !== 'hold');
  const growthIn = (alike: readonly Case[]): Growth | undefined =>
    isPerInstance(alike) ? growthOf(alike[0]?.resource.component ?? '', cases) : undefined;
  const endOfHeap = (
    alike: readonly Case[],
    alone: OwnCapacity | undefined,
    line: OwnCapacity | undefined,
  ): OwnCapacity | undefined => collectingEnd(alike, { cases, components, view, sustained }, alone, line);
  const costs = new Map(
    leaves.flatMap((alike) =>
      alike.map((one) => {
        const work = inWork(one.resource);
        const besides = work ? undefined : others(alike);
        const around = {
          alike,
          byLoad: alike.every(byLoad),
          others: besides?.perhaps ? undefined : besides,
          growth: growthIn(alike),
          fed: fed(one),
          drifts,
        };
        const costAs = (byLoad: boolean): Cost => {
          const cost = costOf(one, work?.view ?? view, sustained, { ...around, byLoad });
          const ifOthers = besides?.perhaps
            ? costOf(one, view, sustained, { ...around, byLoad, others: besides })
            : cost;
          return asFarAsMayBe(orOthersCame(cost, ifOthers), around.growth);
        };
        const alone = costAs(around.byLoad);
        const asIfByLoad = (): OwnCapacity | undefined => (around.byLoad ? alone : costAs(true)).capacity;
        // What is collected ends sooner than its line does: where collecting takes all that is left, or nobody knows where.
        const cost = isCollected(one) ? { ...alone, capacity: endOfHeap(alike, alone.capacity, asIfByLoad()) } : alone;
        return [one, work ? lessSure(cost, work.error) : cost];
      }),
    ),
  );
  for (const alike of leaves.filter((group) => growthIn(group) === undefined)) {
    const each = alike.flatMap((one) => costs.get(one) ?? []);
    for (const [i, one] of alike.entries()) {
      const cost = each[i];
      if (cost) costs.set(one, { ...cost, capacity: inTime(cost.capacity, alike, { each, view, patience }) });
    }
  }
  for (const [one, device] of serversAmong(cases, sustained)) {
    const work = inWork(one.resource);
    const capacity = endOfServer(device, work?.view ?? view, sustained, work?.error);
    costs.set(one, { demand: costs.get(one)?.demand, capacity });
  }
  for (const one of cases.filter((each) => isCount(each) && growthOf(each.resource.component, cases)))
    costs.set(one, allOf(one, leaves, costs, view));
  const ends = leaves.flatMap((alike) => {
    const [leaf] = alike;
    return leaf ? [{ leaf, below: belowOf(alike, view, { costs, isLifted: alike.some(lifted) }) }] : [];
  });
  for (const alike of groups.filter(([first]) => first?.resource.layer === 'hold'))
    for (const hold of alike) {
      const below = ends.filter(({ leaf }) => waitsFor(hold.resource, leaf.resource)).map((end) => end.below);
      costs.set(hold, holdCost(hold, { view, sustained, alike, below, quiet }));
    }
  return costs;
}

/** The devices that do one operation after the other. */
const serversAmong = (cases: readonly Case[], sustained: readonly boolean[]): readonly (readonly [Case, OneServer])[] =>
  cases.flatMap((one) => {
    const device = asOneServer(one, sustained, fullestOf(one, cases));
    return device ? [[one, device] as const] : [];
  });

type Holding = {
  readonly view: View;
  readonly sustained: readonly boolean[];
  readonly alike: readonly Case[];
  readonly below: readonly Below[];
  readonly quiet: boolean;
};

/** Once what it waits for is lifted a full hold is held for less: what it carries meanwhile is its end only where nothing is. */
function holdCost(hold: Case, { view, sustained, alike, below, quiet }: Holding): Cost {
  const { demand, capacity } = costOf(hold, view, sustained, { alike, below });
  return { demand, capacity: (quiet ? fullAlready(alike, view, sustained) : undefined) ?? capacity };
}

/** Where a device that does one operation after the other has no time left. */
function endOfServer(
  { server, alone, error }: OneServer,
  view: View,
  sustained: readonly boolean[],
  mix = 0,
): OwnCapacity | undefined {
  const { capacity } = lessSure(costOf(server, view, sustained, { alike: [server] }), Math.hypot(error, mix));
  return capacity && { ...capacity, oneByOne: alone };
}

/** How full a device is, of operations or of bytes. */
function fullestOf(one: Case, cases: readonly Case[]): readonly number[] {
  const sides = cases.filter((other) => isSameDevice(one, other));
  return one.usage.map((_, i) => Math.max(...sides.map((side) => fillOf(side, i) ?? 0)));
}

/** What rises with the traffic on a machine may be others who have the same hours: then it ends where those that were there at the top leave room, and the upper side allows for that. */
function orOthersCame({ demand, capacity }: Cost, { capacity: beside }: Cost): Cost {
  if (capacity?.rate.kind !== 'interval' || !beside || beside === capacity) return { demand, capacity };
  const { value, low, high } = capacity.rate;
  if (beside.rate.kind !== 'interval')
    return { demand, capacity: { ...capacity, rate: { kind: 'at-least', low }, indicative: value } };
  return { demand, capacity: { ...capacity, rate: { ...capacity.rate, high: Math.max(high, beside.rate.value) } } };
}

/** Where more of them are on their way those that there are by then are no end: there may be room for as many as there may be. */
function asFarAsMayBe({ demand, capacity }: Cost, growth: Growth | undefined): Cost {
  if (growth?.perhaps === undefined || capacity?.rate.kind !== 'interval') return { demand, capacity };
  const high = (capacity.rate.high * growth.perhaps) / growth.most;
  return { demand, capacity: { ...capacity, rate: { ...capacity.rate, high } } };
}

/** Being at its most is no end of an autoscaler: all of its instances are, where they are full; as long as there may be more of them only that they carry what they did is known. */
function allOf(count: Case, leaves: readonly (readonly Case[])[], costs: ReadonlyMap<Case, Cost>, view: View): Cost {
  const own = leaves.filter(
    (alike) => isPerInstance(alike) && alike[0]?.resource.component === count.resource.component,
  );
  const ends = own.flatMap((alike) => {
    const capacity = alike[0] && costs.get(alike[0])?.capacity;
    return capacity?.rate.kind === 'interval' ? [{ capacity, value: capacity.rate.value }] : [];
  });
  const [least] = ends.toSorted((a, b) => a.value - b.value);
  const last = count.usage.findLastIndex((now) => now !== undefined);
  const [there, most] = [count.usage[last], count.ceiling[last]];
  // Those that are wanted and find no room are no end of their number.
  if (least && growthOf(count.resource.component, [count])?.most === there)
    return { demand: undefined, capacity: there === most ? least.capacity : undefined };
  const top = Math.max(...view.windows.map((window) => window.goodput));
  return {
    demand: undefined,
    capacity: {
      rate: { kind: 'at-least', low: top },
      provenance: 'extrapolated',
      extrapolation: 1,
      ...(least ? { indicative: least.value } : {}),
    },
  };
}

/** Whether each instance of a component has its own. */
const isPerInstance = (alike: readonly Case[]): boolean =>
  alike.every((one) => !isCount(one) && Object.keys(one.at).length > 0);

/** The mix that a capacity is told for differs from day to day, and how long an operation takes alone is known as well as its times tell. */
function lessSure({ demand, capacity }: Cost, error: number): Cost {
  const more = (rate: Interval): Interval => (rate.kind === 'interval' ? widened(rate, error) : rate);
  return {
    demand: demand && { ...demand, perRequest: more(demand.perRequest) },
    capacity: capacity && { ...capacity, rate: more(capacity.rate) },
  };
}

/** Where something ends and how full it is is known of all; how long a request stays there, only where that is told. */
function belowOf(
  alike: readonly Case[],
  view: View,
  { costs, isLifted }: { readonly costs: ReadonlyMap<Case, Cost>; readonly isLifted: boolean },
): Below {
  const rates = alike.flatMap((one) => costs.get(one)?.capacity?.rate ?? []);
  const demands = alike.flatMap((one) => costs.get(one)?.demand?.perRequest ?? []);
  const demand = demands.reduce((sum, each) => sum + (each.kind === 'interval' ? each.value : 0), 0);
  const rate = rates.find(({ kind }) => kind === 'interval');
  const fill = view.windows.map((_, i) => Math.max(0, ...alike.map((one) => fillOf(one, i) ?? 0)));
  const alone = aloneAt(alike, view);
  return {
    demand: demand * (alone ?? 0),
    capacity: rate?.kind === 'interval' && !isLifted ? rate.value : Number.POSITIVE_INFINITY,
    fill,
    waiting: fill.map((full, i) =>
      alone === undefined
        ? 0
        : (waitedAt(alike, i, alone) ?? waitingAt(full, Math.max(1, (alike[0]?.ceiling[i] ?? 1) * alone)) * alone) *
          demand,
    ),
    spared: isLifted ? sparedBy(alike, demand) : 0,
  };
}

/** A device that lends so many bytes or operations a second takes a request's share of that second for it; more processors are no faster ones. */
function sparedBy([one]: readonly Case[], demand: number): number {
  const ceiling = one?.ceiling.findLast((most) => most !== undefined);
  return one?.resource.kind === 'rate' && one.resource.unit.endsWith('/s') && ceiling ? demand / ceiling : 0;
}

/** How much longer than alone an operation took, as it is told (s), whatever it waited for: that the device lends no more bytes, too. */
function waitedAt([one]: readonly Case[], i: number, alone: number): number | undefined {
  const took = one?.resource.unit === 'operations/s' ? one.queue?.[i] : undefined;
  return took === undefined ? undefined : Math.max(0, took - alone);
}

/** How long one unit of demand stays there when alone (s): that of processors is told in their time, that of operations by how long one takes at low load. */
function aloneAt([one]: readonly Case[], view: View): number | undefined {
  if (one?.resource.unit === 'cores') return 1;
  return one && isTimed(one) ? timeAlone(one, view) : undefined;
}

/** How long work waits beside how long it takes, where so many servers are so full: Seidmann's form of M/M/c. */
function waitingAt(full: number, servers: number): number {
  const all = Math.min(full, 0.99) ** servers;
  return all / (1 - all);
}

/** What these would carry, one number a resource: instances are no independent draws of it. */
export function oneEach(cases: readonly Case[], costs: ReadonlyMap<Case, Cost>): readonly Interval[] {
  const groups = Map.groupBy(cases, ({ resource }) => `${resource.component}/${resource.resource}`);
  return [...groups.values()].flatMap((group) => {
    const rates = group.flatMap((one) => costs.get(one)?.capacity?.rate ?? []);
    return rates.toSorted((a, b) => sideOf(a) - sideOf(b))[0] ?? [];
  });
}

function sideOf(rate: Interval): number {
  if (rate.kind === 'interval') return rate.value;
  return rate.kind === 'at-most' ? rate.high : Number.POSITIVE_INFINITY;
}
