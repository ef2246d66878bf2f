import { fault } from '../faults.ts';
import type { Comparison } from '../model/comparison.ts';
import type { Report } from '../model/report.ts';
import { checkedInWords } from './checked-in-words.ts';
import { diagnosisInWords } from './diagnosis-in-words.ts';
import { exitCodeOf } from './exit-code-of.ts';
import { exitCodeOfComparison } from './exit-code-of-comparison.ts';
import { exitCodeOfDiagnosis } from './exit-code-of-diagnosis.ts';
import type { Commands, Format, Generator, Handed, K6Wish, Look, Progress, Wish } from './handed.ts';
import { parseTime } from './parse-time.ts';
import { progressOn } from './progress-on.ts';
import { rehearsalInWords } from './rehearsal-in-words.ts';

/** What was asked for beside the command itself. */
export type Wanted = {
  readonly config: string;
  readonly output: Format;
  readonly quiet: boolean;
  readonly color: boolean;
};

type Desk = { readonly handed: Handed; readonly wanted: Wanted };
type Watched = (commands: Commands, tell: (progress: Progress) => void) => Promise<Report>;

/** What each command does with what it is handed: asks for the work, writes the result to stdout, and tells the exit code. */
export function answersOf(handed: Handed, wanted: Wanted) {
  const desk: Desk = { handed, wanted };
  return {
    check: () => check(desk),
    doctor: () => doctor(desk),
    init: (wish: Wish) => init(desk, wish),
    rehearse: (target: string) => rehearse(desk, target),
    run: (target: string) => watch(desk, (commands, tell) => commands.run(wanted.config, target, tell, handed.stop)),
    observe: (target: string, window: { readonly from: string; readonly to: string }) => observe(desk, target, window),
    compare: (runs: readonly string[]) => compare(desk, runs),
    stop: (run: string | undefined, all: boolean) => stop(desk, run, all),
    serve: () => serve(desk),
    generate: (what: Generator, folder: string, target: string | undefined) => generate(desk, what, folder, target),
    generateK6: (wish: K6Wish, folder: string) => generateK6(desk, wish, folder),
  };
}

async function check(desk: Desk): Promise<void> {
  const checked = await (await desk.handed.commands()).check(desk.wanted.config);
  printOr(desk, checked, checkedInWords(checked));
}

async function doctor(desk: Desk): Promise<void> {
  const { handed, wanted } = desk;
  refusePages(wanted);
  const commands = await handed.commands();
  const progress = progressOn(handed.stderr, wanted.quiet);
  const diagnosis = await commands.doctor(wanted.config, progress.tell, handed.stop).finally(progress.close);
  printOr(desk, diagnosis, diagnosisInWords(diagnosis));
  handed.exit(exitCodeOfDiagnosis(diagnosis));
}

async function init({ handed, wanted }: Desk, wish: Wish): Promise<void> {
  if (wanted.output !== 'text') throw fault('USAGE', ['a configuration is written as YAML; leave --output out']);
  const commands = await handed.commands();
  const progress = progressOn(handed.stderr, wanted.quiet);
  const { text, rows, notes } = await commands.init(wish, progress.tell, handed.stop).finally(progress.close);
  for (const words of notes) progress.tell({ kind: 'note', note: { about: 'configuration', text: words } });
  if (wish.to === undefined) return print(handed, text);
  for (const file of [{ path: wish.to, text }, ...rows]) {
    await handed.create(file.path, file.text);
    print(handed, file.path);
  }
}

async function rehearse(desk: Desk, target: string): Promise<void> {
  const rehearsal = await (await desk.handed.commands()).rehearse(desk.wanted.config, target);
  printOr(desk, rehearsal, rehearsalInWords(rehearsal));
}

async function observe(
  desk: Desk,
  target: string,
  window: { readonly from: string; readonly to: string },
): Promise<void> {
  const now = desk.handed.now();
  const span = { from: parseTime(window.from, now), to: parseTime(window.to, now) };
  if (span.from >= span.to) throw fault('USAGE', [`--from ${window.from} does not lie before --to ${window.to}`]);
  await watch(desk, (commands, tell) => commands.observe(desk.wanted.config, { target, span }, tell, desk.handed.stop));
}

async function watch({ handed, wanted }: Desk, work: Watched): Promise<void> {
  const commands = await handed.commands();
  const progress = progressOn(handed.stderr, wanted.quiet);
  const report = await work(commands, progress.tell).finally(progress.close);
  print(handed, await commands.printReport(report, wanted.output, lookOf(handed, wanted)));
  handed.exit(exitCodeOf(report));
}

async function compare({ handed, wanted }: Desk, words: readonly string[]): Promise<void> {
  const sides = words.map((word) => word.split(',').filter((run) => run !== ''));
  if (sides.length < 2 || sides.some((runs) => runs.length === 0))
    throw fault('USAGE', [
      'compare needs two runs or more: ids of kept runs, or report files; repeats of one set-up with commas between them, as in A1,A2,A3 B1,B2,B3',
    ]);
  const commands = await handed.commands();
  const comparison: Comparison = await commands.compare(wanted.config, sides);
  print(handed, await commands.printComparison(comparison, wanted.output, lookOf(handed, wanted)));
  handed.exit(exitCodeOfComparison(comparison));
}

async function stop(desk: Desk, run: string | undefined, all: boolean): Promise<void> {
  if ((run === undefined) !== all) throw fault('USAGE', ['stop needs either the id of a run or --all']);
  const asked = await (await desk.handed.commands()).stop(desk.wanted.config, run);
  const said = asked === 1 ? 'asked 1 run to stop' : `asked ${asked} runs to stop`;
  printOr(desk, { asked }, asked === 0 ? 'no run is under way' : said);
}

async function serve({ handed, wanted }: Desk): Promise<void> {
  const commands = await handed.commands();
  const listening = (url: string) => handed.stderr.write(`plimsoll: listening at ${url}\n`);
  await commands.serve(wanted.config, listening, handed.stop);
}

async function generate({ handed }: Desk, what: Generator, folder: string, target?: string): Promise<void> {
  if (target !== undefined) throw fault('USAGE', [`${what} are for all targets; leave "${target}" out`]);
  const files = await (await handed.commands()).generate(what);
  for (const file of files) print(handed, await handed.keep(folder, file));
}

async function generateK6({ handed, wanted }: Desk, wish: K6Wish, folder: string): Promise<void> {
  const { files, notes } = await (await handed.commands()).generateK6(wanted.config, wish, handed.stop);
  for (const note of wanted.quiet ? [] : notes) handed.stderr.write(`note: ${note}\n`);
  for (const file of files) print(handed, await handed.keep(folder, file));
}

const lookOf = (handed: Handed, wanted: Wanted): Look => ({
  columns: handed.stdout.columns,
  colour: handed.stdout.colour && wanted.color,
});

function print(handed: Handed, text: string): void {
  handed.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

function refusePages({ output }: Wanted): void {
  if (output !== 'text' && output !== 'json')
    throw fault('USAGE', [`this result can be written as text or json, not as ${output}`]);
}

function printOr({ handed, wanted }: Desk, value: unknown, inWords: string): void {
  refusePages(wanted);
  print(handed, wanted.output === 'json' ? JSON.stringify(value, undefined, 2) : inWords);
}
