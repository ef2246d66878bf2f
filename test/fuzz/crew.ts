import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import fc from 'fast-check';
import { builtInPacks, builtInPlans } from '../../src/config/load-configuration.ts';
import { seeded } from '../../src/model/random.ts';
import { places } from '../../src/places.ts';
import { mutated, traps } from './mutated.ts';
import { brokenAnswer, goodAnswer } from './try-answer.ts';
import { asConfiguration, asPack, brokenRead } from './try-configuration.ts';

/** Runs inside a thread with 64 MB: tries each kind of text, and tells what broke, with its seed. */
const { seed, rounds } = workerData as { readonly seed: number; readonly rounds: number };
/** Milliseconds of work for one text. */
const longest = 1000;
const shelf = { packs: await builtInPacks(), plans: await builtInPlans() };
const configuration = readFileSync(new URL('plimsoll.yaml', places.config), 'utf8');
const pack = readFileSync(new URL('packs/kubernetes-container.yaml', places.config), 'utf8');
const broken: string[] = [];

/** Milliseconds that this thread has worked; other people's work on the machine does not count. */
function busyTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

function attempt(what: string, text: string, judge: (text: string) => string | undefined): void {
  const start = busyTime();
  const why = judge(text);
  const took = busyTime() - start;
  if (why !== undefined) broken.push(`${what}: ${why}\n${JSON.stringify(text.slice(0, 400))}`);
  if (took > longest) broken.push(`${what}: took ${Math.round(took)} ms\n${JSON.stringify(text.slice(0, 400))}`);
}

const judges = {
  configuration: (text: string) => brokenRead(text, asConfiguration(shelf)),
  pack: (text: string) => brokenRead(text, asPack),
  answer: (text: string) => brokenAnswer(200, text),
} as const;

for (const [index, trap] of traps.entries()) {
  for (const [kind, judge] of Object.entries(judges)) attempt(`${kind}, trap ${index}`, trap, judge);
}

const random = seeded(seed);
for (let round = 0; round < rounds; round++) {
  attempt(`configuration, seed ${seed} round ${round}`, mutated(configuration, random), judges.configuration);
  attempt(`pack, seed ${seed} round ${round}`, mutated(pack, random), judges.pack);
  const status = [200, 200, 200, 400, 401, 422, 429, 503, 302][Math.floor(random() * 9)] ?? 200;
  attempt(`answer, seed ${seed} round ${round}`, mutated(goodAnswer, random), (text) => brokenAnswer(status, text));
}

const letters = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 200 })
  .map((codes) => String.fromCharCode(...codes));
fc.assert(
  fc.property(fc.oneof(letters, fc.string(), fc.json({ maxDepth: 4 })), (text) => {
    for (const [kind, judge] of Object.entries(judges)) attempt(`${kind}, seed ${seed}`, text, judge);
  }),
  { seed, numRuns: rounds },
);

parentPort?.postMessage(broken);
