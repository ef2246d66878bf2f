import { parentPort } from 'node:worker_threads';
import type { Scored } from '../worlds/score.ts';
import { trialsOf } from '../worlds/trials.ts';

/** A family and a seed in; what became of their worlds out. */
export type Task = { readonly family: number; readonly seed: number };
export type Done = Task & { readonly scored: readonly Scored[]; readonly failed: string | undefined };

parentPort?.on('message', ({ family, seed }: Task) => {
  void carryOut(family, seed).then((done) => parentPort?.postMessage(done));
});

async function carryOut(family: number, seed: number): Promise<Done> {
  const scored: Scored[] = [];
  try {
    for await (const trial of trialsOf(family, seed)) scored.push(trial.scored);
    return { family, seed, scored, failed: undefined };
  } catch (error) {
    return { family, seed, scored, failed: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
