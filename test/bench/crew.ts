import { Worker } from 'node:worker_threads';
import type { Done, Task } from './truth-worker.ts';

/** Does tasks on several threads, in order, until there are no more or time is up; what was begun is finished unless `stop` is called. */
export type Crew = { readonly done: Promise<void>; readonly stop: () => void };

/** Starts a crew; `next` tells the next task, or undefined when there shall be no more. A thread that breaks is an error of its task. */
export function startCrew(size: number, next: () => Task | undefined, tell: (done: Done) => void): Crew {
  const workers: Worker[] = [];
  const thread = () =>
    new Promise<void>((resolve) => {
      const worker = new Worker(new URL('./truth-worker.ts', import.meta.url));
      workers.push(worker);
      let current: Task | undefined;
      const goOn = (): void => {
        current = next();
        if (current) worker.postMessage(current);
        else void worker.terminate();
      };
      worker.on('message', (done: Done) => {
        tell(done);
        goOn();
      });
      worker.on('error', (error: Error) => {
        if (current) tell({ ...current, scored: [], failed: error.stack ?? error.message });
      });
      worker.on('exit', () => resolve());
      goOn();
    });
  const done = Promise.all(Array.from({ length: size }, thread)).then(() => {});
  return { done, stop: () => workers.forEach((worker) => void worker.terminate()) };
}
