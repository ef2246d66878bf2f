import { join } from 'node:path';
import type { Group } from './cgroups.ts';
import type { Own } from './own.ts';
import { answersHttp, freePort, type Running, runningOf, untilReady } from './ready.ts';
import { type ShopSettings, settingsVariable } from './shop-settings.ts';

/** What runs as the shop, and where. */
export interface ShopPlace {
  readonly program: string;
  readonly group: Group | undefined;
}

export const usualShop = join(import.meta.dirname, 'shop.ts');

/** Starts the shop on the ports of its settings. */
export async function startShop(own: Own, settings: ShopSettings, { program, group }: ShopPlace): Promise<Running> {
  const child = own.start({
    name: 'shop',
    command: process.execPath,
    args: [program],
    env: { [settingsVariable]: JSON.stringify(settings), NODE_ENV: 'production' },
    ...(group === undefined ? {} : { group }),
  });
  const pages = [`http://127.0.0.1:${settings.port}/healthz`, ...settings.metricsPorts.map(metricsPage)];
  await untilReady(own, child, async () => (await Promise.all(pages.map(answersHttp))).every(Boolean));
  return runningOf(child, settings.port);
}

const metricsPage = (port: number): string => `http://127.0.0.1:${port}/metrics`;

/** A port for the metrics of each worker and one for the requests of all. */
export async function shopPorts(workers: number): Promise<Pick<ShopSettings, 'port' | 'metricsPorts'>> {
  const [port, ...metricsPorts] = await Promise.all([freePort(), ...Array.from({ length: workers }, freePort)]);
  return { port, metricsPorts };
}

/** Requests that compile the shop's code; fewer, and its first minute under a quota is dearer than the rest. */
const warmUpRequests = 1500;

/**
 * Sends requests that hold their connection for no time, so many at once that every connection of the pool is opened.
 * Answers do not matter. Bounded in count and in time.
 */
export async function warmUp(own: Own, port: number, pool: number): Promise<void> {
  const until = Date.now() + 6000;
  let left = warmUpRequests;
  const client = async (): Promise<void> => {
    while (left > 0 && Date.now() < until) {
      left -= 1;
      own.signal.throwIfAborted();
      await answersHttp(`http://127.0.0.1:${port}/items/${1 + ((left * 7) % 5000)}?hold=0`).catch(() => false);
    }
  };
  await Promise.all(Array.from({ length: Math.min(200, Math.max(16, 2 * pool)) }, client));
}
