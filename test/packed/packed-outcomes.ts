import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { failed, type Outcome, passed } from '../support/outcome.ts';
import { ownChild } from '../support/own-child.ts';
import { hostEnvironment, install } from './install.ts';
import { type Loopback, openPrometheus, openShop } from './loopback.ts';

/** Requests until it is stopped: two seconds of them, where the machine keeps up. */
const enough = 40;
/** Requests of one second. */
const aSecond = 20;
/** Milliseconds. */
const longestEnd = 20_000;
const longestStart = 30_000;
const atMost = 90;

type Installed = { readonly program: string; readonly folder: string; readonly shop: Loopback };

/**
 * Installs the package as a user would and tries it: version, a configuration, two seconds of load
 * through its worker thread, and the service.
 */
export async function packedOutcomes(): Promise<readonly Outcome[]> {
  const folder = await mkdtemp(join(tmpdir(), 'plimsoll-packed-'));
  try {
    await using shop = await openShop();
    await using prometheus = await openPrometheus();
    await writeFile(join(folder, 'plimsoll.yaml'), configuration(shop.url, prometheus.url));
    const program = await install(folder);
    const installed = { program, folder, shop };
    return [await hasVersion(installed), await checks(installed), await runs(installed), await serves(installed)];
  } catch (error) {
    return [failed('packed install', String(error))];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const configuration = (shop: string, prometheus: string) => `apiVersion: plimsoll.dev/v1
prometheus:
  - { name: main, url: ${prometheus} }
http: { port: 0 }
targets:
  - name: shop
    components:
      - { name: api, signals: [ { pack: nodejs, select: { job: shop } } ] }
    load:
      url: ${shop}
      plan: { kind: staircase, rates: [20/s] }
      requests:
        - { name: browse, path: / }
`;

async function hasVersion({ program, folder }: Installed): Promise<Outcome> {
  const name = 'packed: --version';
  const { code, output } = await ownChild(program, ['--version'], { folder, env: hostEnvironment(), atMost });
  return code === 0 && /^\d+\.\d+\.\d+\n$/.test(output) ? passed(name) : failed(name, `exit ${code}\n${output}`);
}

async function checks({ program, folder }: Installed): Promise<Outcome> {
  const name = 'packed: check';
  const { code, output } = await ownChild(program, ['check'], { folder, env: hostEnvironment(), atMost });
  return code === 0 ? passed(name) : failed(name, `exit ${code}\n${output}`);
}

/** After two seconds of load a Ctrl-C: the load ends within a second, counted in requests since a machine may stand still, and a partial report is there. */
async function runs({ program, folder, shop }: Installed): Promise<Outcome> {
  const name = 'packed: two seconds of run';
  let stopped = 0;
  let hasEnded = false;
  const stopSoon = async (pid: number) => {
    const deadline = performance.now() + longestStart;
    while (!hasEnded && shop.arrivals.length < enough && performance.now() < deadline) await sleep(50);
    stopped = performance.now();
    if (!hasEnded) process.kill(-pid, 'SIGINT');
  };
  const { code, output } = await ownChild(program, ['run', 'shop', '-o', 'json', '--quiet'], {
    folder,
    env: hostEnvironment(),
    atMost,
    started: (pid) => void stopSoon(pid),
  });
  hasEnded = true;
  const late = shop.arrivals.filter((at) => at > stopped).length;
  const isPartial = /"state":\s*"aborted"/.test(output);
  if (code === 130 && isPartial && shop.arrivals.length >= enough && late <= aSecond) return passed(name);
  return failed(
    name,
    `exit ${code} (130 is right), ${shop.arrivals.length} requests (${enough} or more), ${late} of them after the stop (${aSecond} or fewer)\n${output.slice(-3000)}`,
  );
}

/** The service tells its address, answers, and ends in order on SIGTERM. */
async function serves({ program, folder }: Installed): Promise<Outcome> {
  const name = 'packed: serve';
  const answers: string[] = [];
  let pid = 0;
  let stopped = Number.POSITIVE_INFINITY;
  const askAndStop = async (url: string) => {
    for (const page of ['/-/healthy', '/metrics']) {
      const answer = await fetch(`${url}${page}`).then(({ status }) => `${status}`, String);
      answers.push(`${page} ${answer}`);
    }
    stopped = performance.now();
    process.kill(pid, 'SIGTERM');
  };
  let heard = '';
  const say = (text: string) => {
    const before = listening(heard);
    heard += text;
    const url = listening(heard);
    if (before === undefined && url !== undefined) void askAndStop(url);
  };
  const started = (number: number) => {
    pid = number;
  };
  const { code, output } = await ownChild(program, ['serve'], {
    folder,
    env: hostEnvironment(),
    atMost,
    started,
    say,
  });
  const took = performance.now() - stopped;
  const told = answers.join(', ');
  if (code === 143 && told === '/-/healthy 200, /metrics 200' && took < longestEnd) return passed(name);
  return failed(
    name,
    `exit ${code} (143 is right) ${(took / 1000).toFixed(1)} s after SIGTERM; ${told}\n${output.slice(-3000)}`,
  );
}

const listening = (text: string): string | undefined => /^plimsoll: listening at (http:\S+)\n/m.exec(text)?.[1];
