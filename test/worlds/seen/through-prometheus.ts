import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../../deploy/demo/ready.ts';
import { align } from '../../../src/align/align.ts';
import { collect } from '../../../src/collect/collect.ts';
import { prometheus } from '../../../src/collect/prometheus.ts';
import type { Collected } from '../../../src/model/collected.ts';
import type { Configuration } from '../../../src/model/configuration.ts';
import type { SampleSeries } from '../../../src/model/signal.ts';
import { systemClock } from '../../../src/world.ts';
import type { Judged } from './judge-world.ts';
import { openMetricsOf } from './open-metrics-of.ts';

/** What came of reading a world's series through a Prometheus: how many readings there are, and each that is not the same. */
export type Compared = { readonly readings: number; readonly different: readonly string[] };

/** Has the kernel end a process with the one that started it. */
const guard = 'setpriv';
const programs = ['promtool', 'prometheus'] as const;
/** How long a Prometheus may take until it answers (s). */
const longestStart = 60;

/** Which of the programs that this takes are not on the machine. */
export const missingPrograms = (): readonly string[] => programs.filter((program) => !isThere(program));

const isThere = (program: string): boolean =>
  spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;

/**
 * Has promtool write the series of a judged world as blocks, serves them from a Prometheus of its own, and reads them by the production source.
 * Everything that was started is ended, and everything that was written is removed.
 */
export async function throughPrometheus(judged: Judged): Promise<Compared> {
  const folder = await mkdtemp(join(tmpdir(), 'plimsoll-world-'));
  try {
    await importInto(folder, judged.series);
    await using server = await serve(folder);
    const collected = await collectedFrom(server.url, judged);
    return comparedWith(judged, collected);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function importInto(folder: string, series: readonly SampleSeries[]): Promise<void> {
  const text = join(folder, 'series.txt');
  await writeFile(text, openMetricsOf(series));
  const asked = [
    'tsdb',
    'create-blocks-from',
    'openmetrics',
    '--max-block-duration=24h',
    '-q',
    text,
    join(folder, 'data'),
  ];
  const { status, stderr } = spawnSync('nice', ['-n', '19', 'promtool', ...asked], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`promtool did not take the series: ${stderr.slice(-500)}`);
}

/** After everything else, and no longer than this process, however that ends. */
function modestly(): readonly [string, ...string[]] {
  const nice = ['nice', '-n', '19'] as const;
  return isThere(guard) ? [guard, '--pdeathsig', 'KILL', ...nice] : nice;
}

type Served = AsyncDisposable & { readonly url: string };

async function serve(folder: string): Promise<Served> {
  const port = await freePort();
  const file = join(folder, 'prometheus.yml');
  await writeFile(file, '{}\n');
  const told = [
    `--config.file=${file}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    '--storage.tsdb.retention.time=100y',
    `--web.listen-address=127.0.0.1:${port}`,
    '--log.level=warn',
  ];
  const [command, ...before] = modestly();
  const child = spawn(command, [...before, 'prometheus', ...told], { stdio: 'ignore' });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()));
  const killed = (): void => void child.kill('SIGKILL');
  process.once('exit', killed);
  const url = `http://127.0.0.1:${port}`;
  const served = {
    url,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await gone;
      process.off('exit', killed);
    },
  };
  try {
    await untilReady(url, child);
    return served;
  } catch (error) {
    await served[Symbol.asyncDispose]();
    throw error;
  }
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + longestStart * 1000;
  while (performance.now() < deadline && child.exitCode === null) {
    const answer = await fetch(`${url}/-/ready`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the Prometheus at ${url} did not come up`);
}

async function collectedFrom(url: string, { configuration, order, span }: Judged): Promise<Collected> {
  const source = prometheus(sourceAt(url, configuration), { clock: systemClock, random: Math.random });
  const reach = { sources: new Map([[source.name, source]]), packs: configuration.packs };
  return collect(reach, order, span, AbortSignal.timeout(longestStart * 1000));
}

function sourceAt(url: string, { prometheus: [configured] }: Configuration): Configuration['prometheus'][number] {
  if (!configured) throw new Error('the configuration names no Prometheus');
  return { ...configured, url };
}

/** Every reading of every window, and everything else that was collected, to the last digit. */
function comparedWith({ record, collected: here }: Judged, there: Collected): Compared {
  const [ours, theirs] = [here, there].map((collected) => readingsOf(record, collected));
  const keys = new Set([...(ours?.keys() ?? []), ...(theirs?.keys() ?? [])]);
  const different = [...keys].flatMap((key) => {
    const [one, other] = [ours?.get(key), theirs?.get(key)];
    return one === other ? [] : [`${key}: ${one} from memory, ${other} from Prometheus`];
  });
  return { readings: keys.size, different };
}

function readingsOf(record: Judged['record'], collected: Collected): ReadonlyMap<string, string> {
  const { rows } = align(record, collected);
  const readings = rows.flatMap(({ resource, at, role, readings: values, evidence }) =>
    values.map((value, window): readonly [string, string] => [
      `${resource.component}/${resource.resource} ${JSON.stringify(at)} ${role} ${evidence.source} in window ${window}`,
      JSON.stringify(value),
    ]),
  );
  const { signals: _, traffic, ...rest } = collected;
  const others = Object.entries({ ...rest, traffic: traffic && trafficOf(traffic) });
  return new Map([...readings, ...others.map(([key, value]) => [key, inOrder(value)] as const)]);
}

/** As text; in which order keys were put down does not matter. */
const inOrder = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );

const trafficOf = (traffic: NonNullable<Collected['traffic']>): object =>
  Object.fromEntries(
    Object.entries(traffic).map(([key, value]) => [key, typeof value === 'object' ? value.map(plain) : value]),
  );

/** Samples as lists. */
const plain = (
  one: SampleSeries | { readonly le: number; readonly series: SampleSeries } | string,
): object | string => {
  if (typeof one === 'string') return one;
  const { labels, times, values } = 'series' in one ? one.series : one;
  return { labels, times: [...times], values: [...values] };
};
