import { bucketCount, bucketOf } from '../../src/model/buckets.ts';
import type { StepRecord } from '../../src/model/load-record.ts';
import type { Step } from '../../src/model/plan.ts';
import { seeded } from '../../src/model/random.ts';
import { perSecond, ratio } from '../../src/model/units.ts';
import { erlangC } from '../../src/stats/erlang-c.ts';
import { line } from '../../src/stats/line.ts';
import { stepRecord } from './step-record.ts';

/** Poisson arrivals at `servers` servers that take exponential times and serve whoever came first (M/M/c); `service` is what one takes on average (s). */
export type Queue = { readonly servers: number; readonly service: number };

/**
 * P(response > t) in the steady state: e^(−μt) · (1 + C · (1 − e^(−μt(c − 1 − a))) ÷ (c − 1 − a)), with a = λ/μ and C the chance to wait (Gross & Harris 1998, 2.3).
 */
export function shareSlower({ servers, service }: Queue, rate: number, limit: number): number {
  const load = rate * service;
  const spare = servers - 1 - load;
  const rest = limit / service;
  const waiting = Math.abs(spare) < 1e-9 ? rest : (1 - Math.exp(-rest * spare)) / spare;
  return Math.exp(-rest) * (1 + erlangC(servers, load) * waiting);
}

/** The highest rate at which at most `share` of the answers take longer than `limit`: where the steady state crosses it, by bisection. */
export function kneeOf(queue: Queue, limit: number, share: number): number {
  let [low, high] = [0, queue.servers / queue.service];
  for (let i = 0; i < 60; i += 1) {
    const middle = (low + high) / 2;
    if (shareSlower(queue, middle, limit) <= share) low = middle;
    else high = middle;
  }
  return low;
}

/** One step offered to such a queue, event by event in virtual time: what was due in its measure phase, and what was answered meanwhile. */
export function offered({ servers, service }: Queue, step: Step, seed: number): StepRecord {
  const random = seeded(seed);
  const end = step.settle + step.measure;
  const free = new Float64Array(servers);
  const counts = new Uint32Array(bucketCount);
  const exponential = (mean: number): number => -mean * Math.log(1 - random());
  let [answered, due] = [0, 0];
  const blocks = new Float64Array(10);
  const width = step.measure / blocks.length;
  for (let now = exponential(1 / step.rate); now < end; now += exponential(1 / step.rate)) {
    const soonest = soonestOf(free);
    const left = Math.max(now, free[soonest] ?? 0) + exponential(service);
    free[soonest] = left;
    if (left >= step.settle && left < end) answered += 1;
    const first = Math.max(0, Math.floor((now - step.settle) / width));
    for (let i = first; i < blocks.length && left > step.settle + i * width; i += 1) {
      const from = step.settle + i * width;
      blocks[i] = (blocks[i] ?? 0) + overlap(now, left, from, from + width) / width;
    }
    if (now < step.settle) continue;
    due += 1;
    const bucket = bucketOf(left - now);
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  const rate = perSecond(answered / step.measure);
  return stepRecord({
    step,
    offered: perSecond(due / step.measure),
    throughput: rate,
    goodput: rate,
    errors: ratio(0),
    inFlight: levelIn(blocks, width),
    sent: due,
    completed: due,
    good: due,
    response: { unit: 'us', counts: [...counts.entries()].filter(([, count]) => count > 0) },
  });
}

function soonestOf(free: Float64Array): number {
  let soonest = 0;
  for (let i = 1; i < free.length; i += 1) if ((free[i] ?? 0) < (free[soonest] ?? 0)) soonest = i;
  return soonest;
}

const overlap = (from: number, to: number, low: number, high: number): number =>
  Math.max(0, Math.min(to, high) - Math.max(from, low));

/** Mean, slope and the standard error of the mean, from means of consecutive blocks. */
function levelIn(blocks: Float64Array, width: number) {
  const times = Array.from(blocks, (_, i) => i * width);
  const values = Array.from(blocks);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, growth: line(times, values).slope, error: Math.sqrt(squares / (values.length - 1) / values.length) };
}
