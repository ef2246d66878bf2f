import { chmodSync, globSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { seeded } from '../../src/model/random.ts';
import type { LabContext } from '../support/lab.ts';
import type { Short } from '../support/outcome.ts';
import { ownChild } from '../support/own-child.ts';

export const name = 'the demo, ended in any way at any moment, leaves no process, control group or directory';

type Way = { readonly signal: NodeJS.Signals; readonly to: 'the demo' | 'npm' };

/** The last is never an outright kill: what that leaves is removed by the next start. */
const ways: readonly Way[] = [
  { signal: 'SIGINT', to: 'the demo' },
  { signal: 'SIGKILL', to: 'the demo' },
  { signal: 'SIGTERM', to: 'npm' },
  { signal: 'SIGTERM', to: 'the demo' },
  { signal: 'SIGINT', to: 'npm' },
];

/** Instants at which it is ended; all twenty on request. Then it goes on for so long (s) that it reports, too. */
const instants = Number(process.env.PLIMSOLL_LAB_ENDINGS ?? 3);
const longest = instants >= 20 ? 150 : 20;
const seed = 1;
/** Seconds until nothing may be left. */
const patience = 10;

type Trial = Way & { readonly after: number };

/** Spread over the whole: one instant in each part of it. */
function trials(): readonly Trial[] {
  const random = seeded(seed);
  return Array.from({ length: instants }, (_, i) => {
    const after = (longest * (i + random())) / instants;
    const way = i === instants - 1 && ways[i % ways.length]?.signal === 'SIGKILL' ? ways[0] : ways[i % ways.length];
    return { signal: 'SIGINT', to: 'the demo', ...way, after };
  });
}

export async function run({ stop, say }: LabContext): Promise<Short> {
  const home = mkdtempSync('/tmp/plimsoll-lab-end-');
  chmodSync(home, 0o711);
  const faults: string[] = [];
  const seen = new Set<string>();
  for (const trial of trials()) {
    if (stop.aborted) break;
    const told = `${trial.signal} to ${trial.to} after ${trial.after.toFixed(1)} s`;
    say(`${told} (seed ${seed})`);
    const left = await ended(trial, home, seen);
    faults.push(...left.map((what) => `${told}: ${what} is left`));
  }
  rmSync(home, { recursive: true, force: true });
  return { passed: faults.length === 0, detail: faults.join('; ') || `${instants} endings` };
}

/** Starts the demo, ends it, and tells what is left of it. */
async function ended({ signal, to, after }: Trial, home: string, seen: Set<string>): Promise<readonly string[]> {
  const words =
    to === 'npm'
      ? (['npm', ['run', '--silent', 'demo', '--', '--once', '--yes']] as const)
      : ([process.execPath, ['deploy/demo/main.ts', '--once']] as const);
  let pid = 0;
  const started = (number: number) => {
    pid = number;
  };
  const over = ownChild(words[0], words[1], { env: { TMPDIR: home }, started, atMost: 2 * longest + 60 });
  const until = performance.now() + after * 1000;
  while (performance.now() < until) {
    for (const directory of stacksIn(home)) seen.add(directory);
    await pause(20);
  }
  for (const directory of stacksIn(home)) seen.add(directory);
  process.kill(pid, signal);
  const deadline = performance.now() + patience * 1000;
  while (performance.now() < deadline && leftOf(home, seen, signal).length > 0) await pause(200);
  const left = leftOf(home, seen, signal);
  await over;
  return left;
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
