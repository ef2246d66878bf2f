import { knownOutcomes } from './bench/known-outcomes.ts';
import { check } from './check.ts';
import { packedOutcomes } from './packed/packed-outcomes.ts';
import { labOutcomes } from './support/lab-outcomes.ts';
import { countsInWords, failed, inWords, type Outcome } from './support/outcome.ts';
import { endOwnChildren } from './support/own-child.ts';
import { surfaceOutcomes } from './surface/surface-outcomes.ts';

const ceiling = 25 * 60_000;
const started = performance.now();
const outcomes: Outcome[] = [];

const say = (text: string) => void process.stdout.write(text);
const secondsSince = (moment: number) => Math.round((performance.now() - moment) / 1000);

type Part = {
  readonly name: string;
  readonly run: () => Promise<readonly Outcome[]>;
  readonly tellsItself: boolean;
};

/** The parts, one after the other; all but the last tell only what failed, the lab tells as it goes. */
const parts: readonly Part[] = [
  { name: 'check', run: () => check('in full'), tellsItself: false },
  { name: 'worlds', run: knownOutcomes, tellsItself: false },
  { name: 'surfaces', run: surfaceOutcomes, tellsItself: false },
  { name: 'packed', run: packedOutcomes, tellsItself: false },
  { name: 'lab', run: () => labOutcomes(say), tellsItself: true },
];

function conclude(): number {
  say(`tests took ${secondsSince(started)} s\n${countsInWords(outcomes)}\n`);
  return outcomes.some(({ result }) => result === 'failed') ? 1 : 0;
}

let isBroken = false;

/** Ends what still runs, tells what there is, and exits. */
async function breakOff(why: string, code: number): Promise<void> {
  if (isBroken) return;
  isBroken = true;
  outcomes.push(failed('tests', why));
  say(`  failed tests: ${why}\n`);
  await endOwnChildren();
  conclude();
  process.exit(code);
}

process.on('SIGINT', () => void breakOff('stopped by SIGINT', 130));
process.on('SIGTERM', () => void breakOff('stopped by SIGTERM', 143));
process.on('SIGHUP', () => void breakOff('stopped by SIGHUP', 129));
setTimeout(() => void breakOff(`not done after ${ceiling / 60_000} minutes`, 1), ceiling).unref();

for (const { name, run, tellsItself } of parts) {
  const begun = performance.now();
  say(`${name}\n`);
  const some = await run().catch((error: unknown): readonly Outcome[] => [failed(name, String(error))]);
  if (isBroken) break;
  outcomes.push(...some);
  const told = tellsItself ? [] : some.filter(({ result }) => result !== 'passed');
  say(told.map((outcome) => `${inWords(outcome)}\n`).join(''));
  say(`  ${countsInWords(some)} in ${secondsSince(begun)} s\n`);
}
if (!isBroken) process.exitCode = conclude();
