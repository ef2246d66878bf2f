import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Configuration } from '../../src/model/configuration.ts';
import type { Report } from '../../src/model/report.ts';
import type { Span } from '../../src/model/span.ts';
import { epoch } from '../../src/model/units.ts';
import { conclude } from '../../src/run/conclude.ts';
import { witnessed } from '../../src/run/witness.ts';
import { prepareObservation } from '../../src/runs.ts';
import { systemClock, worldOf } from '../../src/world.ts';
import { type Expected, pack, type Recording, unpack, writeRecording } from './recording.ts';

/** What is pushed last, and what is scraped late, is there after so many milliseconds. */
const readOn = 8000;

export const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** Another generator: its program, its arguments, where it runs and with which variables beside our own. */
export type Generator = {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
};

/** Lets another generator load the shop to its end, and tells when that was. */
export async function loadedBy({ program, args, cwd, env }: Generator, signal: AbortSignal): Promise<Span> {
  const from = systemClock.now();
  const stdio: ['ignore', 'pipe', 'inherit'] = ['ignore', 'pipe', 'inherit'];
  const child = spawn(program, [...args], { cwd, env: { ...process.env, ...env }, stdio, signal });
  let said = '';
  child.stdout.on('data', (text: Buffer) => {
    said += text;
  });
  const [code] = await once(child, 'exit');
  say(`it ended with ${code}\n${said.slice(-2500)}`);
  await pause(readOn);
  return { from, to: epoch(systemClock.now() - 1) };
}

type Asked = { readonly target: string; readonly window: Span; readonly expected: Expected };

/** Judges what another generator did as `observe` does, and gathers what that rested on. */
export async function observedAs(
  { target, window, expected }: Asked,
  configuration: Configuration,
  signal: AbortSignal,
): Promise<{ readonly report: Report; readonly recording: Recording }> {
  const { order } = await prepareObservation({ configuration, version: '0.1.0' }, target, window, signal);
  const collected = await worldOf(configuration).collect(order, window, signal);
  const record = witnessed(collected, window);
  return { report: conclude(order, record, collected), recording: { expected, order, record, collected } };
}

export function told(what: string, { verdict, capacity, load }: Report): void {
  say(`${what}: ${verdict.sentence}`);
  say(`  capacity ${JSON.stringify(capacity)}`);
  for (const step of load.steps) say(`  ${JSON.stringify(step).slice(0, 300)}`);
}

/** Keeps a recording without the folder of its stack, once it is judged the same from what is kept. */
export function keep(
  file: string,
  { recording, report }: Awaited<ReturnType<typeof observedAs>>,
  directory: string,
): void {
  const again = unpack(pack(recording).replaceAll(directory, '/stack'));
  const { sentence } = conclude(again.order, again.record, again.collected).verdict;
  if (sentence !== report.verdict.sentence) throw new Error(`it is judged otherwise from its recording: ${sentence}`);
  const kept = new URL(file, import.meta.url);
  writeRecording(kept, again);
  say(`${file}: ${Math.round(statSync(kept).size / 1024)} KiB`);
}
