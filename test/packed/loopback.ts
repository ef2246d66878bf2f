import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

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

/** A Prometheus that has scraped nothing. */
export const openEmptyPrometheus = (): Promise<Loopback> =>
  listen((request, response) => {
    request.resume();
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ status: 'success', data: nothingAt(request.url ?? '') }));
  });

function nothingAt(path: string): unknown {
  if (path.includes('/status/')) return { version: '2.42.0' };
  if (path.includes('/query_range')) return { resultType: 'matrix', result: [] };
  if (path.includes('/query')) return { resultType: 'vector', result: [] };
  return path.includes('/metadata') ? {} : [];
}
