import { globSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failed, inWords, type Outcome, skipped, skipReasons } from './outcome.ts';
import { ownChild, top } from './own-child.ts';
import { watchStrangers } from './strangers.ts';

/** Above this share of the machine, used by others for ten seconds, a failure says nothing. */
const spoilt = 0.25;
const mayBeSkipped = 0.25;

type Run = { readonly outcomes: readonly Outcome[]; readonly strangers: number };

/** Runs every set-up of test/lab, one after the other. */
export async function labOutcomes(say: (text: string) => void): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const file of globSync('test/lab/*.lab.ts', { cwd: top }).sort()) {
    const some = await withSecondTry(() => runLab(file, say), say);
    for (const outcome of some) say(`${inWords(outcome)}\n`);
    outcomes.push(...some);
  }
  const owed = missing(outcomes);
  for (const outcome of owed) say(`${inWords(outcome)}\n`);
  return [...outcomes, ...owed];
}

async function runLab(file: string, say: (text: string) => void): Promise<Run> {
  const folder = await mkdtemp(join(tmpdir(), 'plimsoll-test-'));
  const result = join(folder, 'outcomes.json');
  let strangers: ReturnType<typeof watchStrangers> | undefined;
  const started = (pid: number) => {
    strangers = watchStrangers(pid);
  };
  const { output } = await ownChild(process.execPath, ['test/support/run-lab.ts', file, result], { say, started });
  strangers?.end();
  const told = await readFile(result, 'utf8').catch(() => undefined);
  const outcomes: readonly Outcome[] = told === undefined ? [failed(file, output.slice(-4000))] : JSON.parse(told);
  await rm(folder, { recursive: true, force: true });
  return { outcomes, strangers: strangers?.share() ?? 0 };
}

/** A set-up that failed while others used the machine is tried once more; failing so again says nothing about Plimsoll. */
export async function withSecondTry(run: () => Promise<Run>, say: (text: string) => void): Promise<readonly Outcome[]> {
  const first = await run();
  if (!isSpoilt(first)) return first.outcomes.map(onlyForAReason);
  say(`  others used ${Math.round(first.strangers * 100)} % of the machine for ten seconds; once more\n`);
  const second = await run();
  if (!isSpoilt(second)) return second.outcomes.map(onlyForAReason);
  return second.outcomes.map((outcome) =>
    outcome.result === 'failed' ? skipped(outcome.name, "strangers' CPU twice") : onlyForAReason(outcome),
  );
}

const isSpoilt = ({ outcomes, strangers }: Run) =>
  strangers > spoilt && outcomes.some(({ result }) => result === 'failed');

function onlyForAReason(outcome: Outcome): Outcome {
  const isAllowed = outcome.reason !== undefined && skipReasons.includes(outcome.reason);
  if (outcome.result !== 'skipped' || isAllowed) return outcome;
  return failed(
    outcome.name,
    `skipped for ${outcome.reason ?? 'no reason'}, which is not one of ${skipReasons.join(', ')}`,
  );
}

/** What the lab as a whole owes: most of it was tried, and the first round of the demo always. */
export function missing(outcomes: readonly Outcome[]): readonly Outcome[] {
  const left = outcomes.filter(({ result }) => result === 'skipped').length;
  const tooMany = left > mayBeSkipped * outcomes.length;
  const hasRoundOne = outcomes.some(({ name, result }) => /round 1/.test(name) && result !== 'skipped');
  return [
    ...(tooMany ? [failed('lab', `${left} of ${outcomes.length} were skipped: more than a quarter`)] : []),
    ...(hasRoundOne ? [] : [failed('lab', 'round 1 of the demo was not tried')]),
  ];
}
