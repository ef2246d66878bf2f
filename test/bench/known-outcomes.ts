import { availableParallelism } from 'node:os';
import { isDeepStrictEqual } from 'node:util';
import { failed, type Outcome, passed } from '../support/outcome.ts';
import { start } from '../worlds/engine/start.ts';
import { buildWorld } from '../worlds/families/build-world.ts';
import { scoredInWords } from '../worlds/scored-in-words.ts';
import { natureOf } from '../worlds/truth.ts';
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
  return [...worlds.map((world) => outcomeOf(world, done)), asKept(worlds)];
}

/** Fewer worlds than these would show little. */
const fewest = 20;

/** Of one of them the truth is found once more: those that are kept are those of the simulator as it is. */
function asKept(worlds: readonly Known[]): Outcome {
  const name = 'the truths that are kept are those of the simulator as it is';
  const kept = worlds.find(({ family }) => family === 34) ?? worlds[0];
  if (kept === undefined || worlds.length < fewest) return failed(name, `only ${worlds.length} are kept`);
  const nature: unknown = JSON.parse(JSON.stringify(natureOf(buildWorld(kept.family, kept.seed), start)));
  return isDeepStrictEqual(nature, kept.nature)
    ? passed(name)
    : failed(
        name,
        `of family ${kept.family}, seed ${kept.seed}, it is another; test/bench/keep-known.ts keeps them anew`,
      );
}

function outcomeOf({ family, seed, right }: Known, done: readonly Done[]): Outcome {
  const name = `world of family ${family}, seed ${seed}`;
  const one = done.find((each) => each.family === family && each.seed === seed);
  const scored = one?.scored[0];
  if (!scored) return failed(name, one?.failed ?? 'it was not judged');
  return !right || isRight(scored) ? passed(name) : failed(name, scoredInWords(scored));
}
