import { readFileSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename } from 'node:path';
import { calibrate } from '../../deploy/demo/calibrate.ts';
import { openStack, type Stack } from '../../deploy/demo/stack.ts';
import { loadConfiguration } from '../../src/config/load-configuration.ts';
import type { Collected } from '../../src/model/collected.ts';
import type { Configuration, LoadSource } from '../../src/model/configuration.ts';
import type { LoadRecord, Recovery, StepRecord } from '../../src/model/load-record.ts';
import type { Span } from '../../src/model/span.ts';
import { epoch, type Seconds, seconds } from '../../src/model/units.ts';
import type { Load } from '../../src/model/world.ts';
import { conclude } from '../../src/run/conclude.ts';
import { conduct } from '../../src/run/conduct.ts';
import { prepareProbe } from '../../src/runs.ts';
import { worldOf } from '../../src/world.ts';
import { generatorUnder } from './generator-quota.ts';
import { type Expected, pack, type Recording, unpack, writeRecording } from './recording.ts';
import { generous, type SetUp, setUps } from './set-ups.ts';

/** After the load it is read on for so long that a late source shows the last window too. */
const readOn = 12;

const ending = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => ending.abort(new Error(signal)));
const say = (text: string) => void process.stderr.write(`${text}\n`);
const wanted = process.argv.slice(2);
const chosen = setUps.filter(({ name }) => wanted.length === 0 || wanted.includes(name));

for (const one of chosen) {
  await using stack = await openStack({ ...generous, ...one.built, seed: 1 }, { say, signal: ending.signal });
  const costs = await calibrate(stack.urls, ending.signal);
  await stack.resize(one.sizes(costs));
  const { recording, sentence } = await recorded(
    one,
    await loadConfiguration(stack.configuration),
    one.expected(costs),
  );
  const file = new URL(`recordings/${one.name}.json.gz`, import.meta.url);
  writeRecording(file, withoutPlace(recording, stack));
  say(`${one.name}: ${sentence} (${Math.round(statSync(file).size / 1024)} KiB)`);
}

async function recorded(
  one: SetUp,
  from: Configuration,
  expected: Expected,
): Promise<{ recording: Recording; sentence: string }> {
  const { order } = await prepareProbe(
    { configuration: withPlan(from, one), version: versionOf() },
    'shop',
    {},
    ending.signal,
  );
  const world = worldOf(from);
  const steps: StepRecord[] = [];
  let recovery: Recovery | undefined;
  let seen: { readonly collected: Collected; readonly span: Span } | undefined;
  const watched = (load: Load): Load => ({
    tally: () => load.tally(),
    step: () => load.step(),
    phase: () => load.phase(),
    offer: async (step, stop) => {
      const records = await load.offer(step, stop);
      const [record] = records;
      say(
        `  ${one.name} ${step.index + 1}/${one.rates.length}: ${record.offered.toFixed(0)}/s offered, ${record.goodput.toFixed(0)}/s good`,
      );
      steps.push(...records);
      return records;
    },
    watch: async (...asked) => {
      recovery = await load.watch(...asked);
      return recovery;
    },
    [Symbol.asyncDispose]: () => load[Symbol.asyncDispose](),
  });
  await using generator = generatorUnder(one.quotaGenerator, ending.signal);
  using _checks = checking(order.load.script.origin, one.checks);
  const began = world.clock.now();
  const report = await conduct(
    order,
    {
      ...world,
      openLoad: async (script, stop) => {
        generator.enter();
        return watched(await world.openLoad(script, stop));
      },
      collect: async (asked, span, stop) => {
        generator.leave();
        await world.clock.sleep(seconds(one.measure >= 60 ? 3 * readOn : readOn), stop);
        const collected = await world.collect(asked, { from: span.from, to: world.clock.now() }, stop);
        seen = { collected, span };
        return collected;
      },
    },
    { stop: ending.signal, abandon: ending.signal },
    () => {},
  );
  ending.signal.throwIfAborted();
  if (seen === undefined) throw new Error(`${one.name}: nothing was collected`);
  const end = steps.at(-1)?.span.to ?? epoch(began);
  const record: LoadRecord = {
    axis: 'arrivals',
    span: { from: epoch(began), to: end },
    windows: steps.map(withoutHistograms),
    stopped: report.load.stopped ?? undefined,
    recovery,
    notes: [],
  };
  const recording: Recording = { expected, order, record, collected: seen.collected };
  const again = conclude(order, record, unpack(pack(recording)).collected).verdict.sentence;
  if (again !== report.verdict.sentence)
    throw new Error(`${one.name} is judged otherwise from its recording: ${again}`);
  return { recording, sentence: report.verdict.sentence };
}

/** What an orchestrator asks beside the load; nobody waits for the answers. */
function checking(origin: string, checks: SetUp['checks']): Disposable {
  if (checks === undefined) return { [Symbol.dispose]: () => {} };
  const timer = setInterval(() => void fetch(`${origin}${checks.path}`).catch(() => {}), checks.every * 1e3);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

function withPlan(from: Configuration, { rates, measure, paths }: SetUp): Configuration {
  const phases: { settle: Seconds; measure: Seconds } = { settle: seconds(4), measure: seconds(measure) };
  const open = { name: 'recording', kind: 'staircase', model: 'open', think: undefined, spawn: undefined } as const;
  const shape = { ...open, from: undefined, to: undefined, factor: undefined, levels: rates, ...phases };
  const targets = from.targets.map((target) =>
    target.load === undefined
      ? target
      : {
          ...target,
          load: {
            ...asking(target.load, paths),
            plan: {
              ...shape,
              arrivals: target.load.plan.arrivals,
              seed: target.load.plan.seed,
              overloadedSteps: undefined,
            },
          },
        },
  );
  return { ...from, targets };
}

/** The same kind of request, for other paths. */
function asking(load: LoadSource, paths: SetUp['paths']): LoadSource {
  const requests = Object.entries(paths ?? {}).flatMap(([path, weight], i) =>
    load.requests.map((request) => ({
      ...request,
      name: `${request.name}-${i}`,
      weight,
      steps: request.steps.map((step) => ({ ...step, path })),
    })),
  );
  return requests.length === 0 ? load : { ...load, requests };
}

/** No verdict rests on them, and they are most of what a step weighs. */
function withoutHistograms(step: StepRecord): StepRecord {
  const none = { unit: 'us', counts: [] } as const;
  return { ...step, response: none, service: none, lag: none };
}

/** The machine's own name and folders say nothing to others. */
function withoutPlace(recording: Recording, { directory }: Stack): Recording {
  const name = new RegExp(`(?<!\\w)${RegExp.escape(hostname())}(?!\\w)`, 'g');
  const text = pack(recording).replaceAll(directory, '/stack').replaceAll(basename(directory), 'stack');
  return unpack(text.replaceAll(name, 'node-1'));
}

function versionOf(): string {
  const manifest: { readonly version: string } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  );
  return manifest.version;
}
