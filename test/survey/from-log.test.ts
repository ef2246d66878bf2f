import { expect, test } from 'vitest';
import { fromLog } from '../../src/survey/from-log.ts';

const plain = { writes: false, rows: false };
const line = (request: string, { status = 200, agent = 'curl/8.5', time = '10:15:42' } = {}) =>
  `203.0.113.7 - - [29/Nov/2026:${time} +0000] "${request}" ${status} 512 "-" "${agent}"`;
const get = (path: string, more: Parameters<typeof line>[1] = {}) => line(`GET ${path} HTTP/1.1`, more);

test('a log in the combined format is the mix that it shows', () => {
  const mix = fromLog(
    [get('/items/1'), get('/items/3'), get('/about'), line('POST /orders HTTP/2.0', { status: 201 })].join('\n'),
    'a.log',
    plain,
  );
  expect(mix.kinds.map(({ name, weight, path, off }) => [name, weight, path, off])).toEqual([
    ['items-id', 2, '/items/{{random 1 3}}', undefined],
    ['about', 1, '/about', undefined],
    ['post-orders', 1, '/orders', 'POST may change things'],
  ]);
  expect(mix.source).toBe('a.log: 4 requests');
  expect(mix.origin).toBeUndefined();
});

test('the busiest minute tells the load', () => {
  // Three requests between 10:15:00 and 10:15:59, one later.
  const times = ['10:15:00', '10:15:30', '10:15:59', '10:16:00'];
  const { busiest } = fromLog(times.map((time) => get('/', { time })).join('\n'), 'a.log', plain);
  expect(busiest).toBeCloseTo(3 / 60, 12);
});

test.each([
  ['the common format', '1.2.3.4 - - [29/Nov/2026:10:15:42 +0000] "GET /a HTTP/1.0" 304 -'],
  [
    'a virtual host before it',
    'shop.example:443 1.2.3.4 - - [29/Nov/2026:10:15:42 +0000] "GET /a HTTP/1.1" 200 5 "-" "x"',
  ],
  ['a user of two words', '1.2.3.4 - ann lee [29/Nov/2026:10:15:42 +0000] "GET /a HTTP/1.1" 200 5 "-" "x"'],
  ['quotes in an agent', '1.2.3.4 - - [29/Nov/2026:10:15:42 +0000] "GET /a HTTP/1.1" 200 5 "-" "a \\"b\\" c"'],
  ['more fields behind', '::1 - - [29/Nov/2026:10:15:42 +0000] "GET /a HTTP/1.1" 200 5 "-" "x" 0.012 "up:80"'],
  [
    'a whole URL, as proxies are asked',
    '1.2.3.4 - - [29/Nov/2026:10:15:42 +0000] "GET http://h.example/a HTTP/1.1" 200 5',
  ],
])('it reads %s', (_, text) => {
  expect(fromLog(`${text}\r\n\n`, 'a.log', plain).kinds.map(({ path }) => path)).toEqual(['/a']);
});

test('what is no load of the service is left out, and counted', () => {
  const text = [
    get('/a'),
    get('/gone', { status: 404 }),
    get('/broken', { status: 500 }),
    get('/healthz', { agent: 'kube-probe/1.31' }),
    line('\\x16\\x03\\x01', { status: 400 }),
    line('-', { status: 408 }),
  ].join('\n');
  expect(fromLog(text, 'a.log', plain).notes).toEqual([
    '2 lines with no HTTP request in it: left out',
    '2 lines with an answer from 400 on: left out',
    '1 line with a user agent that only asks whether it is alive: left out',
  ]);
});

test('a line that is no such line is told with its number and what would be right', () => {
  expect(() => fromLog(`${get('/a')}\n{"level":"info"}\n`, 'a.log', plain)).toThrow(
    /^a\.log:2: this is no line of the combined log format, as in 203\.0\.113\.7 - - \[/,
  );
});

test('a log without a single good answer makes no mix', () => {
  expect(() => fromLog(get('/a', { status: 503 }), 'a.log', plain)).toThrow(
    /^a\.log holds no request that was answered well/,
  );
});

test('a line of a million letters takes no longer than its length', () => {
  const before = process.threadCpuUsage();
  expect(() => fromLog(`1 ${'[" '.repeat(300_000)}`, 'a.log', plain)).toThrow(/a\.log:1/);
  const { user, system } = process.threadCpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(500);
});
