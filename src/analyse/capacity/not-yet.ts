import { resourceName } from '../../model/in-words.ts';
import type { Interval } from '../../model/interval.ts';
import type { Sheet } from '../../model/sheet.ts';
import type { Cost, Costing } from '../cost/cost.ts';
import { fullAlready } from '../holds/full-already.ts';
import type { Graph, Judged, Standing } from '../roots/judged.ts';
import type { Probabilities } from '../roots/probability.ts';
import { type Case, fillOf, isSame, nameOf } from '../seen/cases.ts';
import { isCount } from '../seen/may-grow.ts';
import type { View } from '../seen/view.ts';

/** Less of its ceiling than this in use, and an instance has room for more load. */
const plenty = 0.8;

type Settling = {
  readonly view: View;
  readonly graph: Graph;
  readonly axis: Sheet['axis'];
  readonly costing: Costing;
};

/**
 * Where goodput followed the load all the way, which is seen where arrivals are counted, what its own line leaves room for is free again. Where only answers are counted an autoscaler at its most is, whose instances
 * have that room: it stands there for weeks.
 */
export function settled(
  judged: readonly Judged[],
  { view, graph, axis, costing }: Settling,
): { readonly judged: readonly Judged[]; readonly early: readonly Judged[] } {
  const found = graph.plateau === undefined ? notYet(judged, costing(judged), { view, graph }) : [];
  const early = axis === 'arrivals' ? found : found.filter(({ one, standing }) => isOfCount(one, standing));
  return { judged: judged.map((each) => (early.includes(each) ? freed(each) : each)), early };
}

/** The number of instances, and what waits for it. */
const isOfCount = (one: Case, standing: Standing): boolean => isCount(standing.kind === 'symptom' ? standing.of : one);

/** What is not the limit yet is no candidate. */
export function without(early: readonly Judged[], { candidates, unobserved }: Probabilities): Probabilities {
  const names = new Set(early.map(({ one }) => nameOf(one)));
  const kept = candidates.filter((one) => !names.has(resourceName(one)));
  return { candidates: kept, unobserved };
}

/**
 * What was full at moments and is not the limit yet: goodput followed the load all the way, and the resource's own line through the calm windows ends clearly beyond the highest of them. Two
 * readings of one thing speak against each other then, and a mean over few samples is the weaker one, unless others wait for a hold all the while. What leaks ends with time, and not where a line does.
 */
function notYet(
  judged: readonly Judged[],
  costs: ReadonlyMap<Case, Cost>,
  { view, graph: { leaks, around } }: Pick<Settling, 'view' | 'graph'>,
): readonly Judged[] {
  const top = Math.max(0, ...view.windows.map(({ goodput }) => goodput));
  const isFull = (one: Case): boolean =>
    fullAlready(
      around.filter(({ resource }) => isSame(resource, one.resource)),
      view,
      view.windows.map(() => true),
    ) !== undefined;
  const hasRoom = (one: Case): boolean => !leaks(one) && !isFull(one) && endsBeyond(one, costs, top);
  const feeds = (cache: Case): boolean => judged.some(({ one, standing }) => isFedBy(cache, standing) && hasRoom(one));
  const early = judged.filter(
    ({ one, standing }) => (standing.kind === 'root' || standing.kind === 'held') && (hasRoom(one) || feeds(one)),
  );
  return judged.filter(
    (each) =>
      early.includes(each) || early.some(({ one }) => each.standing.kind === 'symptom' && each.standing.of === one),
  );
}

const isFedBy = (cache: Case, standing: Standing): boolean =>
  standing.kind === 'symptom' && standing.by !== undefined && standing.of === cache;

/** At its most is no end of an autoscaler: its instances are, where the least of them ends. */
function endsBeyond(one: Case, costs: ReadonlyMap<Case, Cost>, top: number): boolean {
  const asked = isCount(one) ? [...costs.keys()].filter((other) => isInstanceOf(other, one)) : [one];
  const rates = asked
    .flatMap((each) => costs.get(each)?.capacity?.rate ?? [])
    .filter(({ kind }) => kind === 'interval');
  if (rates.length === 0 && isCount(one)) return asked.length > 0 && asked.every(hasPlenty);
  return rates.length > 0 && rates.every((rate) => isBeyond(rate, top));
}

/** An instance that came with the last of the load has no line yet: how full it is at the top tells. */
function hasPlenty(one: Case): boolean {
  const fills = one.usage.map((_, i) => fillOf(one, i)).filter((fill) => fill !== undefined);
  return (fills.at(-1) ?? 0) < plenty;
}

const isInstanceOf = ({ resource, at }: Case, count: Case): boolean =>
  resource.component === count.resource.component && resource.layer !== 'hold' && Object.keys(at).length > 0;

const isBeyond = (rate: Interval, top: number): boolean => rate.kind === 'interval' && rate.low > top;

/** The same, free again. */
const freed = (each: Judged): Judged => ({
  one: each.one,
  saturation: { ...each.saturation, saturated: each.saturation.saturated.map(() => false), onset: undefined },
  standing: { kind: 'unsaturated' },
});
