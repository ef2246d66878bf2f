import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Clock } from '../../src/model/clock.ts';
import type { StepRecord } from '../../src/model/load-record.ts';
import type { Step } from '../../src/model/plan.ts';
import { epoch, seconds } from '../../src/model/units.ts';
import type { Load } from '../../src/model/world.ts';

/** An http server on a free loopback port, in a thread of its own; loopback-server.ts tells how it answers which path. */
export async function openServer() {
  const numbers = new SharedArrayBuffer(24);
  const worker = new Worker(new URL('./loopback-server.ts', import.meta.url), { workerData: { numbers } });
  const [port] = await once(worker, 'message');
  const kept = new Float64Array(numbers);
  return {
    port: Number(port),
    requests: () => kept[0] ?? 0,
    mostAtOnce: () => kept[1] ?? 0,
    /** When the last request came, in seconds on the monotonic clock. */
    lastAt: () => (kept[2] ?? 0) / 1000,
    [Symbol.asyncDispose]: async () => {
      await worker.terminate();
    },
  };
}

/** The clock of this machine. */
export const realClock: Clock = {
  now: () => epoch(Date.now() / 1000),
  monotonic: () => seconds(performance.now() / 1000),
  sleep: (duration, stop) => sleep(duration * 1000, undefined, { signal: stop }).catch(() => undefined),
};

const never = new AbortController().signal;
/** Milliseconds after which what came last is told, whatever it is. */
const longEnough = 20_000;
type Records = readonly [StepRecord, ...StepRecord[]];

/**
 * What comes of a step that the machine let happen. One that stood still meanwhile was too late for its requests, which says nothing about the load:
 * the step is offered again until there is something to tell by.
 */
export async function offerUntil(
  load: Load,
  step: Step,
  isEnough: (records: Records) => boolean = ([{ sent }]) => sent > 0,
): Promise<Records> {
  const latest = performance.now() + longEnough;
  for (;;) {
    const records = await load.offer(step, never);
    if (isEnough(records) || performance.now() > latest) return records;
  }
}
