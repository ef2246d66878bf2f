import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Scored } from '../worlds/score.ts';
import { confusionOf, reliabilityOf, scoresOf, tooFew } from '../worlds/scoreboard.ts';
import { scoreboardInWords } from '../worlds/scoreboard-in-words.ts';
import { scoredInWords } from '../worlds/scored-in-words.ts';
import { trialInWords } from '../worlds/trial-in-words.ts';
import { trialsOf } from '../worlds/trials.ts';
import { hashOfSimulator } from '../worlds/truth/keep.ts';
import { type Asked, askedBy } from './asked.ts';
import { startCrew } from './crew.ts';
import type { Done, Task } from './truth-worker.ts';

const say = (text: string): void => void process.stdout.write(text);
const progress = (text: string): void => void process.stderr.write(text);

/** Prints everything about single worlds. */
async function explain({ families, seeds, variants }: Asked): Promise<void> {
  for (const family of families)
    for (let seed = seeds.from; seed <= seeds.to; seed += 1)
      for await (const trial of trialsOf(family, seed, variants)) say(`${trialInWords(trial)}\n`);
}

/** Every family with the first seed, then with the second …: whatever fits, all families have come to about the same. */
function* tasksOf({ families, seeds, variants }: Asked): Generator<Task> {
  for (let seed = seeds.from; seed <= seeds.to; seed += 1)
    for (const family of families) yield { family, seed, variants };
}

async function bench(asked: Asked): Promise<void> {
  const begun = performance.now();
  const until = begun + asked.minutes * 60_000;
  const results: Done[] = [];
  const tasks = tasksOf(asked);
  const next = (): Task | undefined => (performance.now() < until ? tasks.next().value || undefined : undefined);
  const crew = startCrew(asked.workers, next, (done) => {
    results.push(done);
    if (done.failed) progress(`\nfamily ${done.family}, seed ${done.seed} failed: ${done.failed}\n`);
    progress(`\r${results.length} systems, ${Math.round((performance.now() - begun) / 1000)} s `);
  });
  process.once('SIGINT', crew.stop);
  process.once('SIGTERM', crew.stop);
  await crew.done;
  progress('\n');
  conclude(results, asked);
}

function conclude(results: readonly Done[], asked: Asked): void {
  const inOrder = results.toSorted((a, b) => a.seed - b.seed || a.family - b.family);
  const worlds = inOrder.flatMap(({ scored }) => scored);
  if (worlds.length === 0) {
    process.exitCode = 1;
    say('no world was judged\n');
    return;
  }
  const failed = results.filter((done) => done.failed !== undefined).length;
  const last = Math.max(...results.map(({ seed }) => seed));
  const title = `${worlds.length} worlds of ${asked.families.length} families, seeds ${asked.seeds.from} to ${last}${failed ? `; ${failed} FAILED` : ''}`;
  const text = scoreboardInWords(worlds, title);
  say(text);
  const short = asked.full ? tooFew(scoresOf(worlds)) : [];
  if (short.length > 0) say(`Too few for closing figures: ${short.join(', ')}\n`);
  if (asked.list) say(`${worlds.map(scoredInWords).join('\n')}\n`);
  if (asked.keep) keep(worlds, text, title);
  if (failed) process.exitCode = 1;
}

/** The scoreboard is kept in the repository, so that a change shows as a difference. */
function keep(worlds: readonly Scored[], text: string, title: string): void {
  const folder = join(import.meta.dirname, 'results');
  mkdirSync(folder, { recursive: true });
  const kept = {
    title,
    simulator: hashOfSimulator(),
    scores: scoresOf(worlds),
    families: Object.fromEntries(
      [...Map.groupBy(worlds, ({ family }) => family)].map(([family, group]) => [family, scoresOf(group)]),
    ),
    confusion: confusionOf(worlds),
    reliability: reliabilityOf(worlds),
  };
  const rounded = (_: string, value: unknown): unknown =>
    typeof value === 'number' ? Number(value.toPrecision(4)) : value;
  writeFileSync(join(folder, 'truth.json'), `${JSON.stringify(kept, rounded, 1)}\n`);
  writeFileSync(join(folder, 'truth.txt'), text);
}

try {
  const asked = askedBy(process.argv.slice(2), availableParallelism());
  await (asked.explain ? explain(asked) : bench(asked));
} catch (error) {
  process.stderr.write(`bench:truth: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
