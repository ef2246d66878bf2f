import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { hrtime } from 'node:process';
import { parentPort, workerData } from 'node:worker_threads';

/** What the server keeps for the test: requests so far, the most at one time, when the last came (ms on the monotonic clock). */
const numbers = new Float64Array(workerData.numbers);
const hosts = new Set<string>();
let open = 0;

function seen(): void {
  numbers[0] = (numbers[0] ?? 0) + 1;
  open += 1;
  numbers[1] = Math.max(numbers[1] ?? 0, open);
  numbers[2] = Number(hrtime.bigint()) / 1e6;
}

const served = new WeakMap<Socket, number>();

/** One way to answer a path. */
const ways: Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => void>> = {
  '/': (_, response) => void response.end('hello'),
  '/headers': (request, response) => {
    const { host, 'user-agent': agent, 'x-plimsoll-run': run } = request.headers;
    hosts.add(`${host} ${agent} ${run}`);
    response.statusCode = hosts.size === 1 ? 200 : 500;
    response.end();
  },
  '/elsewhere': (_, response) => {
    response.writeHead(302, { location: '/' });
    response.end();
  },
  '/never': () => {},
  '/slow': (_, response) => void setTimeout(() => response.end(), 250),
  // Of every 340 requests the hundredth stops the whole server for half a second.
  '/stall': (_, response) => {
    if ((numbers[0] ?? 0) % 340 === 100) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
    response.end();
  },
  // Cuts a connection that it has answered on before, as a server does whose patience with idle connections has just ended.
  '/second': (request, response) => {
    const before = served.get(request.socket) ?? 0;
    served.set(request.socket, before + 1);
    if (before > 0) request.socket.destroy();
    else response.end();
  },
  '/login': (_, response) => {
    response.writeHead(201, { 'content-type': 'application/json', 'set-cookie': 'visitor=v1; HttpOnly' });
    response.write('{"token":');
    response.end('"t1"}');
  },
  // Good only for who has both the token and the cookie, and sends the body that was asked for.
  '/mine': (request, response) => {
    const { authorization, cookie } = request.headers;
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const isRight = authorization === 'Bearer t1' && cookie === 'visitor=v1';
      response.statusCode = isRight ? 200 : 403;
      response.end(Buffer.concat(parts));
    });
  },
  '/cut': (request) => void request.socket.destroy(),
};

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  seen();
  response.on('close', () => {
    open -= 1;
  });
  ways[request.url ?? '/']?.(request, response);
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
parentPort?.postMessage(typeof address === 'object' ? address?.port : undefined);
