import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countsInWords, failed, inWords, type Outcome, passed } from './support/outcome.ts';
import { endOwnChildren, ownChild, top } from './support/own-child.ts';
import { inFull } from './support/tried.ts';

type Tool = { readonly name: string; readonly command: string; readonly args: readonly string[] };

const cache = join(top, 'node_modules', '.cache');
/** What was found right is kept for the next time. */
const known = ['--incremental', '--tsBuildInfoFile', join(cache, 'types.tsbuildinfo')];

const tools: readonly Tool[] = [
  { name: 'types', command: 'tsc', args: ['--noEmit', '--pretty', 'false', ...known] },
  {
    name: 'lint',
    command: 'biome',
    args: ['check', '--error-on-warnings', '--diagnostic-level=warn', '--reporter=summary'],
  },
  { name: 'dead code', command: 'knip', args: ['--no-progress'] },
];

/** Three threads and many child processes load the same modules: what Node has compiled once is kept for the others, and for the next time. */
const compiled = join(cache, 'compiled');

type TestReport = {
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
};

const tail = (text: string, lines: number) => text.trimEnd().split('\n').slice(-lines).join('\n');
const head = (text: string, lines: number) => text.trimEnd().split('\n').slice(0, lines).join('\n');

async function runTool({ name, command, args }: Tool): Promise<Outcome> {
  const { code, output } = await ownChild(command, args);
  return code === 0 ? passed(name) : failed(name, tail(output, 60));
}

/** Types, lint and dead code, one after the other: each is short, and the tests want the other core. */
async function runTools(): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const tool of tools) outcomes.push(await runTool(tool));
  return outcomes;
}

async function runTests(env: Readonly<Record<string, string>>): Promise<readonly Outcome[]> {
  const folder = await mkdtemp(join(tmpdir(), 'plimsoll-check-'));
  const file = join(folder, 'tests.json');
  try {
    const reporters = ['--reporter=agent', '--reporter=json', `--outputFile.json=${file}`];
    const { code, output } = await ownChild('vitest', ['run', ...reporters], {
      env: { NODE_COMPILE_CACHE: compiled, ...env },
    });
    const report: TestReport | undefined = await readFile(file, 'utf8').then(JSON.parse, () => undefined);
    const outcomes = report === undefined ? [] : outcomesOf(report);
    const isTold = outcomes.length > 0 && (code === 0 || outcomes.some(({ result }) => result === 'failed'));
    if (code === 0 && isTold) return outcomes;
    process.stdout.write(`${head(output, 200)}\n`);
    return isTold ? outcomes : [...outcomes, failed('tests', `vitest ended with ${code}`)];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A test that is left out is no test: it counts as failed, because nothing here may skip. */
function outcomesOf({ testResults }: TestReport): readonly Outcome[] {
  return testResults.flatMap(({ name, message, assertionResults }) => {
    if (assertionResults.length === 0) return [failed(name, head(message, 1) || 'holds no test')];
    return assertionResults.map(({ fullName, status, failureMessages }) => {
      const title = `${name.replace(/^.*\/test\//, 'test/')}: ${fullName}`;
      return status === 'passed' ? passed(title) : failed(title, head(failureMessages.join('\n') || status, 1));
    });
  });
}

/** Everything that needs no server: types, lint, dead code, and all tests of the house; what is drawn in them is tried a few times, or in full. */
export async function check(extent: 'few' | 'in full' = 'few'): Promise<readonly Outcome[]> {
  const env = extent === 'few' ? {} : { [inFull]: '1' };
  const [tests, others] = await Promise.all([runTests(env), runTools()]);
  return [...others, ...tests];
}

if (import.meta.main) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => void endOwnChildren().then(() => process.exit(signal === 'SIGINT' ? 130 : 143)));
  const started = performance.now();
  const outcomes = await check();
  const failures = outcomes.filter(({ result }) => result === 'failed');
  process.stdout.write(failures.map((outcome) => `${inWords(outcome)}\n`).join(''));
  process.stdout.write(
    `check took ${Math.round((performance.now() - started) / 1000)} s\n${countsInWords(outcomes)}\n`,
  );
  process.exitCode = failures.length > 0 ? 1 : 0;
}
