import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Clock } from '../../src/model/clock.ts';
import { epoch, seconds } from '../../src/model/units.ts';

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
