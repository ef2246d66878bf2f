import { parentPort } from 'node:worker_threads';
import type { Scored } from '../worlds/score.ts';
import { trialsOf, type Variant } from '../worlds/trials.ts';

/** A family and a seed in; what became of their worlds out. */
export type Task = { readonly family: number; readonly seed: number; readonly variants: readonly Variant[] };
export type Done = Task & { readonly scored: readonly Scored[]; readonly failed: string | undefined };

parentPort?.on('message', (task: Task) => {
  void carryOut(task).then((done) => parentPort?.postMessage(done));
});

async function carryOut(task: Task): Promise<Done> {
  const { family, seed, variants } = task;
  const scored: Scored[] = [];
  try {
    for await (const trial of trialsOf(family, seed, variants)) scored.push(trial.scored);
    return { ...task, scored, failed: undefined };
  } catch (error) {
    return { ...task, scored, failed: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
