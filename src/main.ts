import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { inspect } from 'node:util';
import { CommanderError } from 'commander';
import { buildProgram } from './cli/build-program.ts';
import { exitCodes } from './cli/exit-codes.ts';
import type { Channel, Generated } from './cli/handed.ts';
import { fault, faults, PlimsollFault } from './faults.ts';
import { epoch } from './model/units.ts';
import { places } from './places.ts';

const signalCodes = { SIGINT: exitCodes.interrupted, SIGTERM: exitCodes.terminated, SIGHUP: 129 } as const;
const patience = 1000;
const lastCall = 5000;

let code: number = exitCodes.answered;
let ended: number | undefined;

/** The first signal stops in order. A Ctrl-C often arrives twice, so a second one means "now" only after a second. */
function stopOnSignals(): AbortSignal {
  const stopping = new AbortController();
  let first = 0;
  for (const [signal, exit] of Object.entries(signalCodes)) {
    process.on(signal, () => {
      if (ended !== undefined && performance.now() - first > patience) process.exit(exit);
      if (ended !== undefined) return;
      ended = exit;
      first = performance.now();
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

/** A reader that went away, as `head` does, is no fault. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(code);
  throw error;
});

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
