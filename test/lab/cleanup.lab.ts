import { chmodSync, globSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { seeded } from '../../src/model/random.ts';
import type { LabContext } from '../support/lab.ts';
import type { Short } from '../support/outcome.ts';
import { ownChild, top } from '../support/own-child.ts';

export const name = 'the demo, ended in any way at any moment, leaves no process, control group or directory';

type Way = { readonly signal: NodeJS.Signals; readonly to: 'the demo' | 'npm' };

/** The last is never an outright kill: what that leaves is removed by the next start. */
const ways: readonly [Way, ...Way[]] = [
  { signal: 'SIGINT', to: 'the demo' },
  { signal: 'SIGKILL', to: 'the demo' },
  { signal: 'SIGTERM', to: 'npm' },
  { signal: 'SIGTERM', to: 'the demo' },
  { signal: 'SIGINT', to: 'npm' },
];

/** What it does when it is ended: from its start, from an installation that a fresh clone needs, or since it said something. */
type Phase = { readonly name: string; readonly since?: RegExp; readonly fresh?: boolean; readonly stays?: boolean };
const phases: Readonly<Record<'starting' | 'installing' | 'loading' | 'reporting' | 'pages', Phase>> = {
  starting: { name: 'its start' },
  installing: { name: 'the start in a fresh clone', fresh: true },
  loading: { name: 'the start of a load', since: /run shop-\d+/ },
  reporting: { name: 'the end of a load', since: /capacity is/i },
  pages: { name: 'its pages', since: /The reports stay at/, stays: true },
};

/** How many endings in each phase and over how many seconds they are spread: few in every test run, twenty on request. */
const few = [{ phase: phases.starting, endings: 3, over: 20 }] as const;
const twenty = [
  { phase: phases.installing, endings: 4, over: 24 },
  { phase: phases.starting, endings: 5, over: 12 },
  { phase: phases.loading, endings: 5, over: 70 },
  { phase: phases.reporting, endings: 5, over: 2 },
  { phase: phases.pages, endings: 1, over: 1 },
] as const;
const seed = 1;
/** Seconds until nothing may be left, and until a phase has begun. */
const patience = 10;
const longest = 480;

type Trial = Way & { readonly phase: Phase; readonly after: number };

/** One instant in each part of a phase. */
function trials(): readonly Trial[] {
  const random = seeded(seed);
  const all = (process.env.PLIMSOLL_LAB_ENDINGS === 'all' ? twenty : few).flatMap(({ phase, endings, over }) =>
    Array.from({ length: endings }, (_, i) => ({ phase, after: (over * (i + random())) / endings })),
  );
  return all.map(({ phase, after }, i) => {
    const killed = ways[i % ways.length]?.signal === 'SIGKILL';
    const [first] = ways;
    const way = (i === all.length - 1 && killed ? first : ways[i % ways.length]) ?? first;
    return { ...way, to: phase.fresh ? 'npm' : way.to, phase, after };
  });
}

export async function run({ stop, say }: LabContext): Promise<Short> {
  const home = mkdtempSync('/tmp/plimsoll-lab-end-');
  chmodSync(home, 0o711);
  const faults: string[] = [];
  const seen = new Set<string>();
  const all = trials();
  for (const trial of all) {
    if (stop.aborted) break;
    const told = `${trial.signal} to ${trial.to} ${trial.after.toFixed(1)} s after ${trial.phase.name}`;
    say(`${told} (seed ${seed})`);
    const left = await ended(trial, home, seen);
    faults.push(...left.map((what) => `${told}: ${what}`));
  }
  rmSync(home, { recursive: true, force: true });
  return { passed: faults.length === 0, detail: faults.join('; ') || `${all.length} endings` };
}

/** Starts the demo, ends it, and tells what is left of it. */
async function ended(trial: Trial, home: string, seen: Set<string>): Promise<readonly string[]> {
  const { signal, phase, after } = trial;
  const demo = await started(trial, home);
  const began = performance.now();
  let since = phase.since ? undefined : began;
  while (performance.now() < Math.min(began + longest * 1000, (since ?? Number.POSITIVE_INFINITY) + after * 1000)) {
    for (const directory of stacksIn(home)) seen.add(directory);
    if (phase.since?.test(demo.output())) since ??= performance.now();
    await pause(20);
  }
  for (const directory of stacksIn(home)) seen.add(directory);
  if (!demo.isRunning()) return [`it had ended by itself: ${demo.output().slice(-500)}`];
  process.kill(demo.pid, signal);
  const deadline = performance.now() + patience * 1000;
  while (performance.now() < deadline && leftOf(home, seen, signal).length > 0) await pause(200);
  const left = leftOf(home, seen, signal).map((what) => `${what} is left`);
  await demo.over;
  rmSync(join(home, 'clone'), { recursive: true, force: true });
  return since === undefined ? [`it never came to ${phase.name}`, ...left] : left;
}

type Started = {
  readonly pid: number;
  readonly output: () => string;
  readonly isRunning: () => boolean;
  readonly over: Promise<unknown>;
};

async function started({ to, phase }: Trial, home: string): Promise<Started> {
  const flags = phase.stays ? [] : ['--once'];
  const [command, args] =
    to === 'npm'
      ? ['npm', ['run', '--silent', 'demo', '--', ...flags, '--yes']]
      : [process.execPath, ['deploy/demo/main.ts', ...flags]];
  const clone = phase.fresh ? { folder: await freshClone(home) } : {};
  const { promise: begun, resolve } = Promise.withResolvers<number>();
  let output = '';
  const say = (text: string): void => {
    output += text;
  };
  const asked = { env: { TMPDIR: home }, sweep: false, atMost: longest + 60, say, started: resolve };
  let isRunning = true;
  const over = ownChild(command, args, { ...clone, ...asked }).finally(() => {
    isRunning = false;
  });
  return { pid: await begun, output: () => output, isRunning: () => isRunning, over };
}

/** The project as it was committed, with nothing installed. */
async function freshClone(home: string): Promise<string> {
  const folder = join(home, 'clone');
  rmSync(folder, { recursive: true, force: true });
  const { code, output } = await ownChild('git', ['clone', '--quiet', top, folder]);
  if (code !== 0) throw new Error(`the project could not be cloned: ${output}`);
  return folder;
}

const stacksIn = (home: string): readonly string[] =>
  readdirSync(home).filter((entry) => entry.startsWith('plimsoll-'));

/** After an outright kill directories and control groups stay until the next start. */
function leftOf(home: string, seen: ReadonlySet<string>, signal: NodeJS.Signals): readonly string[] {
  const processes = processesIn(home);
  if (signal === 'SIGKILL') return processes;
  const groups = globSync(['/sys/fs/cgroup/**/plimsoll-stack-*']).filter((path) =>
    [...seen].some((directory) => path.endsWith(directory)),
  );
  return [...processes, ...groups, ...stacksIn(home)];
}

/** Whatever works below the folder, or was started with it as the place for what is temporary. */
function processesIn(home: string): readonly string[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry) && entry !== `${process.pid}`)
    .filter((entry) => worksIn(entry, home))
    .map(
      (entry) =>
        `process ${entry} (${read(join('/proc', entry, 'cmdline'))
          .replaceAll('\0', ' ')
          .trim()})`,
    );
}

function worksIn(entry: string, home: string): boolean {
  const isDead = / [ZX] /.test(read(join('/proc', entry, 'stat')).replace(/\(.*\)/s, ''));
  if (isDead) return false;
  if (
    read(join('/proc', entry, 'environ'))
      .split('\0')
      .includes(`TMPDIR=${home}`)
  )
    return true;
  try {
    return readlinkSync(join('/proc', entry, 'cwd')).startsWith(home);
  } catch {
    return false;
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
