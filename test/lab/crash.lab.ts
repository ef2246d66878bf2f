import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { seeded } from '../../src/model/random.ts';
import { openPrometheus, openShop } from '../packed/loopback.ts';
import type { LabContext } from '../support/lab.ts';
import type { Short } from '../support/outcome.ts';
import { ownChild, top } from '../support/own-child.ts';

export const name = 'a service that is killed outright finds its run aborted and every earlier report there';

/** Instants of a run at which it is killed; all twenty on request. */
const instants = Number(process.env.PLIMSOLL_LAB_CRASHES ?? 3);
const seed = 1;
/** Seconds: settling, measuring, and looking on until latency is back. */
const runTakes = 11;
/** Before that it cannot have ended. */
const loadTakes = 10;
const longestStart = 20_000;

const configuration = (shop: string, prometheus: string, store: string) => `apiVersion: plimsoll.dev/v1
prometheus:
  - { name: main, url: ${prometheus} }
http: { port: 0 }
storage: { path: ${store} }
targets:
  - name: shop
    components:
      - { name: api, signals: [ { pack: nodejs, select: { job: shop } } ] }
    load:
      url: ${shop}
      plan: { kind: staircase, rates: [20/s], settle: 3s, measure: 7s }
      requests:
        - { name: browse, path: / }
`;

type Run = { readonly id: string; readonly state: string };

export async function run({ folder, stop, say }: LabContext): Promise<Short> {
  await using shop = await openShop();
  await using prometheus = await openPrometheus();
  await writeFile(join(folder, 'plimsoll.yaml'), configuration(shop.url, prometheus.url, join(folder, 'store')));
  const random = seeded(seed);
  const faults: string[] = [];
  const earlier: string[] = [];
  for (let i = 0; i < instants && !stop.aborted; i += 1) {
    const service = await serve(folder);
    earlier.push(await observed(service));
    const before = performance.now();
    const cutOff = await begun(service);
    const after = runTakes * random();
    say(`kill -9 at ${after.toFixed(1)} s of a run (seed ${seed}, ${i + 1} of ${instants})`);
    await pause(after * 1000);
    await service.kill();
    const isCut = performance.now() < before + loadTakes * 1000;
    faults.push(...(await lookAfter(folder, cutOff, isCut, earlier)));
  }
  const detail = faults.length === 0 ? `${instants} instants, ${earlier.length} reports kept` : faults.join('; ');
  return { passed: faults.length === 0, detail };
}

/** Starts the service again and looks what it found. */
async function lookAfter(
  folder: string,
  cutOff: string,
  isCut: boolean,
  earlier: readonly string[],
): Promise<readonly string[]> {
  const service = await serve(folder);
  const { state } = await runOf(service, cutOff);
  const right = isCut ? ['aborted'] : ['aborted', 'complete', 'failed'];
  const lost: string[] = [];
  for (const id of earlier) {
    const { status } = await fetch(`${service.url}/api/v1/runs/${id}/report.json`);
    if (status !== 200) lost.push(`the report of ${id} answers ${status}`);
  }
  await service.kill();
  return right.includes(state) ? lost : [`${cutOff} is ${state}`, ...lost];
}

type Service = { readonly url: string; readonly kill: () => Promise<void> };

async function serve(folder: string): Promise<Service> {
  const { promise: listening, resolve: heard } = Promise.withResolvers<string>();
  let output = '';
  let pid = 0;
  const say = (text: string) => {
    output += text;
    const url = /^plimsoll: listening at (http:\S+)\n/m.exec(output)?.[1];
    if (url !== undefined) heard(url);
  };
  const ended = ownChild(process.execPath, [join(top, 'src/main.ts'), 'serve'], {
    folder,
    say,
    started: (number) => {
      pid = number;
    },
  });
  const over = AbortSignal.timeout(longestStart);
  const late = new Promise<undefined>((resolve) => over.addEventListener('abort', () => resolve(undefined)));
  const url = await Promise.race([listening, late, ended.then(() => undefined)]);
  if (url === undefined) throw new Error(`the service does not listen: ${output}`);
  return {
    url,
    kill: async () => {
      process.kill(pid, 'SIGKILL');
      await ended;
    },
  };
}

/** An earlier report: what the last minute showed. */
async function observed(service: Service): Promise<string> {
  const now = Date.now();
  const [from, to] = [now - 60_000, now].map((moment) => new Date(moment).toISOString());
  const { id } = await post(service, '/api/v1/observations', { target: 'shop', from, to });
  const until = performance.now() + longestStart;
  while ((await runOf(service, id)).state === 'running' && performance.now() < until) await pause(50);
  const { state } = await runOf(service, id);
  if (state !== 'complete') throw new Error(`the observation ${id} is ${state}`);
  return id;
}

const begun = async (service: Service): Promise<string> => (await post(service, '/api/v1/targets/shop/runs', {})).id;

async function post({ url }: Service, path: string, body: unknown): Promise<Run> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  const told = await answer.text();
  if (answer.status !== 202) throw new Error(`${path} answers ${answer.status}: ${told}`);
  return JSON.parse(told);
}

const runOf = async ({ url }: Service, id: string): Promise<Run> =>
  JSON.parse(await fetch(`${url}/api/v1/runs/${id}`).then((answer) => answer.text()));
