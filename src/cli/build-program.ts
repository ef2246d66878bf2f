import { Argument, Command, Option } from 'commander';
import { fault } from '../faults.ts';
import { answersOf, type Wanted } from './answers-of.ts';
import { formats, type Generator, generators, type Handed, type K6Wish, type Wish } from './handed.ts';

const exitCodesInWords = `
Exit codes: 0 answered · 1 a fault of Plimsoll itself · 2 usage or configuration · 3 a gate is breached (an objective, headroom
at the expected load, a regression) · 4 no answer · 5 stopped for safety · 130, 143 ended by a signal`;

/** The command line: what it understands, and which work each command asks for. Nothing is loaded until a command runs. */
export function buildProgram(handed: Handed): Command {
  const program = new Command('plimsoll')
    .description('Says which resource of a service saturates first, at what load, and how much headroom is left.')
    .version(handed.version, '--version', 'print the version')
    .helpOption('-h, --help', 'print what can be asked')
    .addOption(
      new Option('--config <file>', 'the configuration').default(handed.config, '$PLIMSOLL_CONFIG, else plimsoll.yaml'),
    )
    .addOption(new Option('-o, --output <format>', 'how the result is written').choices(formats).default('text'))
    .option('--quiet', 'no progress on stderr', false)
    .option('--no-color', 'no colours; NO_COLOR does the same')
    .addHelpText('after', exitCodesInWords)
    .configureHelp({ showGlobalOptions: true, helpWidth: 120 })
    .configureOutput({ writeOut: handed.stdout.write, writeErr: handed.stderr.write })
    .exitOverride();
  for (const addTo of [addServe, addRun, addObserve, addCompare, addStop, addInit, addDoctor, addCheck, addGenerate])
    addTo(program, handed);
  return program;
}

const wanted = (command: Command): Wanted => command.optsWithGlobals<Wanted>();

function addServe(program: Command, handed: Handed): void {
  program
    .command('serve')
    .description('run as a service: runs by API, reports, metrics, and a fresh verdict on schedule')
    .action((_: unknown, command: Command) => answersOf(handed, wanted(command)).serve());
}

function addRun(program: Command, handed: Handed): void {
  program
    .command('run')
    .description('load a target, read Prometheus over the same window, and say what saturates first')
    .argument('<target>', 'a target of the configuration that has a load')
    .option('--dry-run', 'print the steps, the queries and the stop rules; send nothing', false)
    .action((target: string, options: { readonly dryRun: boolean }, command: Command) => {
      const answers = answersOf(handed, wanted(command));
      return options.dryRun ? answers.rehearse(target) : answers.run(target);
    });
}

function addObserve(program: Command, handed: Handed): void {
  program
    .command('observe')
    .description('judge a window whose load others made; sends nothing')
    .argument('<target>', 'a target of the configuration')
    .requiredOption('--from <time>', 'start: 2026-01-31T14:00:00Z, seconds since 1970, or how long ago (-30m)')
    .option('--to <time>', 'end: the same, or now', 'now')
    .action((target: string, options: { readonly from: string; readonly to: string }, command: Command) =>
      answersOf(handed, wanted(command)).observe(target, options),
    );
}

function addCompare(program: Command, handed: Handed): void {
  program
    .command('compare')
    .description('say which differences between runs are real')
    .argument('<run...>', 'ids of kept runs, or report files (JSON), earliest first; repeats of one set-up as A1,A2,A3')
    .action((runs: readonly string[], _: unknown, command: Command) =>
      answersOf(handed, wanted(command)).compare(runs),
    );
}

function addStop(program: Command, handed: Handed): void {
  program
    .command('stop')
    .description('stop a running load within a second')
    .argument('[run]', 'the id of the run')
    .option('--all', 'every run there is', false)
    .action((run: string | undefined, options: { readonly all: boolean }, command: Command) =>
      answersOf(handed, wanted(command)).stop(run, options.all),
    );
}

function addInit(program: Command, handed: Handed): void {
  program
    .command('init')
    .description(
      'begin a configuration: guess targets and components from the series of a Prometheus, make the requests from a recording; sends no load',
    )
    .option('--prometheus <url>', 'look at this Prometheus')
    .addOption(
      new Option('--from-har <file>', 'requests from what a browser recorded').conflicts(['fromOpenapi', 'fromLog']),
    )
    .addOption(
      new Option('--from-openapi <file>', 'requests from an OpenAPI 3 document, JSON or YAML').conflicts('fromLog'),
    )
    .addOption(new Option('--from-log <file>', 'requests from an access log in the combined format'))
    .option('--url <url>', 'where load is to go, where the recording does not tell it')
    .option('--writes', 'also send what may change things: POST, PUT, PATCH, DELETE', false)
    .option('--to <file>', 'write a new file instead of stdout, and rows of what was seen beside it')
    .action((options: InitOptions, command: Command) => answersOf(handed, wanted(command)).init(wishOf(options)));
}

type InitOptions = {
  readonly prometheus?: string;
  readonly fromHar?: string;
  readonly fromOpenapi?: string;
  readonly fromLog?: string;
  readonly url?: string;
  readonly writes: boolean;
  readonly to?: string;
};

function wishOf({ prometheus, url, writes, to, fromHar, fromOpenapi, fromLog }: InitOptions): Wish {
  const files = [
    { kind: 'har', file: fromHar },
    { kind: 'openapi', file: fromOpenapi },
    { kind: 'log', file: fromLog },
  ] as const;
  const from = files.flatMap(({ kind, file }) => (file === undefined ? [] : [{ kind, file }]))[0];
  if (prometheus === undefined && from === undefined)
    throw fault('USAGE', [
      'init begins from something: --prometheus URL, --from-har FILE, --from-openapi FILE or --from-log FILE',
    ]);
  checkAddress('--prometheus', prometheus, 'http://prometheus:9090');
  checkAddress('--url', url, 'https://shop.example');
  return { prometheus, url, writes, to, from };
}

function checkAddress(option: string, address: string | undefined, example: string): void {
  if (address === undefined || (/^https?:\/\//.test(address) && URL.canParse(address))) return;
  throw fault('USAGE', [`${option} ${address} is no http or https address, as in ${example}`]);
}

function addDoctor(program: Command, handed: Handed): void {
  program
    .command('doctor')
    .description(
      'look at every target and its Prometheus: what is seen, what is blind and its cure, whether limits fit; sends nothing',
    )
    .action((_: unknown, command: Command) => answersOf(handed, wanted(command)).doctor());
}

function addCheck(program: Command, handed: Handed): void {
  program
    .command('check')
    .description('read the configuration and say what is wrong with it, with file and line')
    .action((_: unknown, command: Command) => answersOf(handed, wanted(command)).check());
}

function addGenerate(program: Command, handed: Handed): void {
  program
    .command('generate')
    .description('write Grafana dashboards and alert rules, or the plan and requests of a target for k6')
    .addArgument(new Argument('<what>', 'what to write').choices([...generators, 'k6']))
    .argument('[target]', 'k6: a target of the configuration that has a load')
    .option('--to <folder>', 'where to', '.')
    .addOption(new Option('--runners <count>', 'k6: how many instances share the load').default(1).argParser(Number))
    .option('--write-to <url>', "k6: where it writes its metrics; default: the first Prometheus' own address")
    .action((what: Generator | 'k6', target: string | undefined, options: GenerateOptions, command: Command) => {
      const answers = answersOf(handed, wanted(command));
      return what === 'k6'
        ? answers.generateK6(k6WishOf(target, options), options.to)
        : answers.generate(what, options.to, target);
    });
}

type GenerateOptions = { readonly to: string; readonly runners: number; readonly writeTo?: string };

function k6WishOf(target: string | undefined, { runners, writeTo }: GenerateOptions): K6Wish {
  if (target === undefined) throw fault('USAGE', ['generate k6 needs a target, as in "plimsoll generate k6 shop"']);
  if (!Number.isInteger(runners) || runners < 1)
    throw fault('USAGE', ['--runners is a whole number from 1 on, as in --runners 4']);
  checkAddress('--write-to', writeTo, 'http://prometheus:9090/api/v1/write');
  return { target, runners, writeTo };
}
