import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { k6InSessions, openFolder, type Reported, rows } from './commands.ts';
import { freePort } from './free-port.ts';
import type { Found, Other } from './install.ts';
import { type Nginx, startNginx } from './nginx.ts';
import { usedBy } from './process-tree.ts';
import type { Generator, Round, Truth } from './results.ts';
import type { Mode } from './scripts.ts';
import { onCore, plimsoll, type Saturated, saturated, stepped, words } from './trials.ts';
import { ended, until } from './until.ts';

export const parts = ['speed', 'sessions', 'steps', 'memory', 'truth'] as const;
export type Part = (typeof parts)[number];

/** What one round is made with. */
export type Setting = {
  readonly parts: readonly Part[];
  readonly others: Readonly<Partial<Record<Other, Found>>>;
  readonly connections: number;
  /** Where the compiled engine and the bare ring are. */
  readonly script: (name: string) => string;
  /** How long (s) each reading takes. */
  readonly length: number;
  readonly say: (text: string) => void;
};

/** The core of whatever is loaded. */
const served = 1;
/** More than our engine can do with one core. */
const usual = 200_000;
const shares = [0.25, 0.5, 0.65, 0.8, 0.9, 1] as const;
const delays = [1, 20] as const;
/** A rate that leaves every generator in peace, 1/s; the others are told the same where they know rates. */
const gentleRate = 200;
const [few, many] = [500, 4500] as const;

/** One round of everything that was asked for. */
export async function round(setting: Setting): Promise<Round> {
  const asked = (part: Part): boolean => setting.parts.includes(part);
  return {
    ...(asked('speed') || asked('sessions') || asked('steps') ? await onNginx(setting) : {}),
    ...(asked('memory') ? { perInFlight: await perInFlight(setting) } : {}),
    ...(asked('truth') ? { truth: await truths(setting) } : {}),
  };
}

/** What is measured against nginx. */
async function onNginx(setting: Setting): Promise<Round> {
  const asked = (part: Part): boolean => setting.parts.includes(part);
  await using nginx = await startNginx(served);
  const saturated = asked('speed') ? await speeds(nginx, setting) : {};
  const sessions = asked('sessions') ? await inSessions(nginx, setting) : undefined;
  const most = saturated.plimsoll ?? (asked('steps') ? await fastest(nginx, setting, 'open', usual) : undefined);
  const stepwise = most && asked('steps') ? await steps(nginx, setting, most.rate) : {};
  return { saturated, ...(sessions === undefined ? {} : { sessions }), ...stepwise };
}

/** Our engine as fast as it can. */
const fastest = (
  nginx: Nginx,
  { script, connections, length }: Setting,
  mode: Mode,
  rate: number,
): Promise<Saturated> => {
  const told = { engine: script('plimsoll'), mode, port: nginx.port, connections };
  return saturated(nginx, plimsoll({ ...told, settle: 0, measure: 3600, rates: [rate] }), length);
};

const inWords = ({ rate, perCpuSecond, resident }: Saturated): string =>
  `${Math.round(rate)}/s, ${Math.round(perCpuSecond)} a CPU-second, ${Math.round(resident / 1e6)} MB`;

/** Requests, not walks, a second. */
async function inSessions(nginx: Nginx, setting: Setting): Promise<NonNullable<Round['sessions']>> {
  const { others, connections, length, say } = setting;
  using folder = openFolder();
  const ours = await fastest(nginx, setting, 'sessions', usual);
  say(`sessions: ${inWords(ours)}`);
  const { k6 } = others;
  if (k6 === undefined || !('path' in k6)) return { plimsoll: ours };
  const command = k6InSessions(k6.path, `http://127.0.0.1:${nginx.port}`, connections, folder.path);
  const theirs = await saturated(nginx, command, length);
  say(`sessions, k6: ${inWords(theirs)}`);
  return { plimsoll: ours, k6: theirs };
}

async function speeds(nginx: Nginx, setting: Setting): Promise<Partial<Record<Generator, Saturated>>> {
  const { script, connections, length, others, say } = setting;
  using folder = openFolder();
  const url = `http://127.0.0.1:${nginx.port}`;
  const results: Partial<Record<Generator, Saturated>> = {};
  const keep = (name: Generator, result: Saturated): void => {
    results[name] = result;
    say(`${name}: ${inWords(result)}`);
  };
  const ring = [process.execPath, script('bare-ring'), String(nginx.port), String(connections)];
  keep('bare', await saturated(nginx, ring, length));
  const users = await fastest(nginx, setting, 'users', usual);
  keep('users', users);
  // Arrivals come as fast as users sent who waited for nothing.
  keep('plimsoll', await fastest(nginx, setting, 'open', users.rate));
  for (const [name, path] of there(others))
    keep(name, await saturated(nginx, rows[name].saturating(path, url, connections, folder.path), length));
  return results;
}

function there(others: Setting['others']): readonly (readonly [Other, string])[] {
  const names = Object.keys(others).filter((name): name is Other => name in rows);
  return names.flatMap((name) => {
    const found = others[name];
    return found !== undefined && 'path' in found ? [[name, found.path] as const] : [];
  });
}

async function steps(
  nginx: Nginx,
  { script, connections, length, say }: Setting,
  most: number,
): Promise<Pick<Round, 'steps' | 'tenThousand'>> {
  const common = { engine: script('plimsoll'), port: nginx.port, connections, settle: 1, measure: length };
  const lines = await stepped({ ...common, rates: shares.map((share) => share * most) });
  const told = lines.map((line, at) => ({ ...line, share: shares[at] ?? Number.NaN }));
  for (const { share, rate, throughput, lag, verdict } of told)
    say(
      `at ${share}: ${rate}/s offered, ${Math.round(throughput)} carried, lag ${lag.map((ms) => ms.toFixed(2)).join(' / ')} ms, ${verdict}`,
    );
  const [tenThousand] = await stepped({ ...common, rates: [10_000] });
  if (tenThousand !== undefined) say(`at 10 000/s: ${Math.round(tenThousand.resident / 1e6)} MB`);
  return { steps: told, ...(tenThousand ? { tenThousand } : {}) };
}

/** Resident bytes that each further request in flight takes, from a few and from many of them. */
async function perInFlight({ script, say }: Setting): Promise<NonNullable<Round['perInFlight']>> {
  await using slow = await startDelaying(5000);
  const bare = (count: number) => resident([process.execPath, script('bare-ring'), String(slow.port), String(count)]);
  const ours = (count: number) =>
    resident(
      plimsoll({
        engine: script('plimsoll'),
        port: slow.port,
        connections: count,
        settle: 0,
        measure: 60,
        rates: [count / 5],
      }),
    );
  const slope = async (of: (count: number) => Promise<number>): Promise<number> =>
    ((await of(many)) - (await of(few))) / (many - few);
  const told = { plimsoll: await slope(ours), bare: await slope(bare) };
  say(`a request in flight: ${Math.round(told.plimsoll)} bytes, in the bare ring ${Math.round(told.bare)}`);
  return told;
}

/** The memory of a command once all its requests are in flight. */
async function resident(command: readonly string[]): Promise<number> {
  const child = onCore(command);
  child.stdout?.resume();
  try {
    await sleep(8000);
    return child.pid === undefined ? Number.NaN : usedBy(child.pid).resident;
  } finally {
    child.kill('SIGKILL');
    await ended(child);
  }
}

async function truths(setting: Setting): Promise<readonly Truth[]> {
  const told: Truth[] = [];
  for (const delay of delays) told.push(await truth(setting, delay));
  return told;
}

async function truth({ script, length, others, say }: Setting, delay: number): Promise<Truth> {
  await using server = await startDelaying(delay);
  const url = `http://127.0.0.1:${server.port}`;
  await server.injected();
  const [line] = await stepped({
    engine: script('plimsoll'),
    port: server.port,
    connections: 64,
    settle: 1,
    measure: length,
    rates: [gentleRate],
  });
  if (line === undefined) throw new Error('our engine told nothing');
  const injected = await server.injected();
  using folder = openFolder();
  const reports: Partial<Record<Other, Reported>> = {};
  for (const [name, path] of there(others)) {
    const { gentle, reported } = rows[name];
    reports[name] = reported(await words(gentle(path, url, length, folder.path)), folder.path);
  }
  const told = Object.entries(reports).map(([name, [p50]]) => `${name} ${p50.toFixed(2)}`);
  say(
    `${delay} ms, really ${injected[0].toFixed(3)}: ours ${line.service[0].toFixed(3)} (lag ${line.lag[0].toFixed(3)}), ${told.join(', ')}`,
  );
  return { delay, injected, service: line.service, response: line.response, lag: line.lag, others: reports };
}

/** A server that takes its time, in milliseconds, on the core of its own. */
async function startDelaying(delay: number) {
  const port = await freePort();
  const child = spawn(
    'taskset',
    [
      '-c',
      String(served),
      process.execPath,
      join(import.meta.dirname, 'delaying.ts'),
      String(port),
      String(delay / 1000),
    ],
    {
      stdio: 'ignore',
    },
  );
  const injected = async (): Promise<Reported> => {
    const text = await (await fetch(`http://127.0.0.1:${port}/injected`)).text();
    const [p50 = Number.NaN, p99 = Number.NaN]: readonly number[] = JSON.parse(text);
    return [p50 * 1000, p99 * 1000];
  };
  await until('the delaying server answers', () => injected().catch(() => undefined));
  return {
    port,
    injected,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await ended(child);
    },
  };
}
