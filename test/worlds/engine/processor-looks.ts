import { type Group, type Processor, stalledAt } from './processor.ts';

/** A whole CPU: hardware threads that are busy, work that waits for one. */
export function lookAtProcessor(processor: Processor, now: number) {
  const { running, cores, usedTime, waitingTime, stalledTime, completions, since } = processor;
  const passed = now - since;
  const waiting = Math.max(0, running - cores);
  return {
    size: cores,
    used: Math.min(running, cores),
    waiting,
    usedTime: usedTime + Math.min(running, cores) * passed,
    waitingTime: waitingTime + waiting * passed,
    stalledTime: stalledTime + (waiting > 0 ? passed : 0),
    completions,
    refusals: 0,
    more: {},
  };
}

/** What one instance has of a CPU; its size is its quota, else the CPU that it runs on. */
export function lookAtGroup(group: Group, now: number) {
  const { processor, pieces, batch, isThrottled, quota } = group;
  const passed = now - processor.since;
  const wanting = pieces.length + batch;
  const used = isThrottled ? 0 : wanting * processor.share;
  const kept = isThrottled ? Math.min(wanting, processor.cores) : 0;
  return {
    size: quota === Number.POSITIVE_INFINITY ? processor.cores : quota,
    used,
    waiting: wanting - used,
    usedTime: group.usedTime + used * passed,
    waitingTime: group.waitingTime + (wanting - used) * passed,
    stalledTime: stalledAt(group, now),
    completions: group.completions,
    refusals: 0,
    more: {
      periods: group.periods,
      throttledPeriods: group.throttledPeriods,
      throttledTime: group.throttledTime + kept * passed,
    },
  };
}
