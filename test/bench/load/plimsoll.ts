import { setTimeout as sleep } from 'node:timers/promises';
import { dense, quantile } from '../../../src/load/histogram.ts';
import { openLoad } from '../../../src/load/open-load.ts';
import type { StepRecord } from '../../../src/model/load-record.ts';
import { perSecond, seconds } from '../../../src/model/units.ts';
import { realClock } from '../../load/loopback.ts';
import { modes, scriptFor } from './scripts.ts';

/**
 * node plimsoll.ts MODE PORT CONNECTIONS SETTLE MEASURE RATE…: our engine, one worker, a step for each rate; users are as many as connections. Tells one line of
 * JSON a step.
 */
const [how = '', port = '', connections = '', settle = '', measure = '', ...rates] = process.argv.slice(2);
const mode = modes.find((one) => one === how) ?? 'open';
const script = scriptFor(mode, port, Number(connections));

/** What one step told, in milliseconds where it is a time; processor time is of the whole process over the measure phase. */
export type StepLine = {
  readonly rate: number;
  readonly throughput: number;
  readonly perCpuSecond: number;
  readonly resident: number;
  readonly sendRatio: number;
  readonly lag: readonly [p50: number, p99: number];
  readonly service: readonly [p50: number, p99: number];
  readonly response: readonly [p50: number, p99: number];
  readonly verdict: string;
};

const never = new AbortController().signal;
await using load = await openLoad(script, realClock, never);
for (const [index, rate] of rates.map(Number).entries()) {
  const usage = usageOverMeasure();
  const length = { settle: seconds(Number(settle)), measure: seconds(Number(measure)) };
  const users = mode !== 'open' ? { users: Number(connections) } : {};
  const step = { index, rate: perSecond(rate), ...length, ...users };
  const [record] = await load.offer(step, never);
  process.stdout.write(`${JSON.stringify(lineOf(rate, record, await usage))}\n`);
}

/** Processor time from the beginning of the measure phase to its end, and the memory there. */
async function usageOverMeasure() {
  await sleep(Number(settle) * 1000);
  const from = process.cpuUsage();
  const began = performance.now();
  await sleep(Number(measure) * 1000);
  const { user, system } = process.cpuUsage(from);
  const share = (user + system) / 1e6 / ((performance.now() - began) / 1000);
  return { share, resident: process.memoryUsage.rss() };
}

function lineOf(rate: number, record: StepRecord, used: { share: number; resident: number }): StepLine {
  const of = (which: 'lag' | 'service' | 'response') =>
    [0.5, 0.99].map((share) => 1000 * (quantile(dense(record[which]), share, 1) ?? Number.NaN));
  const pair = ([p50 = Number.NaN, p99 = Number.NaN]: readonly number[]) => [p50, p99] as const;
  return {
    rate,
    throughput: record.throughput,
    perCpuSecond: record.throughput / used.share,
    resident: used.resident,
    sendRatio: record.health.sendRatio,
    lag: pair(of('lag')),
    service: pair(of('service')),
    response: pair(of('response')),
    verdict: record.health.verdict,
  };
}
