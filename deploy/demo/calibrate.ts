import { Agent, get } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

/** CPU that one request takes, in seconds. */
export interface Costs {
  readonly api: number;
  readonly postgres: number;
}

const rate = 250;
const length = 9;
const window = 6;

/**
 * Measures what one request costs on this machine, so that a quota can be drawn that carries a known load anywhere:
 * a steady 250 requests a second for 9 s, CPU of the pods over answers in the last 6 s. Bounded in count and time.
 */
export async function calibrate(
  urls: { readonly shop: string; readonly prometheus: string },
  signal: AbortSignal,
): Promise<Costs> {
  await steadyLoad(urls.shop, signal);
  const cost = (container: string): Promise<number> =>
    ask(
      urls.prometheus,
      `sum(rate(container_cpu_usage_seconds_total{container="${container}"}[${window}s])) / sum(rate(http_server_request_duration_count{job="shop"}[${window}s]))`,
      signal,
    );
  return { api: await cost('api'), postgres: await cost('postgres') };
}

async function steadyLoad(shop: string, signal: AbortSignal): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const began = performance.now();
  for (let sent = 0; sent < rate * length; sent += 1) {
    signal.throwIfAborted();
    const due = began + (sent * 1000) / rate;
    if (due > performance.now()) await pause(due - performance.now());
    get(`${shop}/items/${1 + (sent % 5000)}`, { agent, timeout: 5000 }, (answer) => answer.resume()).on(
      'error',
      () => {},
    );
  }
  agent.destroy();
}

async function ask(prometheus: string, promql: string, signal: AbortSignal): Promise<number> {
  const answer = await fetch(`${prometheus}/api/v1/query?query=${encodeURIComponent(promql)}`, { signal });
  const { data }: { readonly data: { readonly result: readonly { readonly value: readonly [number, string] }[] } } =
    JSON.parse(await answer.text());
  const value = Number(data.result[0]?.value[1]);
  if (!(value > 0)) throw new Error(`the cost of a request could not be measured: ${promql} has no value`);
  return value;
}
