import { availableParallelism } from 'node:os';
import { failed, type Outcome, passed } from '../support/outcome.ts';
import { scoredInWords } from '../worlds/scored-in-words.ts';
import { startCrew } from './crew.ts';
import { isRight, type Known, readKnown } from './known.ts';
import type { Done } from './truth-worker.ts';

/** Judges the worlds whose truth is kept. What was right must stay right; that of what was wrong may become right, and is then to be kept so. */
export async function knownOutcomes(): Promise<readonly Outcome[]> {
  const { worlds } = readKnown();
  const left = [...worlds];
  const done: Done[] = [];
  const next = () => {
    const one = left.shift();
    return one && { family: one.family, seed: one.seed, variants: ['beyond'] as const, nature: one.nature };
  };
  const crew = startCrew(availableParallelism(), next, (one) => done.push(one));
  process.once('SIGTERM', crew.stop);
  await crew.done;
  return worlds.map((world) => outcomeOf(world, done));
}

function outcomeOf({ family, seed, right }: Known, done: readonly Done[]): Outcome {
  const name = `world of family ${family}, seed ${seed}`;
  const one = done.find((each) => each.family === family && each.seed === seed);
  const scored = one?.scored[0];
  if (!scored) return failed(name, one?.failed ?? 'it was not judged');
  return !right || isRight(scored) ? passed(name) : failed(name, scoredInWords(scored));
}
