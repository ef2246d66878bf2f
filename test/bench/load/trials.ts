import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Nginx } from './nginx.ts';
import type { StepLine } from './plimsoll.ts';
import { usedBy } from './process-tree.ts';
import type { Mode } from './scripts.ts';
import { ended } from './until.ts';

/** What a generator did that went as fast as it could; memory in bytes. */
export type Saturated = { readonly rate: number; readonly perCpuSecond: number; readonly resident: number };

/** The core that generators run on; nginx has the other. */
const core = 0;
/** Time (s) to start and to warm up, before anything is read. */
const warmUp = 2.5;

/** Starts a command on the generators' core, in quiet. */
export function onCore(command: readonly string[]): ChildProcess {
  return spawn('taskset', ['-c', String(core), ...command], { stdio: ['ignore', 'pipe', 'ignore'] });
}

/** Everything that a command says until it ends. */
export async function words(command: readonly string[]): Promise<string> {
  const child = onCore(command);
  const pieces: string[] = [];
  child.stdout?.on('data', (piece: Buffer) => pieces.push(piece.toString()));
  await once(child, 'close');
  return pieces.join('');
}

/** Lets a command run, and reads from outside what it did and used between the end of its warm-up and `length` seconds later. */
export async function saturated(nginx: Nginx, command: readonly string[], length: number): Promise<Saturated> {
  const child = onCore(command);
  child.stdout?.resume();
  try {
    await sleep(warmUp * 1000);
    const before = await reading(nginx, child);
    await sleep(length * 1000);
    const after = await reading(nginx, child);
    const answered = after.answered - before.answered;
    return {
      rate: answered / (after.at - before.at),
      perCpuSecond: answered / (after.cpu - before.cpu),
      resident: after.resident,
    };
  } finally {
    child.kill('SIGKILL');
    await ended(child);
  }
}

async function reading(nginx: Nginx, { pid }: ChildProcess) {
  if (pid === undefined) throw new Error('a generator did not start');
  const answered = await nginx.answered();
  return { at: performance.now() / 1000, answered, ...usedBy(pid) };
}

/** Our own engine, step by step. */
export type Steps = {
  /** The compiled engine. */
  readonly engine: string;
  readonly mode?: Mode;
  readonly port: number;
  readonly connections: number;
  readonly settle: number;
  readonly measure: number;
  readonly rates: readonly number[];
};

export const plimsoll = ({
  engine,
  mode = 'open',
  port,
  connections,
  settle,
  measure,
  rates,
}: Steps): readonly string[] => [
  process.execPath,
  engine,
  mode,
  ...[port, connections, settle, measure, ...rates.map(Math.round)].map(String),
];

/** What our engine tells of each of its steps. */
export async function stepped(steps: Steps): Promise<readonly StepLine[]> {
  const said = await words(plimsoll(steps));
  return said
    .trim()
    .split('\n')
    .map((line): StepLine => JSON.parse(line));
}
