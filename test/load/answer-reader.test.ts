import { once } from 'node:events';
import { createServer, request, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AnswerReader } from '../../src/load/answer-reader.ts';
import type { Kept } from '../../src/load/read-answer.ts';

type Told = { readonly isHead?: boolean; readonly keeps?: Kept; readonly isClosed?: boolean };

/** What an answer comes to that arrives in these pieces; what comes after its end is not looked at. */
function read(pieces: readonly Buffer[], { isHead = false, keeps = 'body', isClosed = false }: Told = {}) {
  const reader = new AnswerReader();
  reader.begin(isHead, keeps);
  let reading = 'more';
  for (const piece of pieces) {
    if (reading !== 'more') break;
    // As on a connection: the memory is used again for the next piece.
    const memory = Buffer.concat([piece, Buffer.alloc(3)]);
    reading = reader.read(memory, piece.length);
    memory.fill(0);
  }
  if (reading === 'more' && isClosed && reader.isEnd) reading = 'whole';
  const { persists, idle } = reader;
  return reading === 'whole' ? { reading, ...reader.answer(), persists, idle } : { ...nothing, reading };
}

const nothing = { status: undefined, headers: {}, body: undefined, persists: undefined, idle: undefined };

const text = (words: string, told?: Told) => read([Buffer.from(words, 'latin1')], told);
const whole = (head: string, body = ''): string => `${head.replaceAll('\n', '\r\n')}\r\n\r\n${body}`;
const cut = (bytes: Buffer, ...places: readonly number[]): Buffer[] =>
  [0, ...places].map((place, at) => bytes.subarray(place, places[at] ?? bytes.length));

const answers: Readonly<Record<string, (response: ServerResponse) => void>> = {
  '/length': (response) => void response.end('hello, wörld'),
  '/empty': (response) => void response.end(),
  '/chunks': (response) => {
    response.write('some');
    response.write(' more ');
    response.end('ünd');
  },
  '/trailers': (response) => {
    response.writeHead(200, { 'set-cookie': ['a=1', 'b=2'] });
    response.write('body');
    response.addTrailers({ 'x-sum': '17' });
    response.end();
  },
  '/none': (response) => void response.writeHead(204).end(),
  '/same': (response) => void response.writeHead(304, { etag: '"1"' }).end(),
  '/early': (response) => {
    response.writeContinue();
    response.writeEarlyHints({ link: '</style.css>; rel=preload' });
    response.end('late');
  },
  '/close': (response) => {
    response.sendDate = false;
    response.useChunkedEncodingByDefault = false;
    response.writeHead(200, { connection: 'close' });
    response.write('until ');
    response.end('the end');
  },
};

test('what a node:http server sends is read as its own client reads it, wherever it is cut', async () => {
  const server = createServer((asked, response) => answers[asked.url ?? '']?.(response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  for (const path of Object.keys(answers))
    for (const method of ['GET', 'HEAD']) {
      const isHead = method === 'HEAD';
      const bytes = await sent(port, method, path);
      const expected = await understood(port, method, path);
      const told = { isHead, isClosed: true };
      for (let place = 0; place <= bytes.length; place++)
        expect(read(cut(bytes, place), told), `${method} ${path} cut at ${place}`).toMatchObject(expected);
      expect(
        read(
          [...bytes].map((byte) => Buffer.from([byte])),
          told,
        ),
        path,
      ).toMatchObject(expected);
    }
  server.closeAllConnections();
  server.close();
});

/** All bytes that a server sends. */
async function sent(port: number, method: string, path: string): Promise<Buffer> {
  const socket = connect(port, '127.0.0.1');
  socket.end(`${method} ${path} HTTP/1.1\r\nhost: a\r\n\r\n`);
  const pieces: Buffer[] = [];
  for await (const piece of socket) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** What node:http makes of it. */
async function understood(port: number, method: string, path: string) {
  const asked = request({ port, host: '127.0.0.1', method, path, agent: false }).end();
  const [response] = await once(asked, 'response');
  let body = '';
  for await (const piece of response.setEncoding('utf8')) body += piece;
  const { date: _, connection: __, 'keep-alive': ___, ...headers } = response.headers;
  return { reading: 'whole', status: response.statusCode, headers, body };
}

const ok = 'HTTP/1.1 200 OK';

// RFC 9112, in the order of its sections.
test.each([
  ['2.2: lines end with CR LF', `${ok}\ncontent-length: 0\n\n`],
  ['2.2: a bare LF after all', whole(`${ok}\na: b`).replace('b\r', 'b')],
  ['2.2: a bare CR', whole(`${ok}\na: b\rc\ncontent-length: 0`)],
  ['2.3: another protocol', whole('HTTP/2 200 OK\ncontent-length: 0')],
  ['2.3: no protocol at all, though more may come', 'SSH-2.0-OpenSSH\r\n'],
  ['4: a status of two digits', whole('HTTP/1.1 20 OK\ncontent-length: 0')],
  ['4: a status below 100', whole('HTTP/1.1 099 OK\ncontent-length: 0')],
  ['5.1: a blank before the colon', whole(`${ok}\na : b\ncontent-length: 0`)],
  ['5.1: no name', whole(`${ok}\n: b\ncontent-length: 0`)],
  ['5.1: no colon', whole(`${ok}\nab\ncontent-length: 0`)],
  ['5.5 of RFC 9110: NUL in a value', whole(`${ok}\na: \0\ncontent-length: 0`)],
  ['6.1: chunked twice', whole(`${ok}\ntransfer-encoding: chunked\ntransfer-encoding: chunked`)],
  ['6.3: a length and a coding', whole(`${ok}\ncontent-length: 5\ntransfer-encoding: chunked`)],
  ['6.3: lengths that differ', whole(`${ok}\ncontent-length: 5\ncontent-length: 6`)],
  ['6.3: a list of lengths that differ', whole(`${ok}\ncontent-length: 5, 6`)],
  ['6.3: no length', whole(`${ok}\ncontent-length: -1`)],
  ['6.3: a length beyond counting', whole(`${ok}\ncontent-length: 12345678901234567`)],
  ['7.1: no size of a chunk', whole(`${ok}\ntransfer-encoding: chunked`, 'x\r\n')],
  ['7.1: an empty size', whole(`${ok}\ntransfer-encoding: chunked`, '\r\n')],
  ['7.1: more in a chunk than its size', whole(`${ok}\ntransfer-encoding: chunked`, '2\r\nabc\r\n')],
  ['7.1.2: a trailer without a colon', whole(`${ok}\ntransfer-encoding: chunked`, '0\r\nab\r\n\r\n')],
  ['15.2.2 of RFC 9110: another protocol that nobody asked for', whole('HTTP/1.1 101 Switching Protocols')],
])('malformed is %s', (_, words) => {
  expect(text(words).reading).toBe('malformed');
});

test.each([
  ['4: no reason', whole('HTTP/1.1 200\ncontent-length: 2', 'hi'), 'hi'],
  ['4: an empty reason', whole('HTTP/1.1 200 \ncontent-length: 2', 'hi'), 'hi'],
  ['5.1: names in capitals, blanks around values', whole(`${ok}\nContent-LENGTH: \t 2 \t`, 'hi'), 'hi'],
  ['6.3: the same length again', whole(`${ok}\ncontent-length: 2\ncontent-length: 2, 2`, 'hi'), 'hi'],
  [
    '7.1: capitals, zeros, and extensions of chunks',
    whole(`${ok}\nTransfer-Encoding: Chunked`, '0A;a="b"\r\n0123456789\r\n000\r\n\r\n'),
    '0123456789',
  ],
  [
    '15.2 of RFC 9110: answers ahead of the answer',
    whole('HTTP/1.1 102 Wait\n\nHTTP/1.1 103 Hints\na: b\n\nHTTP/1.1 200 OK\ncontent-length: 2', 'hi'),
    'hi',
  ],
])('well-formed is %s', (_, words, body) => {
  expect(text(words)).toMatchObject({ reading: 'whole', status: 200, body, persists: true });
});

test('5.2: folded lines are read as one', () => {
  expect(text(whole(`${ok}\na: b\n \t c\ncontent-length:\n 0`))).toMatchObject({ headers: { a: 'b c' } });
});

test('a field that comes again has several values, whatever it is called', () => {
  const { headers } = text(whole(`${ok}\na: 1\nA: 2\na: 3\n__proto__: x\nconstructor: y\ncontent-length: 0`));
  expect(Object.entries(headers)).toEqual([
    ['a', ['1', '2', '3']],
    ['__proto__', 'x'],
    ['constructor', 'y'],
    ['content-length', '0'],
  ]);
});

test.each([
  ['HTTP/1.1 200 OK\ncontent-length: 0', true],
  ['HTTP/1.1 200 OK\ncontent-length: 0\nconnection: Close', false],
  ['HTTP/1.1 200 OK\ncontent-length: 0\nconnection: x, close\nconnection: keep-alive', false],
  ['HTTP/1.0 200 OK\ncontent-length: 0', false],
  ['HTTP/1.0 200 OK\ncontent-length: 0\nconnection: Keep-Alive', true],
])('after %j the connection goes on: %s', (head, persists) => {
  expect(text(whole(head))).toMatchObject({ reading: 'whole', persists });
});

test('what follows an answer unasked ends the connection', () => {
  expect(text(whole(`${ok}\ncontent-length: 2`, 'hi!'))).toMatchObject({ body: 'hi', persists: false });
  const reader = new AnswerReader();
  reader.read(Buffer.from('HTTP/1.1 408 Request Timeout\r\n\r\n'), 32);
  expect(reader.persists).toBe(false);
});

test.each([
  ['timeout=5', 5],
  ['max=100, Timeout="65"', 65],
  ['max=100', undefined],
  ['timeout=soon', undefined],
])('keep-alive: %s tells %s seconds', (value, idle) => {
  expect(text(whole(`${ok}\ncontent-length: 0\nkeep-alive: ${value}`))).toMatchObject({ idle });
});

test.each([
  ['no length and no coding', ''],
  ['a last coding that is not chunked', '\ntransfer-encoding: chunked, gzip'],
])('with %s the body ends with the connection', (_, field) => {
  const words = whole(ok + field, 'to the end');
  expect(text(words).reading).toBe('more');
  expect(text(words, { isClosed: true })).toMatchObject({ body: 'to the end', persists: false });
});

test.each([
  ['a head', whole(`${ok}\ncontent-length: 2`).slice(0, -1)],
  ['a body', whole(`${ok}\ncontent-length: 2`, 'h')],
  ['a chunk', whole(`${ok}\ntransfer-encoding: chunked`, '2\r\nh')],
  ['trailers', whole(`${ok}\ntransfer-encoding: chunked`, '0\r\n')],
])('%s that is not whole when the connection closes is no answer', (_, words) => {
  expect(text(words, { isClosed: true }).reading).toBe('more');
});

test.each([
  ['a head', (length: number) => whole(`${ok}\ncontent-length: 0\na: ${'b'.repeat(length)}`)],
  ['a head without an end', (length: number) => `${ok}\r\na: ${'b'.repeat(length)}`],
  ['an extension', (length: number) => whole(`${ok}\ntransfer-encoding: chunked`, `0;${'b'.repeat(length)}\r\n\r\n`)],
  [
    'trailers',
    (length: number) => whole(`${ok}\ntransfer-encoding: chunked`, `0\r\n${'b: c\r\n'.repeat(length / 5)}\r\n`),
  ],
])('%s may be 16 KB long, and no longer', (_, of) => {
  expect(text(of(12_000)).reading).not.toBe('malformed');
  expect(text(of(17_000)).reading).toBe('malformed');
});

test('of a body 1 MiB is kept, and the rest is read all the same', () => {
  const long = 'x'.repeat(1024 * 1024 + 5);
  const { body, persists } = text(whole(`${ok}\ncontent-length: ${long.length}`, long));
  expect([body?.length, persists]).toEqual([1024 * 1024, true]);
});

test('only what was asked for is kept', () => {
  const words = whole(`${ok}\na: b\ncontent-length: 2`, 'hi');
  expect(text(words, { keeps: 'status' })).toMatchObject({ headers: {}, body: '' });
  expect(text(words, { keeps: 'head' })).toMatchObject({ headers: { a: 'b' }, body: '' });
});

const seeds = [
  whole(`${ok}\nserver: x\nset-cookie: a=1\ncontent-length: 5\nkeep-alive: timeout=5`, 'hello'),
  whole(
    `HTTP/1.1 100 Continue\n\n${ok}\ntransfer-encoding: gzip, chunked`,
    '5;a=b\r\nhello\r\n1\r\n!\r\n0\r\nx: y\r\n\r\n',
  ),
  whole('HTTP/1.0 404 Not Found\nconnection: close', 'gone'),
];
const piece = fc.constantFrom(
  '\r',
  '\n',
  '\r\n',
  ' ',
  '\t',
  ':',
  '\0',
  '\u00ff',
  '0',
  'ffffffffffff',
  'content-length: 1\r\n',
  'transfer-encoding: chunked\r\n',
);
/** An answer with some bytes changed, or nothing like one. */
const odd = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc
    .tuple(fc.constantFrom(...seeds), fc.array(fc.tuple(fc.nat(150), fc.nat(3), piece), { maxLength: 3 }))
    .map(([words, changes]) =>
      Buffer.from(
        changes.reduce((all, [at, gone, more]) => all.slice(0, at) + more + all.slice(at + gone), words),
        'latin1',
      ),
    ),
);

test('whatever comes, it is read to an end without an error, and where it is cut does not matter', () => {
  const told = { isClosed: true };
  fc.assert(
    fc.property(odd, fc.array(fc.nat(200), { maxLength: 4 }), (bytes, places) => {
      const sorted = places.filter((place) => place <= bytes.length).toSorted((a, b) => a - b);
      const [{ persists: _, ...one }, { persists: __, ...other }] = [
        read([bytes], told),
        read(cut(bytes, ...sorted), told),
      ] as const;
      expect(other).toEqual(one);
    }),
    { seed: 1, numRuns: 2000 },
  );
});
