import type { Interval } from '../../model/interval.ts';
import { sum } from '../../stats/sum.ts';
import { type Case, isSame, known, sumAt } from '../seen/cases.ts';
import type { View } from '../seen/view.ts';
import type { WaitsFor } from '../seen/waits-for.ts';
import type { Cost } from './cost.ts';

type Given = {
  readonly cases: readonly Case[];
  readonly costs: ReadonlyMap<Case, Cost>;
  readonly view: View;
  readonly waitsFor: WaitsFor;
};

/** Few samples of both need not find as many open as are in use. */
const bySampling = 0.5;

/** The same costs, with what pools keep open told by those. */
export function withKeptOpen(costs: ReadonlyMap<Case, Cost>, given: Omit<Given, 'costs'>): ReadonlyMap<Case, Cost> {
  return new Map([...costs].map(([one, cost]) => [one, costOfKeptOpen(one, { ...given, costs }) ?? cost]));
}

/**
 * What connections carry that the pools above open and keep open, whether they work or not: their number rises until the pools have opened all that they may, and stays. A line through it over load tells of that, and not of where
 * they end. At most they carry what the pools do with all of them in use, made as large as that: what is left of the limit by those of others ÷ how long a request keeps one in use (Little 1961).
 * Only that what was carried is carried is known where the pools do not tell that. Undefined where no pool above opens them, and where the pools together may open more than there are: then their number may end a load before the
 * pools do, and its line tells where.
 */
function costOfKeptOpen(one: Case, given: Given): Cost | undefined {
  const { cases, costs, view } = given;
  const pools = poolsAbove(one, given);
  const sizes = pools.map((pool) => lastOf(pool.ceiling));
  if (pools.length === 0 || lastOf(one.usage) === undefined || !sizes.every((size) => size !== undefined))
    return undefined;
  const allowed = lastOf(one.ceiling);
  if (allowed !== undefined && sum(sizes) > allowed) return undefined;
  const top = Math.max(...view.windows.map(({ goodput }) => goodput));
  const open: Cost = {
    demand: undefined,
    capacity: { rate: { kind: 'at-least', low: top }, provenance: 'extrapolated', extrapolation: 1 },
  };
  const alone = cases.filter(({ resource }) => isSame(resource, one.resource)).length === 1;
  const [most, times] = [allowed, timesOf(pools, costs)];
  if (!alone || most === undefined || times === undefined || !areAllHere(pools, one)) return open;
  const seen = Math.max(...known(one.usage, [...one.usage.keys()]));
  const others = Math.max(0, seen - sum(sizes));
  const end = (most - others) / times.value;
  if (!(end > top)) return open;
  return {
    demand: { perRequest: times, background: others, method: 'hold-time' },
    capacity: {
      rate: { kind: 'at-most', high: end * farthestOf(pools, costs) },
      provenance: 'upper-bound',
      extrapolation: end / top,
      indicative: end,
    },
  };
}

/** Pools that open them themselves, and not through another pool. What refuses is no pool that opens anything. */
function poolsAbove({ resource }: Case, { cases, waitsFor }: Given): readonly Case[] {
  if (!resource.hard || !lendsConnections({ resource })) return [];
  const pools = cases.filter((each) => !each.resource.hard && lendsConnections(each));
  const above = pools.filter((pool) => waitsFor(pool.resource, resource));
  return above.filter((pool) => !above.some((other) => waitsFor(pool.resource, other.resource)));
}

const lendsConnections = ({ resource: { kind, layer, unit } }: Pick<Case, 'resource'>): boolean =>
  kind === 'pool' && layer === 'hold' && unit === 'connections';

/** How long a request keeps those of all pools in use, together. */
function timesOf(
  pools: readonly Case[],
  costs: ReadonlyMap<Case, Cost>,
): (Interval & { readonly kind: 'interval' }) | undefined {
  const groups = [...Map.groupBy(pools, ({ resource }) => `${resource.component}/${resource.resource}`).values()];
  const times = groups.map(([pool]) => pool && costs.get(pool)?.demand?.perRequest);
  const told = times.flatMap((time) => (time?.kind === 'interval' && time.value > 0 ? [time] : []));
  if (told.length < groups.length) return undefined;
  const of = (side: 'value' | 'low' | 'high'): number => sum(told.map((time) => time[side]));
  return { kind: 'interval', value: of('value'), low: of('low'), high: of('high') };
}

/** By how many times what is known of the pools may lie higher. */
const farthestOf = (pools: readonly Case[], costs: ReadonlyMap<Case, Cost>): number =>
  Math.max(1, ...pools.map((pool) => upTo(costs.get(pool)?.capacity)));

function upTo(capacity: Cost['capacity']): number {
  if (capacity?.rate.kind === 'interval') return capacity.rate.high / capacity.rate.value;
  if (capacity?.rate.kind === 'at-most') return capacity.rate.high / (capacity.indicative ?? capacity.rate.high);
  return 1;
}

/** Where more are in use in the pools than are open here, some go elsewhere. */
const areAllHere = (pools: readonly Case[], one: Case): boolean =>
  one.usage.every((open, i) => {
    const used = sumAt(pools, 'usage', i);
    return open === undefined || used === undefined || used <= open + bySampling;
  });

const lastOf = (track: Case['ceiling']): number | undefined => track.findLast((value) => value !== undefined);
