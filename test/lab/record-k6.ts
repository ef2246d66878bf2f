import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openStack, type Stack } from '../../deploy/demo/stack.ts';
import { commandsOf } from '../../src/app.ts';
import { loadConfiguration } from '../../src/config/load-configuration.ts';
import type { Configuration } from '../../src/model/configuration.ts';
import type { Report } from '../../src/model/report.ts';
import type { Span } from '../../src/model/span.ts';
import { epoch } from '../../src/model/units.ts';
import { conclude } from '../../src/run/conclude.ts';
import { conduct } from '../../src/run/conduct.ts';
import { witnessed } from '../../src/run/witness.ts';
import { prepareObservation, prepareProbe } from '../../src/runs.ts';
import { systemClock, worldOf } from '../../src/world.ts';
import { configurationFor, type Kind, sizes } from './k6-configuration.ts';
import { pack, type Recording, unpack, writeRecording } from './recording.ts';

/**
 * node test/lab/record-k6.ts K6 [browse|visit] [own|k6]: the same shop under Plimsoll's own load and under a real k6 with what "generate k6" wrote, each
 * judged, or one of them. K6 is the program. What k6 pushed while it browsed is kept as a recording.
 */
const [k6 = 'k6', asked, only] = process.argv.slice(2);
const kind: Kind = asked === 'visit' ? 'visit' : 'browse';
const file = 'recordings/k6/bouncer-pool.json.gz';
const ending = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => ending.abort(new Error(signal)));
const say = (text: string) => void process.stderr.write(`${text}\n`);
/** What is pushed last, and what is scraped late, is there after so many milliseconds. */
const readOn = 8000;

await using stack = await openStack({ ...sizes, seed: 1 }, { say, signal: ending.signal });
const path = join(stack.directory, 'k6.yaml');
writeFileSync(path, configurationFor(stack.urls, kind));
const configuration = await loadConfiguration(path);
const world = worldOf(configuration);
const version = '0.1.0';

if (only !== 'k6') {
  told('own load', await own(configuration));
  await pause(10_000);
}
if (only !== 'own') {
  const span = await byK6(stack);
  for (const target of ['shop-by-itself', 'shop-by-k6']) {
    const { report, recording } = await observedAs(target, span);
    told(`k6, ${target}`, report);
    if (target === 'shop-by-k6' && kind === 'browse') keep(recording, report);
  }
}

async function own(from: Configuration): Promise<Report> {
  const { order } = await prepareProbe({ configuration: from, version }, 'shop-by-itself', {}, ending.signal);
  return await conduct(order, world, { stop: ending.signal, abandon: ending.signal }, () => {});
}

async function byK6({ directory, urls }: Stack): Promise<Span> {
  const commands = commandsOf({ version, env: process.env });
  const wish = { target: 'shop-by-k6', runners: 1, writeTo: `${urls.prometheus}/api/v1/write` };
  const { files, notes } = await commands.generateK6(path, wish, ending.signal);
  for (const note of notes) say(`note: ${note}`);
  for (const { path: name, text } of files) writeFileSync(join(directory, name.split('/').at(-1) ?? ''), text);
  const env = environmentIn(files.find(({ path: name }) => name.endsWith('testrun.yaml'))?.text ?? '');
  const from = systemClock.now();
  const args = ['run', '--out', 'experimental-prometheus-rw', '--no-usage-report', '--tag', 'testid=lab', 'main.js'];
  const child = spawn(k6, args, {
    cwd: directory,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
    signal: ending.signal,
  });
  let said = '';
  child.stdout.on('data', (text: Buffer) => {
    said += text;
  });
  const [code] = await once(child, 'exit');
  say(`k6 ended with ${code}\n${said.slice(-2500)}`);
  await pause(readOn);
  return { from, to: epoch(systemClock.now() - 1) };
}

/** The variables of the TestRun, so that what runs here is what would run there. */
function environmentIn(text: string): Readonly<Record<string, string>> {
  const found = [...text.matchAll(/\{ name: (K6_\w+), value: "([^"]*)" \}/g)];
  return Object.fromEntries(found.map(([, name = '', value = '']) => [name, value]));
}

async function observedAs(target: string, window: Span) {
  const { order } = await prepareObservation({ configuration, version }, target, window, ending.signal);
  const collected = await world.collect(order, window, ending.signal);
  const record = witnessed(collected, window);
  const report = conclude(order, record, collected);
  const expected = { verdict: 'saturated', first: 'bouncer / server-pool', symptoms: ['api / pool'], capacity: 38 };
  return { report, recording: { expected, order, record, collected } };
}

function told(what: string, { verdict, capacity, load }: Report): void {
  say(`${what}: ${verdict.sentence}`);
  say(`  capacity ${JSON.stringify(capacity)}`);
  for (const step of load.steps) say(`  ${JSON.stringify(step).slice(0, 300)}`);
}

function keep(recording: Recording, { verdict }: Report): void {
  const again = unpack(pack(recording).replaceAll(stack.directory, '/stack'));
  const sentence = conclude(again.order, again.record, again.collected).verdict.sentence;
  if (sentence !== verdict.sentence) throw new Error(`it is judged otherwise from its recording: ${sentence}`);
  const kept = new URL(file, import.meta.url);
  writeRecording(kept, again);
  say(`${file}: ${Math.round(statSync(kept).size / 1024)} KiB`);
}
