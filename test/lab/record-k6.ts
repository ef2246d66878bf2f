import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { openStack, type Stack } from '../../deploy/demo/stack.ts';
import { commandsOf } from '../../src/app.ts';
import { loadConfiguration } from '../../src/config/load-configuration.ts';
import type { Configuration } from '../../src/model/configuration.ts';
import type { Report } from '../../src/model/report.ts';
import type { Span } from '../../src/model/span.ts';
import { conduct } from '../../src/run/conduct.ts';
import { prepareProbe } from '../../src/runs.ts';
import { worldOf } from '../../src/world.ts';
import { carries, configurationFor, type Kind, sizes } from './k6-configuration.ts';
import { writeRecording } from './recording.ts';
import { keep, loadedBy, observedAs, say, told } from './under-others.ts';

/**
 * node test/lab/record-k6.ts K6 [browse|visit|members] [own|k6|both] [FOLDER]: the same shop under Plimsoll's own load and under a real k6 with what "generate k6"
 * wrote, each judged, or one of them. K6 is the program. What k6 pushed while it browsed is kept as a recording; all that was judged is, where a folder is named.
 */
const [k6 = 'k6', asked, only, folder] = process.argv.slice(2);
const kind: Kind = asked === 'visit' || asked === 'members' ? asked : 'browse';
const file = 'recordings/k6/bouncer-pool.json.gz';
const ending = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => ending.abort(new Error(signal)));
/** Until everything was scraped twice, so that the interval is known (ms). */
const firstScrapes = 6000;
const symptoms = ['api / pool'];
const expected = { verdict: 'saturated', first: 'bouncer / server-pool', symptoms, capacity: carries[kind] };

await using stack = await openStack({ ...sizes[kind], seed: 1 }, { say, signal: ending.signal });
const path = join(stack.directory, 'k6.yaml');
writeFileSync(path, configurationFor(stack.urls, kind));
const configuration = await loadConfiguration(path);
const world = worldOf(configuration);
const version = '0.1.0';
await pause(firstScrapes);

if (only !== 'k6') {
  const report = await own(configuration);
  told('own load', report);
  if (folder !== undefined) writeFileSync(join(folder, 'own.json'), JSON.stringify(report));
  await pause(10_000);
}
if (only !== 'own') {
  const span = await byK6(stack);
  for (const target of ['shop-by-itself', 'shop-by-k6']) {
    const seen = await observedAs({ target, window: span, expected }, configuration, ending.signal);
    told(`k6, ${target}`, seen.report);
    if (target === 'shop-by-k6' && kind === 'browse') keep(file, seen, stack.directory);
    if (folder !== undefined) writeRecording(pathToFileURL(join(folder, `${target}-under-k6.json.gz`)), seen.recording);
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
  const args = ['run', '--out', 'experimental-prometheus-rw', '--no-usage-report', '--tag', 'testid=lab', 'main.js'];
  return await loadedBy({ program: k6, args, cwd: directory, env }, ending.signal);
}

/** The variables of the TestRun, so that what runs here is what would run there. */
function environmentIn(text: string): Readonly<Record<string, string>> {
  const found = [...text.matchAll(/\{ name: (K6_\w+), value: "([^"]*)" \}/g)];
  return Object.fromEntries(found.map(([, name = '', value = '']) => [name, value]));
}
