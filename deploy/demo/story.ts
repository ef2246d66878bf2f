import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Commands } from '../../src/cli/handed.ts';
import { interval, percent, rate } from '../../src/model/in-words.ts';
import type { Report } from '../../src/model/report.ts';
import { type Costs, calibrate } from './calibrate.ts';
import { openOwn } from './own.ts';
import type { Progress } from './progress.ts';
import { freePort } from './ready.ts';
import { firstSizes, type Round, rounds, type Tight } from './rounds.ts';
import { draw, isRight, type Truth } from './shuffle.ts';
import { openStack, type Stack, writeRows } from './stack.ts';

/** Everything that the demo is told with. */
export interface Telling {
  readonly tell: (text: string) => void;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly commands: Commands;
  readonly columns: number;
  readonly colour: boolean;
  readonly once: boolean;
  readonly keep: boolean;
}

/** What the demo came to: the comparison or report as JSON, and whether all that had to be right was. */
export interface Result {
  readonly json: string;
  readonly right: boolean;
}

/** Requests a second that the second round's limit is made to carry: well above the 192 of round 1, well below the machine. */
const second = 300;
/** Connections of the API's own pool that carry about the same. */
const secondPool = 4;

/** Three rounds in a row, and a short proof after the first. */
export async function story(telling: Telling): Promise<Result> {
  const { tell, progress, signal, commands } = telling;
  await using home = openOwn(signal);
  const reports: Report[] = [];
  {
    const port = await freePort();
    const watched = telling.keep && !telling.once ? { plimsoll: port } : {};
    const around = { say: progress.stage, signal };
    await using stack = await openStack({ poolApi: 50, poolBouncer: 20, seed: 1, ...watched }, around);
    const config = configurationIn(home.directory, stack, watched.plimsoll);
    const tight = await tightness(telling, stack);
    await stack.resize(firstSizes);
    for (const round of rounds)
      reports.push(await play(round, { ...telling, stack, config, tight, before: reports.at(-1) }));
    const files = await kept(
      home.directory,
      reports.filter((_, i) => i !== 1),
    );
    const comparison = await commands.compare(
      config,
      files.map((file) => [file]),
    );
    tell(`\nThe three rounds side by side\n`);
    tell(await commands.printComparison(comparison, 'text', telling));
    if (!telling.once && telling.keep) await pages(telling, config);
    if (telling.once || telling.keep) return { json: JSON.stringify(comparison), right: true };
    progress.stage('ending the servers; the pages stay');
  }
  await pages(telling, join(home.directory, 'plimsoll.yaml'));
  return { json: '', right: true };
}

/** One round on sizes that were drawn; the analyser is not told, and the truth stands beside its verdict at the end. */
export async function seededStory(telling: Telling, seed: number): Promise<Result> {
  const { tell, progress, signal } = telling;
  await using home = openOwn(signal);
  await using stack = await openStack({ poolApi: 50, poolBouncer: 40, seed }, { say: progress.stage, signal });
  const config = configurationIn(home.directory, stack, undefined);
  const truth = draw(seed, await costs(telling, stack), typeof stack.cgroups === 'string');
  await stack.resize(truth.sizes);
  tell(
    `\nShuffle ${seed}: one of API pool, PgBouncer pool, API quota, PostgreSQL quota or none is tight. The analyser is not told.\n`,
  );
  const report = await loadShop('shop', { ...telling, config });
  tell(sayings(report));
  const first = report.verdict.first
    ? `${report.verdict.first.component} / ${report.verdict.first.resource}`
    : undefined;
  const right = isRight(truth, first);
  tell(`\n${truthInWords(truth)}\nThe verdict is ${right ? 'right' : 'WRONG'}: ${first ?? report.verdict.kind}.`);
  return { json: JSON.stringify(report), right };
}

function truthInWords({ culprit, carries, sizes }: Truth): string {
  const what =
    culprit === 'none' ? 'nothing was tight' : `${culprit} was tight, made to carry about ${rate(carries ?? 0)}`;
  return `The truth: ${what} (${JSON.stringify(sizes)}).`;
}

/**
 * The stack's own configuration, with a store of its own that outlives the stack. Where the stack stays too, the service has the port that
 * Prometheus scrapes, and judges the shop's own traffic every minute.
 */
function configurationIn(directory: string, stack: Stack, port: number | undefined): string {
  const file = join(directory, 'plimsoll.yaml');
  const rest = `storage: { path: ${join(directory, 'store')} }\nhttp: { host: 127.0.0.1, port: ${port ?? 0} }\n`;
  const own = readFileSync(stack.configuration, 'utf8');
  const schedule = '    components: [api]\n    watch: { observe: 1m }\n';
  const text = port === undefined ? own : own.replace('    components: [api]\n', schedule);
  writeFileSync(file, text + rest);
  writeRows(directory);
  return file;
}

const costs = ({ progress, signal }: Telling, stack: Stack): Promise<Costs> => {
  progress.stage('measuring what a request costs on this machine (9 s)');
  return calibrate(stack.urls, signal);
};

async function tightness(telling: Telling, stack: Stack): Promise<Tight> {
  if (typeof stack.cgroups !== 'string') return { quota: null, pool: secondPool };
  return { quota: second * (await costs(telling, stack)).api, pool: secondPool };
}

type Scene = Telling & {
  readonly stack: Stack;
  readonly config: string;
  readonly tight: Tight;
  readonly before: Report | undefined;
};

async function play(round: Round, scene: Scene): Promise<Report> {
  const { tell, stack, tight, before } = scene;
  tell(`\n${round.title}. ${round.lead(tight)}\n`);
  const change = round.change(tight);
  if (Object.keys(change).length > 0) await stack.resize(change);
  const report = await loadShop(round.target, scene);
  if (round.target === 'shop' || !before) {
    tell(sayings(report));
    return report;
  }
  tell(gain(before, report));
  return report;
}

/** What twice the pool gave: two capacities, side by side. */
function gain(before: Report, after: Report): string {
  const [old, now] = [before.capacity?.rate, after.capacity?.rate];
  if (old?.kind !== 'interval' || now?.kind !== 'interval')
    return 'What that gave cannot be told: a capacity was not reached.';
  const more = now.value / old.value - 1;
  const verdict = now.low <= old.high && now.high >= old.low ? 'Nothing gained' : `A change of ${percent(more)}`;
  return `${verdict}: capacity was ${interval(old)}, and with twice the pool it is ${interval(now)}.`;
}

async function loadShop(
  target: string,
  { commands, config, progress, signal }: Pick<Scene, 'commands' | 'config' | 'progress' | 'signal'>,
): Promise<Report> {
  const report = await commands.run(
    config,
    target,
    (told) => {
      if (told.kind === 'beat') progress.beat(told.beat);
      if (told.kind === 'stage') progress.stage(told.text);
    },
    signal,
  );
  signal.throwIfAborted();
  return report;
}

/** What is said after a round: the verdict, what lifting its limit would give, and who was not to blame. */
function sayings(report: Report): string {
  const symptoms = report.resources.filter(({ state }) => state === 'symptom' || state === 'starved');
  const blamed = [
    ...new Set(symptoms.map(({ component, resource, state }) => `${component} / ${resource} (${state})`)),
  ];
  return [
    report.verdict.sentence,
    report.remedy ?? '',
    blamed.length > 0 ? `Full too, but not the cause: ${blamed.join(', ')}.` : '',
  ]
    .filter((text) => text !== '')
    .join('\n');
}

/** Reports as files, for a comparison that needs no store. */
async function kept(directory: string, reports: readonly Report[]): Promise<readonly string[]> {
  return reports.map((report, i) => {
    const file = join(directory, `round-${i + 1}.json`);
    writeFileSync(file, JSON.stringify(report));
    return file;
  });
}

async function pages({ commands, tell, signal }: Telling, config: string): Promise<void> {
  await commands.serve(config, (url) => tell(`\nThe reports stay at ${url} until Ctrl-C.`), signal);
}
