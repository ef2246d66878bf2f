import type { Interval } from '../../model/interval.ts';
import { type Case, fillOf, isCollected } from '../seen/cases.ts';
import { isCount } from '../seen/may-grow.ts';
import { reach } from '../seen/reach.ts';
import { isSameDevice } from '../seen/timed-device.ts';
import type { Cost } from './cost.ts';
import { waitsEarly } from './waits-early.ts';

/** What rises by less than this share of its ceiling does not move with this load. */
const risen = 0.1;

/**
 * How far those resources are known to carry that are much used, move with the load, and show no end (a starved loop, a machine whose use is not a line):
 * the least of their bounds; no further than was carried where one waits early. What the others would carry beyond that is not what the target carries. Infinite where there are none.
 */
export function leastWithoutEnd(
  cases: readonly Case[],
  costs: ReadonlyMap<Case, Cost>,
  { carried, sustained }: { readonly carried: number; readonly sustained: readonly boolean[] },
): number {
  const isOpen = (one: Case): boolean => costs.get(one)?.capacity?.rate.kind !== 'interval';
  // Space for which ever more waits is at its end before its line is at the ceiling; where what is collected ends is told by how much that takes.
  const isWaitedFor = (one: Case): boolean =>
    one.resource.kind === 'space' && one.queue !== undefined && !isCollected(one);
  const isTold = (one: Case): boolean => {
    const end = isCollected(one) ? costs.get(one)?.capacity : undefined;
    const isServer = (other: Case): boolean => costs.get(other)?.capacity?.oneByOne !== undefined;
    return (
      (end !== undefined && end.indicative === undefined) ||
      cases.some((other) => isSameDevice(one, other) && isServer(other))
    );
  };
  const open = cases.filter((one) => (isOpen(one) || isWaitedFor(one)) && !isTold(one));
  if (open.some((one) => waitsEarly(one, sustained, cases))) return carried;
  const groups = Map.groupBy(
    cases.filter((one) => isMuchUsed(one) && !isCount(one)),
    ({ resource }) => `${resource.component}/${resource.resource}`,
  );
  const bounds = [...groups.values()].map((group) => {
    const rates = group.flatMap((one) => costs.get(one)?.capacity?.rate ?? []);
    return rates.some(hasEnd) ? Number.POSITIVE_INFINITY : Math.max(carried, ...rates.map(lowOf));
  });
  return Math.min(Number.POSITIVE_INFINITY, ...bounds);
}

const hasEnd = ({ kind }: Interval): boolean => kind !== 'at-least';
const lowOf = (rate: Interval): number => (rate.kind === 'at-least' ? rate.low : 0);

function isMuchUsed(one: Case): boolean {
  const fills = one.usage.map((_, i) => fillOf(one, i)).filter((fill) => fill !== undefined);
  const [least, most] = [Math.min(...fills), Math.max(...fills)];
  return fills.length > 0 && most >= reach.barelyUsed && most - least >= risen;
}
