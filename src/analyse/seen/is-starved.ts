import type { Case } from './cases.ts';

/** A worker that is kept from running this share of its busy time is starved, not full, and shows what keeps it and not what its work costs. */
const starvedShare = 0.25;

/** Whether a resource is kept from running in one window, for all that its stall tells. */
export function isStarved({ usage, stall }: Case, i: number): boolean {
  const [used, kept] = [usage[i], stall?.[i]];
  return used !== undefined && kept !== undefined && used > 0 && kept / used > starvedShare;
}
