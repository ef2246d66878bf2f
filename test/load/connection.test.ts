import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { createServer as createSecure } from 'node:tls';
import { expect, test } from 'vitest';
import type { Composed } from '../../src/load/compose.ts';
import { Connection } from '../../src/load/connection.ts';
import { dialOf } from '../../src/load/dial.ts';
import { instant } from '../../src/load/instant.ts';
import type { Failure } from '../../src/load/outcome.ts';
import type { Answer } from '../../src/load/read-answer.ts';
import { textFor } from '../../src/load/request-text.ts';
import type { Script } from '../../src/model/script.ts';
import { plainWire } from '../../src/model/wire.ts';
import { scriptOf } from './target.ts';

const get: Composed = { method: 'GET', path: '/', headers: [], body: null, isFixed: true };
const ok = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi';
const file = (name: string) => join(import.meta.dirname, 'certificates', name);

type Heard = { readonly answer: Answer } | { readonly failure: Failure };

/** One connection to a server that is told how to answer the nth request of all. */
async function connected(server: Server, told: Partial<Omit<Script, 'caps'>> = {}) {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => socket.destroy())));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const script = scriptOf({ origin: `http://127.0.0.1:${port}`, ...told });
  const origin = `${script.origin.split(':', 2).join(':')}:${port}`;
  const line = { dial: dialOf({ ...script, origin }), text: textFor(origin, 'kept'), connections: 'kept' } as const;
  let heard = Promise.withResolvers<Heard>();
  let freed = Promise.withResolvers<void>();
  const connection = new Connection<string>(line, {
    started: () => undefined,
    answered: (_, answer) => heard.resolve({ answer }),
    failed: (_, failure) => heard.resolve({ failure }),
    free: () => freed.resolve(),
    notOpened: () => undefined,
  });
  return {
    connections: () => sockets.size,
    /** When both sides have closed all connections so far. */
    closed: () => Promise.all([...sockets].map((socket) => socket.closed || once(socket, 'close'))),
    /** What an exchange comes to, once the connection is free again; `later` seconds after now. */
    async ask(request: Partial<Composed> = {}, later = 0): Promise<Heard> {
      heard = Promise.withResolvers();
      freed = Promise.withResolvers();
      connection.send('exchange', { ...get, ...request }, 'body', instant() + later);
      const came = await heard.promise;
      await freed.promise;
      return came;
    },
    async cut(isSent: () => Promise<unknown>): Promise<void> {
      freed = Promise.withResolvers();
      connection.send('exchange', get, 'body', instant());
      await isSent();
      connection.cut();
      await freed.promise;
    },
    [Symbol.asyncDispose]: async () => {
      connection.close();
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** Answers the nth request with the nth of these words, and closes the connection where they end with "…". */
function saying(...answers: readonly string[]): Server {
  let next = 0;
  return createServer((socket) => {
    socket.on('data', () => {
      const words = answers[next++] ?? ok;
      if (words.endsWith('…')) socket.end(words.slice(0, -1));
      else socket.write(words);
    });
  });
}

const good = { answer: { status: 200, body: 'hi' } };

test('one connection carries one exchange after the other', async () => {
  await using target = await connected(saying());
  for (let round = 0; round < 3; round++) expect(await target.ask()).toMatchObject(good);
  expect(target.connections()).toBe(1);
});

test.each([
  ['closes it behind an answer', [`${ok}…`]],
  ['says that it will', [ok.replace('\r\n', '\r\nconnection: close\r\n')]],
  ['speaks HTTP/1.0', [ok.replace('1.1', '1.0')]],
  ['says more than was asked for', [`${ok}${ok}`]],
])('after a server that %s the next exchange has a new connection', async (_, answers) => {
  await using target = await connected(saying(...answers));
  expect(await target.ask()).toMatchObject(good);
  await target.closed();
  expect(await target.ask()).toMatchObject(good);
  expect(target.connections()).toBe(2);
});

test('what a server says on an idle connection is no answer to the next request', async () => {
  const server = createServer((socket) => {
    let asked = 0;
    socket.on('data', () => {
      socket.write(ok);
      if (asked++ === 0) setImmediate(() => socket.write('HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\n\r\n'));
    });
  });
  await using target = await connected(server);
  expect(await target.ask()).toMatchObject(good);
  await target.closed();
  expect(await target.ask()).toMatchObject(good);
  expect(target.connections()).toBe(2);
});

test('a connection that the server keeps for 600 s is used within 598 s, and not after', async () => {
  await using target = await connected(saying(...Array(9).fill(ok.replace('\r\n', '\r\nKeep-Alive: timeout=600\r\n'))));
  await target.ask();
  expect([await target.ask({}, 580), target.connections()]).toMatchObject([good, 1]);
  expect([await target.ask({}, 598.1), target.connections()]).toMatchObject([good, 2]);
});

test.each([
  ['no HTTP', 'SSH-2.0-OpenSSH\r\n', { code: 'MALFORMED', answering: true }],
  ['half an answer', `${ok.slice(0, -1)}…`, { code: 'CLOSED', answering: true }],
  ['nothing', '…', { code: 'CLOSED', answering: false, idle: undefined }],
])('%s fails, and the next exchange is none the worse', async (_, words, failure) => {
  await using target = await connected(saying(words));
  expect(await target.ask()).toMatchObject({ failure: { onSocket: true, ...failure } });
  expect(await target.ask()).toMatchObject(good);
});

test('a connection that is closed when it is used again tells how long it lay idle', async () => {
  await using target = await connected(saying(ok, '…'));
  await target.ask();
  const came = await target.ask({}, 1);
  expect(came).toMatchObject({ failure: { code: 'CLOSED', answering: false } });
  expect('failure' in came ? came.failure.idle : 0).toBeGreaterThanOrEqual(1);
});

test('nobody there is refused before anything is on a connection', async () => {
  const gone = await connected(createServer());
  await gone[Symbol.asyncDispose]();
  expect(await gone.ask()).toMatchObject({ failure: { code: 'ECONNREFUSED', onSocket: false } });
});

test('an exchange is given up while it waits for its answer, and before it has a connection', async () => {
  const server = createServer((socket) => void socket.once('data', () => socket.emit('asked')));
  await using target = await connected(server);
  await target.cut(async () => {
    const [socket] = await once(server, 'connection');
    await once(socket, 'asked');
  });
  await target.cut(async () => undefined);
  server.on('connection', (socket) => socket.once('data', () => socket.write(ok)));
  expect(await target.ask()).toMatchObject(good);
});

test('a long body over TLS is whole, however it is cut on its way, and the connection goes on', async () => {
  const body = 'wörld'.repeat(100_000);
  const long = `HTTP/1.1 200 OK\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  const certificate = { cert: readFileSync(file('server.pem')), key: readFileSync(file('server.key')) };
  const server = createSecure(certificate, (socket) => {
    socket.on('error', () => socket.destroy()).on('data', () => socket.write(long));
  });
  const tls = { ...plainWire.tls, caFile: file('authority.pem') };
  await using target = await connected(server, { origin: 'https://shop.test', wire: { ...plainWire, tls } });
  for (let round = 0; round < 2; round++) {
    const came = await target.ask();
    expect('answer' in came && came.answer.body === body).toBe(true);
  }
  expect(target.connections()).toBe(1);
});
