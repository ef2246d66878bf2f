import { gammaProbabilities } from '../../../src/stats/gamma-probabilities.ts';
import { sharesOf } from '../families/rough-capacity.ts';
import type { Part, Resource, World } from '../world.ts';
import { type Counts, nothing } from './counts.ts';
import { type Moment, type Steady, waitAt } from './steady.ts';

/** What one second brings to a resource of an instance, its size, and gauges of its kind. */
export type Flow = {
  readonly each: Counts;
  readonly size: number;
  readonly gauges: Readonly<Record<string, number>>;
};

const idle = (size: number, gauges: Flow['gauges'] = {}): Flow => ({ each: nothing, size, gauges });

/** Where an instance stands in a steady state. */
export type Standing = {
  readonly world: World;
  readonly moment: Moment;
  readonly steady: Steady;
  readonly part: Part;
  readonly replica: number;
};

const shareAt = ({ part, replica }: Standing): number => sharesOf(part)[replica] ?? 0;

/** The CPU time that an instance's own work takes, and what it waits for a CPU. */
export function flowOfWork(standing: Standing): Flow {
  const { steady, part, moment, world } = standing;
  const own = steady.asked.get(`${part.name}/`);
  const share = shareAt(standing) * steady.carried;
  const used = share * (own?.amount ?? 0) + (part.technology === 'node' ? 0 : (moment.besides.get(part.name) ?? 0));
  const quota = part.resources.find((one) => one.kind === 'quota');
  const machine = world.parts.find((one) => one.name === part.on)?.resources.find((one) => one.kind === 'cpu');
  const cores = machine?.kind === 'cpu' ? machine.cores : 1;
  const size = quota?.kind === 'quota' ? quota.cores : cores;
  const waiting = used * ((steady.slowed.get(part.name) ?? 1) - 1);
  const visits = share * (own?.visits ?? 0);
  const inQuota = quota?.kind === 'quota' ? periodsOf(quota.period, size, used, visits) : nothing.more;
  const throttled = (inQuota.throttledPeriods ?? 0) * (quota?.kind === 'quota' ? quota.period : 0);
  const stalled = throttled * (0.15 + (0.35 * Math.min(used, size)) / size);
  return {
    each: {
      used,
      waiting,
      stalled,
      completions: visits,
      refusals: 0,
      more: { ...inQuota, throttledTime: quota ? waiting : 0 },
    },
    size,
    gauges: {},
  };
}

/** Periods a second with any work, and those in which more work came than the budget: the work of a period scatters as a gamma variable, and what is left over takes from the next (a factor fitted to the events). */
function periodsOf(period: number, cores: number, used: number, visits: number): Counts['more'] {
  const busy = 1 - Math.exp(-visits * period - used);
  if (visits <= 0 || used <= 0) return { periods: busy / period, throttledPeriods: 0, throttledTime: 0 };
  const mean = used * period;
  const spread = 2 * visits * period * (used / visits) ** 2;
  const over = gammaProbabilities((mean * mean) / spread, (cores * period * mean) / spread).above;
  const throttled = Math.min(busy, over / (1 - 0.65 * Math.min(1, used / cores)));
  return { periods: busy / period, throttledPeriods: throttled / period, throttledTime: 0 };
}

/** A machine: all that runs on one of its instances, others, and what waits. */
function flowOfMachine(standing: Standing, cores: number): Flow {
  const { world, moment, part, replica, steady } = standing;
  let [used, waiting, completions] = [moment.besides.get(part.name) ?? 0, 0, 0];
  for (const guest of world.parts) {
    if (guest.on !== part.name) continue;
    for (const [index] of sharesOf(guest).entries()) {
      if (index % part.replicas !== replica) continue;
      const { each } = flowOfWork({ world, moment, steady, part: guest, replica: index });
      used += each.used;
      completions += each.completions;
    }
  }
  used = Math.min(cores, used);
  waiting = used * waitAt(cores, used / cores);
  const stalled = Math.min(1, cores * waitAt(cores, used / cores) * (1 - used / cores));
  return { each: { ...nothing, used, waiting, stalled, completions }, size: cores, gauges: {} };
}

/** What one second brings to a resource. */
export function flowOf(standing: Standing, resource: Resource): Flow {
  const { steady, part } = standing;
  const key = `${part.name}/${resource.id}`;
  const asked = steady.asked.get(key) ?? { visits: 0, amount: 0 };
  const share = shareAt(standing) * steady.carried;
  const visits = asked.visits * share;
  const amount = asked.amount * share;
  const waiting = visits * (steady.waits.get(key) ?? 0);
  const counted = { ...nothing, used: amount, waiting, completions: visits };
  switch (resource.kind) {
    case 'cpu':
      return part.on === undefined
        ? flowOfMachine(standing, resource.cores)
        : { ...flowOfWork(standing), size: resource.cores };
    case 'quota':
      return flowOfWork(standing);
    case 'workers':
      return { each: { ...counted, used: Math.min(amount, resource.threads) }, size: resource.threads, gauges: {} };
    case 'pool': {
      const others = resource.others ?? 0;
      const used = Math.min(resource.size, amount + others);
      const lingering = visits * (resource.linger ?? 0);
      return { each: { ...counted, used }, size: resource.size, gauges: { lingering } };
    }
    case 'lock':
      return { each: counted, size: resource.rows, gauges: {} };
    case 'disk': {
      const bytes = (steady.asked.get(`${key} bytes`)?.amount ?? 0) * share;
      const each = resource.latency + (steady.waits.get(key) ?? 0);
      const busyTime = 1 - Math.exp(-visits * each);
      const more = { operations: visits, bytes, operationTime: visits * each, busyTime };
      const gauges = { operationsLimit: resource.operations, bytesLimit: resource.bytes };
      return { each: { ...counted, used: visits * resource.latency, more }, size: resource.depth, gauges };
    }
    case 'link':
      return { each: { ...counted, more: { bytes: amount } }, size: resource.bytes, gauges: {} };
    case 'memory':
      return {
        each: { ...nothing, used: resource.base },
        size: resource.limit,
        gauges: { bytes: resource.base, kills: 0 },
      };
    case 'heap':
      return { each: { ...nothing, used: resource.base }, size: resource.heap, gauges: { live: resource.base } };
    case 'cache': {
      const kept = Math.min(resource.size, resource.entries);
      const more = {
        hits: amount,
        misses: visits - amount,
        evictions: resource.size < resource.entries ? visits - amount : 0,
      };
      return {
        each: { ...nothing, completions: visits, more },
        size: resource.size,
        gauges: { entries: kept, bytes: kept * resource.each },
      };
    }
    case 'rate-limit':
      return { each: counted, size: resource.rate, gauges: {} };
    case 'autoscaler':
      return idle(resource.most, { desired: part.replicas, pending: 0 });
  }
}
