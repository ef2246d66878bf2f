import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A server on a free loopback port; closed with everything that is connected to it. */
export type Loopback = AsyncDisposable & { readonly url: string; readonly arrivals: readonly number[] };

async function listen(answer: RequestListener): Promise<Loopback> {
  const arrivals: number[] = [];
  const server: Server = createServer((request, response) => {
    arrivals.push(performance.now());
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    arrivals,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A service that always answers. */
export const openShop = (): Promise<Loopback> =>
  listen((request, response) => {
    request.resume();
    response.end('ok');
  });

const series = { __name__: 'process_cpu_seconds_total', job: 'shop', instance: '127.0.0.1:1' };
const scraped = 60;

/** A Prometheus that knows one series, scraped every second for the last minute. */
export const openPrometheus = (): Promise<Loopback> =>
  listen(async (request, response) => {
    const address = new URL(request.url ?? '', 'http://127.0.0.1');
    const asked = new URLSearchParams([...address.searchParams, ...new URLSearchParams(await text(request))]);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ status: 'success', data: answerTo(address.pathname, asked) }));
  });

function answerTo(path: string, asked: URLSearchParams): unknown {
  if (path.endsWith('/series')) return [series];
  if (path.includes('/status/')) return { version: '2.42.0' };
  if (path.endsWith('/metadata')) return {};
  const query = asked.get('query') ?? '';
  if (query.includes(series.__name__) && query.includes('[')) return { resultType: 'matrix', result: [samples()] };
  return { resultType: path.endsWith('/query_range') ? 'matrix' : 'vector', result: [] };
}

/** A tenth of a processor. */
function samples(): unknown {
  const now = Math.floor(Date.now() / 1000);
  const values = Array.from({ length: scraped }, (_, i) => [now - scraped + i, `${(now - scraped + i) / 10}`]);
  return { metric: series, values };
}
