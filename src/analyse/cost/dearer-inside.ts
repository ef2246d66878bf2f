import type { Component } from '../../model/component.ts';
import type { OwnCapacity } from '../../model/finding.ts';
import { line } from '../../stats/line.ts';
import { studentTQuantile } from '../../stats/student-t-quantile.ts';
import { sum } from '../../stats/sum.ts';
import { carriedByTokens } from '../holds/carried-by-tokens.ts';
import { keptFor } from '../holds/leaf-waits.ts';
import { worksOnlyBelow } from '../roots/gains.ts';
import { type Case, isSame, sumAt } from '../seen/cases.ts';
import { reach } from '../seen/reach.ts';
import type { View } from '../seen/view.ts';
import type { Cost } from './cost.ts';
import { widened } from './demand.ts';

/** A cost that rises with those inside is believed from so many standard errors on, and where it has risen by this share. */
const plainly = 3;
const risen = 0.08;
const leastPoints = 4;
/** What is not full yet leaves open how far it goes on so: one standard deviation of what was carried in the end about what was told, in the benchmark. */
const unseen = 0.08;
/** Fewer units may carry more than all of them. */
const parts = [0.5, 0.6, 0.7, 0.8, 0.9, 1];
/** What either is lifted by to tell what the other would carry. */
const lifted = 1.5;

type Given = {
  readonly view: View;
  readonly sustained: readonly boolean[];
  readonly components: readonly Component[];
};

/**
 * What connections and the processors below them carry where each request costs the more the more of them are inside (shared caches, locks, threads that share a core). Both are one closed network then: going on
 * along the line of the processors would forget that there will be more inside. Each is told with the other half as large again.
 *
 * @returns what takes the place of their own ends; nothing where cost does not plainly rise, or the target fell behind
 */
export function dearerInside(
  cases: readonly Case[],
  { view, sustained, components }: Given,
): ReadonlyMap<Case, OwnCapacity> {
  if (sustained.includes(false)) return new Map();
  const pools = alikeIn(cases.filter(({ resource }) => resource.kind === 'pool'));
  const machines = alikeIn(cases.filter(({ resource }) => resource.unit === 'cores' && resource.layer === 'leaf'));
  const found = pools.flatMap(([hold, ...rest]) => {
    if (!hold) return [];
    const below = keptFor(hold, components);
    return machines
      .filter(([leaf]) => leaf && worksOnlyBelow(leaf.resource.component, below, { components }))
      .flatMap((leaves) => endsOf([hold, ...rest], leaves, view));
  });
  return new Map(found.toSorted(([, a], [, b]) => pointOf(b) - pointOf(a)));
}

const pointOf = ({ rate }: OwnCapacity): number => (rate.kind === 'interval' ? rate.value : 0);

const alikeIn = (cases: readonly Case[]): readonly (readonly Case[])[] => [
  ...Map.groupBy(cases, ({ resource }) => `${resource.component}/${resource.resource}`).values(),
];

type Seen = { readonly inside: number; readonly used: number; readonly done: number };

/** A request alone costs so much (s of a processor), for each other inside so much more, and is kept so long besides. */
type Pair = {
  readonly cost: number;
  readonly more: number;
  readonly besides: number;
  readonly units: number;
  readonly processors: number;
};

function endsOf(
  holds: readonly Case[],
  leaves: readonly Case[],
  view: View,
): readonly (readonly [Case, OwnCapacity])[] {
  const seen = seenIn(holds, leaves, view);
  const [units, processors] = [lastOf(holds), lastOf(leaves)];
  if (units === undefined || processors === undefined || new Set(seen.map(({ inside }) => inside)).size < leastPoints)
    return [];
  const fitted = line(
    seen.map(({ inside }) => inside),
    seen.map(({ used, done }) => used / done),
    seen.map(({ done }) => done),
  );
  const most = Math.max(...seen.map(({ inside }) => inside));
  const isPlain = fitted.slope > plainly * fitted.slopeError && fitted.slope * most >= risen * fitted.intercept;
  if (!isPlain || fitted.intercept <= 0) return [];
  const idle = sum(seen.map(({ inside, used }) => inside - used));
  const besides = Math.max(0, idle / sum(seen.map(({ done }) => done)));
  const t = studentTQuantile(0.975, fitted.df);
  const top = Math.max(...view.windows.map(({ goodput }) => goodput));
  const told = (larger: Partial<Pair>): OwnCapacity | undefined => {
    const at = (side: number): number =>
      carriedBy({
        cost: fitted.intercept,
        more: Math.max(0, fitted.slope + side * t * fitted.slopeError),
        besides,
        units,
        processors,
        ...larger,
      });
    const value = at(0);
    if (value < top || value > reach.farthest * top) return undefined;
    const rate = widened({ kind: 'interval', value, low: at(1), high: at(-1) }, unseen);
    return { rate, provenance: 'extrapolated', extrapolation: value / top };
  };
  const [hold, leaf] = [told({ processors: lifted * processors }), told({ units: lifted * units })];
  return [
    ...(hold ? holds.map((one) => [one, hold] as const) : []),
    ...(leaf ? leaves.map((one) => [one, leaf] as const) : []),
  ];
}

function carriedBy({ cost, more, besides, units, processors }: Pair): number {
  return Math.max(
    ...parts.map((part) => {
      const inside = part * units;
      const residence = cost + more * inside;
      return carriedByTokens(inside, besides + residence, [{ residence, servers: processors }]);
    }),
  );
}

function seenIn(holds: readonly Case[], leaves: readonly Case[], view: View): readonly Seen[] {
  return view.windows.flatMap(({ throughput }, i): readonly Seen[] => {
    const [inside, used] = [sumAt(holds, 'usage', i), sumAt(leaves, 'usage', i)];
    return inside === undefined || used === undefined || throughput <= 0 ? [] : [{ inside, used, done: throughput }];
  });
}

/** The ceilings of all at the highest load that was read. */
function lastOf(cases: readonly Case[]): number | undefined {
  const each = cases.flatMap((one) => one.ceiling[one.usage.findLastIndex((usage) => usage !== undefined)] ?? []);
  return each.length < cases.length ? undefined : sum(each);
}

/** Costs with those ends in the place of others that lie beyond them. */
export function withDearer(
  costs: ReadonlyMap<Case, Cost>,
  ends: ReadonlyMap<Case, OwnCapacity>,
): ReadonlyMap<Case, Cost> {
  return new Map(
    [...costs].map(([one, cost]) => {
      const end = [...ends].find(([other]) => isSame(other.resource, one.resource))?.[1];
      const own = cost.capacity?.rate;
      const isSooner = end?.rate.kind === 'interval' && !(own?.kind === 'interval' && own.value <= end.rate.value);
      return [one, isSooner ? { ...cost, capacity: end } : cost];
    }),
  );
}
