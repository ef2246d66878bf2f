import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a pretended Prometheus was asked. */
export type Asked = { readonly path: string; readonly form: URLSearchParams; readonly headers: IncomingHttpHeaders };

/** A server on a free loopback port that answers as a test wants. */
export type Pretended = AsyncDisposable & { readonly url: string; readonly asked: readonly Asked[] };

/** Opens a server that answers every question by `answer`; `asked` grows with each. */
export async function pretendedPrometheus(
  answer: (asked: Asked, response: ServerResponse) => void,
): Promise<Pretended> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one = {
        path: request.url ?? '',
        form: new URLSearchParams(Buffer.concat(chunks).toString()),
        headers: request.headers,
      };
      asked.push(one);
      answer(one, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Answers with JSON, as Prometheus does. */
export const json = (response: ServerResponse, body: unknown, status = 200): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};
