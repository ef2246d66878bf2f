import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { tried } from '../support/tried.ts';

/** Tries texts in a thread that may hold 64 MB; what broke, or the thread's own end. */
async function brokenIn(seed: number, rounds: number): Promise<unknown> {
  const worker = new Worker(new URL('./crew.ts', import.meta.url), {
    workerData: { seed, rounds },
    resourceLimits: { maxOldGenerationSizeMb: 64 },
  });
  const [broken] = await once(worker, 'message');
  await worker.terminate();
  return broken;
}

test.each(tried([1, 20_260_101], 1))(
  'whatever stands in a configuration, a pack or an answer: a value or a fault that names the place, within 1 s and 64 MB (seed %d)',
  async (seed) => {
    expect(await brokenIn(seed, 30)).toEqual([]);
  },
);
