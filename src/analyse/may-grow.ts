import type { Case, Track } from './cases.ts';

/** How many instances there were in each window, and how many an autoscaler may make of it. */
export type Growth = { readonly count: Track; readonly most: number };

/** The number of instances that an autoscaler may make. */
export const isCount = ({ resource }: Pick<Case, 'resource'>): boolean =>
  resource.kind === 'external' && resource.unit === 'pods';

/**
 * Whether there may be more instances of a component than there were: an autoscaler stood below its maximum at the top of the load, and had what it wanted. Then what all of them carry is what
 * its most would, not what those carry that happened to run (analysis 3.5: autoscaling in the window).
 */
export function growthOf(component: string, cases: readonly Case[]): Growth | undefined {
  const replicas = cases.find((one) => one.resource.component === component && isCount(one));
  const last = replicas?.usage.findLastIndex((usage) => usage !== undefined) ?? -1;
  const [now, most] = [replicas?.usage[last], replicas?.ceiling[last]];
  if (!replicas || now === undefined || most === undefined || most <= now) return undefined;
  const isWanting = (replicas.queue?.[last] ?? 0) > replicas.queueFloor;
  return isWanting ? undefined : { count: replicas.usage, most };
}
