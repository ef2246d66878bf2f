import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';

/** Tries texts in a thread that may hold 64 MB; what broke, or the thread's own end. */
async function tried(seed: number, rounds: number): Promise<unknown> {
  const worker = new Worker(new URL('./crew.ts', import.meta.url), {
    workerData: { seed, rounds },
    resourceLimits: { maxOldGenerationSizeMb: 64 },
  });
  const [broken] = await once(worker, 'message');
  await worker.terminate();
  return broken;
}

test.each([1, 20_260_101])(
  'whatever stands in a configuration, a pack or an answer: a value or a fault that names the place, within 1 s and 64 MB (seed %d)',
  { timeout: 60_000 },
  async (seed) => {
    expect(await tried(seed, 30)).toEqual([]);
  },
);
