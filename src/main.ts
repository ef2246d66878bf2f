import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { inspect } from 'node:util';
import { CommanderError } from 'commander';
import { buildProgram } from './cli/build-program.ts';
import { exitCodes } from './cli/exit-codes.ts';
import type { Channel, Generated } from './cli/handed.ts';
import { meaningOfSignal } from './cli/meaning-of-signal.ts';
import { fault, faults, PlimsollFault } from './faults.ts';
import { epoch, type Seconds, seconds } from './model/units.ts';
import { places } from './places.ts';

const signalCodes = { SIGINT: exitCodes.interrupted, SIGTERM: exitCodes.terminated, SIGHUP: exitCodes.hungUp } as const;
/** How long what is left over may keep the process alive once everything is told, in ms. */
const lastCall = 5000;

let code: number = exitCodes.answered;
let ended: number | undefined;

function stopOnSignals(): AbortSignal {
  const stopping = new AbortController();
  let first: Seconds | undefined;
  for (const [signal, exit] of Object.entries(signalCodes)) {
    process.on(signal, () => {
      const now = seconds(performance.now() / 1000);
      const meaning = meaningOfSignal(first, now);
      if (meaning === 'now') process.exit(exit);
      if (meaning === 'echo') return;
      first = now;
      ended = exit;
      stopping.abort(fault('USAGE', [`stopped by ${signal}`]));
    });
  }
  return stopping.signal;
}

const channel = (stream: NodeJS.WriteStream): Channel => ({
  write: (text) => void stream.write(text),
  isTerminal: stream.isTTY === true && !process.env.CI,
  columns: stream.columns ?? 100,
  colour: stream.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb',
});

async function keep(folder: string, file: Generated): Promise<string> {
  const path = join(folder, file.path);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, file.text);
  return path;
}

async function create(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx' });
  } catch (error) {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    const why = isThere ? 'there is such a file already, and nothing is written over' : String(error);
    throw fault('USAGE', [`${path} was not written: ${why}`], error);
  }
}

async function versionOf(manifest: URL): Promise<string> {
  const { version }: { readonly version: string } = JSON.parse(await readFile(manifest, 'utf8'));
  return version;
}

/** One sentence for what went wrong, and the exit code that goes with it. */
function tell(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.answered : exitCodes.usage;
  const known = error instanceof PlimsollFault ? error : fault('INTERNAL', [String(error)], error);
  const wasStopped = known.code === 'INTERNAL' && ended !== undefined;
  process.stderr.write(`plimsoll: ${wasStopped ? 'stopped before there was a result' : known.message}\n`);
  if (process.env.PLIMSOLL_DEBUG) process.stderr.write(`${inspect(known)}\n`);
  return faults[known.code].exit;
}

/** A reader that went away, as `head` does, is no fault; neither is a terminal that was closed. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(code);
  throw error;
});
process.stderr.on('error', () => {});
process.on('uncaughtException', (error) => process.exit(tell(error)));

try {
  const version = await versionOf(places.manifest);
  const program = buildProgram({
    version,
    config: process.env.PLIMSOLL_CONFIG ?? 'plimsoll.yaml',
    stdout: channel(process.stdout),
    stderr: channel(process.stderr),
    now: () => epoch(Date.now() / 1000),
    stop: stopOnSignals(),
    keep,
    create,
    exit: (told) => {
      code = told;
    },
    commands: async () => (await import('./app.ts')).commandsOf({ version, env: process.env }),
  });
  await program.parseAsync(process.argv.slice(2), { from: 'user' });
} catch (error) {
  code = tell(error);
}
process.exitCode = ended ?? code;
setTimeout(() => process.exit(), lastCall).unref();
