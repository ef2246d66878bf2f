import type { Case, Track } from './cases.ts';

/** How many instances there were in each window, and how many an autoscaler may make of it. */
export type Growth = {
  readonly count: Track;
  readonly most: number;
  /** More were wanted and their number was still rising: whether there is room for as many as this is not known yet. */
  readonly perhaps?: number;
};

/** The number of instances that an autoscaler may make. */
export const isCount = ({ resource }: Pick<Case, 'resource'>): boolean =>
  resource.kind === 'external' && resource.unit === 'pods';

/**
 * How many instances there may be of a component whose number an autoscaler changes. Below its maximum at the top of the load, and with what it wanted, what all of them carry is what
 * its most would, not what those carry that happened to run (analysis 3.5: autoscaling in the window). At its end, or without room for more, it is what those carry that there are by then, and what fewer carried before
 * tells of them too. Undefined where the number stays and can but stay.
 */
export function growthOf(component: string, cases: readonly Case[]): Growth | undefined {
  const replicas = cases.find((one) => one.resource.component === component && isCount(one));
  const last = replicas?.usage.findLastIndex((usage) => usage !== undefined) ?? -1;
  const [now, most] = [replicas?.usage[last], replicas?.ceiling[last]];
  if (!replicas || now === undefined || most === undefined) return undefined;
  const isWanting = (replicas.queue?.[last] ?? 0) > replicas.queueFloor;
  if (now < most && !isWanting) return { count: replicas.usage, most };
  const before = replicas.usage.slice(0, last).findLast((usage) => usage !== undefined) ?? now;
  const isComing = now < most && now > before;
  return replicas.usage.some((count) => count !== undefined && count < now)
    ? { count: replicas.usage, most: now, ...(isComing && { perhaps: most }) }
    : undefined;
}
