import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createSecureServer, createServer as createServer2 } from 'node:http2';
import { createServer as createSecure } from 'node:https';
import type { Server as NetServer } from 'node:net';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { expect, test } from 'vitest';
import { openLoad } from '../../src/load/open-load.ts';
import type { StepRecord } from '../../src/model/load-record.ts';
import { perSecond, seconds } from '../../src/model/units.ts';
import { plainWire, type TlsSource, type Wire } from '../../src/model/wire.ts';
import { offerUntil, realClock } from './loopback.ts';
import { classOf, scriptOf } from './target.ts';

const never = new AbortController().signal;
const file = (name: string) => join(import.meta.dirname, 'certificates', name);
const pem = (name: string) => readFileSync(file(name), 'utf8');
const certificate = { cert: pem('server.pem'), key: pem('server.key') };
const trusted: TlsSource = { ...plainWire.tls, caFile: file('authority.pem') };

/** A server on a free port of the loopback, closed at the end of its block. */
async function listening(server: NetServer) {
  const sockets = new Set<{ destroy: () => void }>();
  for (const kind of ['connection', 'secureConnection']) server.on(kind, (socket) => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' ? (address?.port ?? 0) : 0,
    connections: () => sockets.size,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

type Told = {
  readonly wire?: Partial<Wire>;
  readonly inFlight?: number;
  readonly rate?: number;
  readonly isEnough?: Parameters<typeof offerUntil>[2];
};

/** What a step of half a second comes to. */
async function offered(
  origin: string,
  { wire = {}, inFlight = 10, rate = 100, isEnough }: Told = {},
): Promise<StepRecord> {
  // A busy machine is slow, and slowness is not what is tested.
  const script = scriptOf({ origin, wire: { ...plainWire, ...wire }, timeout: seconds(20), caps: { inFlight } });
  await using load = await openLoad(script, realClock, never);
  const step = { index: 0, rate: perSecond(rate), settle: seconds(0), measure: seconds(0.5) };
  return (await offerUntil(load, step, isEnough))[0];
}

/** A busy machine may be late for requests; what was sent must have been answered. */
const allGood = ({ good, sent }: StepRecord): boolean => sent > 0 && good === sent;

const secure = (told: object = {}) =>
  createSecure({ ...certificate, ...told }, (_, response) => void response.end('hello'));

test.concurrent('HTTPS with an authority of its own: every request is answered, and the name of the URL is what is asked for', async () => {
  const names = new Set<unknown>();
  const server = secure();
  server.on('secureConnection', (socket: TLSSocket) => names.add(Reflect.get(socket, 'servername')));
  await using target = await listening(server);
  const record = await offered(`https://shop.test:${target.port}`, { wire: { tls: trusted } });
  expect(allGood(record)).toBe(true);
  expect([...names]).toEqual(['shop.test']);
});

test.concurrent.each([
  ['a certificate of nobody that is known', 'shop.test', plainWire.tls, 'its certificate is not trusted'],
  ['the wrong authority', 'shop.test', { ...trusted, caFile: file('stranger.pem') }, 'its certificate is not trusted'],
  ['a certificate for another name', 'blog.test', trusted, 'its certificate is for another name'],
] as const)('%s is refused in one sentence, before any load', async (_, host, tls, sentence) => {
  await using target = await listening(secure());
  await expect(offered(`https://${host}:${target.port}`, { wire: { tls } })).rejects.toMatchObject({
    code: 'ADDRESS_REFUSED',
    message: expect.stringContaining(sentence),
  });
});

test.concurrent('another name may be asked for, and verifying may be switched off', async () => {
  await using target = await listening(secure());
  const origin = `https://blog.test:${target.port}`;
  const renamed = await offered(origin, { wire: { tls: { ...trusted, serverName: 'shop.test' } } });
  expect(allGood(renamed)).toBe(true);
  const unverified = await offered(origin, { wire: { tls: { ...plainWire.tls, verify: false } } });
  expect(allGood(unverified)).toBe(true);
});

test.concurrent('a server that asks for a certificate is shown that of the client', async () => {
  await using target = await listening(secure({ requestCert: true, ca: pem('authority.pem') }));
  const client = { certFile: file('client.pem'), keyFile: file('client.key') };
  const record = await offered(`https://shop.test:${target.port}`, { wire: { tls: { ...trusted, client } } });
  expect(allGood(record)).toBe(true);
});

test.concurrent.each([1, 2] as const)('a server that misses it is told of before any load (HTTP/%d)', async (http) => {
  const asking = { ...certificate, requestCert: true, rejectUnauthorized: true, ca: pem('authority.pem') };
  await using target = await listening(http === 1 ? secure(asking) : createSecureServer(asking));
  const refused = offered(`https://shop.test:${target.port}`, { wire: { http, tls: trusted } });
  await expect(refused).rejects.toMatchObject({ message: expect.stringContaining('it may want a client certificate') });
});

test.concurrent.each([
  [{ caFile: file('none.pem') }, 'none.pem: the file cannot be read'],
  [{ caFile: file('make.sh') }, 'make.sh: there is no PEM block "CERTIFICATE" in it'],
  [
    { client: { certFile: file('client.pem'), keyFile: file('server.key') } },
    'server.key: this key does not belong to the certificate that stands beside it',
  ],
] as const)('%j cannot be used: %s', async (told, sentence) => {
  const refused = offered('https://shop.test:1', { wire: { tls: { ...trusted, ...told } } });
  await expect(refused).rejects.toMatchObject({ code: 'CONFIG_INVALID', message: expect.stringContaining(sentence) });
});

test.concurrent('HTTP/2 over TLS: many requests at a time on one connection, no more than the server allows', async () => {
  const held: (() => void)[] = [];
  let mostHeld = 0;
  const answerAll = (): void => {
    for (const answer of held.splice(0)) answer();
  };
  const nobodyCame = setTimeout(answerAll, 500);
  // It answers nobody until 25 ask at once, which two connections of 20 can, or nobody has come for a while.
  const server = createSecureServer({ ...certificate, settings: { maxConcurrentStreams: 20 } }, (_, response) => {
    mostHeld = Math.max(
      mostHeld,
      held.push(() => void response.end('hello')),
    );
    nobodyCame.refresh();
    if (mostHeld >= 25) answerAll();
  });
  await using target = await listening(server);
  const wire = { http: 2, streams: 100, tls: trusted } as const;
  const isEnough = () => mostHeld >= 25;
  const record = await offered(`https://shop.test:${target.port}`, { wire, inFlight: 40, rate: 300, isEnough });
  expect(allGood(record)).toBe(true);
  expect(mostHeld).toBe(25);
  expect(target.connections()).toBe(2 * (2 + 1)); // each counts as TCP and as TLS; one more was the greeting
});

test.concurrent('HTTP/2 without TLS is begun without asking', async () => {
  await using target = await listening(createServer2((_, response) => void response.end('hello')));
  const record = await offered(`http://127.0.0.1:${target.port}`, { wire: { http: 2, streams: 100 } });
  expect(allGood(record)).toBe(true);
});

test.concurrent('a stream that is not answered in time is given up alone: others on its connection go on', async () => {
  let asked = 0;
  const server = createServer2((_, response) => {
    if (asked++ % 2 === 0) response.end('hello');
  });
  await using target = await listening(server);
  const script = scriptOf({
    origin: `http://127.0.0.1:${target.port}`,
    wire: { ...plainWire, http: 2, streams: 100 },
    timeout: seconds(0.2),
  });
  await using load = await openLoad(script, realClock, never);
  const isEnough = ([{ good, sent }]: readonly [StepRecord, ...StepRecord[]]) => good > 0 && sent > good;
  const step = { index: 0, rate: perSecond(100), settle: seconds(0), measure: seconds(0.5) };
  const [record] = await offerUntil(load, step, isEnough);
  expect(record.good).toBeGreaterThan(0);
  expect(record.errorsByClass).toEqual({ timeout: record.sent - record.good });
  expect(record.sent - record.good).toBeGreaterThan(0);
  expect(target.connections()).toBe(2); // the greeting, and the load
});

test.concurrent.each([
  ['over TLS', () => secure(), 'https://shop.test', 'it does not agree to HTTP/2'],
  ['without TLS', () => createServer(), 'http://127.0.0.1', 'it does not speak HTTP/2'],
] as const)('a server without HTTP/2 is told of before any load: %s', async (_, server, origin, sentence) => {
  await using target = await listening(server());
  const refused = offered(`${origin}:${target.port}`, { wire: { http: 2, streams: 100, tls: trusted } });
  await expect(refused).rejects.toMatchObject({ message: expect.stringContaining(sentence) });
});

test.concurrent('a new connection for each request: as many connections as requests, none of them a failure', async () => {
  await using target = await listening(createServer((_, response) => void response.end('hello')));
  const record = await offered(`http://127.0.0.1:${target.port}`, { wire: { connections: 'new' } });
  expect(allGood(record)).toBe(true);
  expect(target.connections()).toBe(record.sent);
});

test.concurrent('a HEAD keeps its connection like any other request', async () => {
  await using target = await listening(createServer((_, response) => void response.end()));
  const script = scriptOf({
    origin: `http://127.0.0.1:${target.port}`,
    classes: [classOf({ method: 'HEAD' })],
    timeout: seconds(20),
    caps: { inFlight: 2 },
  });
  await using load = await openLoad(script, realClock, never);
  const step = { index: 0, rate: perSecond(100), settle: seconds(0), measure: seconds(0.5) };
  const [record] = await offerUntil(load, step);
  expect(allGood(record)).toBe(true);
  expect(target.connections()).toBeLessThanOrEqual(2);
});
