import { parentPort } from 'node:worker_threads';
import { buildWorld } from '../worlds/families/build-world.ts';
import type { Scored } from '../worlds/score.ts';
import { trialOf, trialsOf, type Variant } from '../worlds/trials.ts';
import type { Nature } from '../worlds/truth.ts';

/** A family and a seed in; what became of their worlds out. */
export type Task = {
  readonly family: number;
  readonly seed: number;
  readonly variants: readonly Variant[];
  /** Where it is known already. */
  readonly nature?: Nature;
};
export type Done = Task & { readonly scored: readonly Scored[]; readonly failed: string | undefined };

parentPort?.on('message', (task: Task) => {
  void carryOut(task).then((done) => parentPort?.postMessage(done));
});

async function carryOut(task: Task): Promise<Done> {
  const { family, seed, variants } = task;
  const scored: Scored[] = [];
  try {
    if (task.nature) scored.push((await trialOf(buildWorld(family, seed), 'beyond', task.nature)).scored);
    else for await (const trial of trialsOf(family, seed, variants)) scored.push(trial.scored);
    return { ...task, scored, failed: undefined };
  } catch (error) {
    return { ...task, scored, failed: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
