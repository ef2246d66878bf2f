import { expect, test } from 'vitest';
import { fromHar } from '../../src/survey/from-har.ts';

type Header = { readonly name: string; readonly value: string };
const entry = (
  url: string,
  more: {
    readonly method?: string;
    readonly status?: number;
    readonly headers?: readonly Header[];
    readonly text?: string;
  } = {},
) => ({
  request: {
    method: more.method ?? 'GET',
    url,
    headers: more.headers ?? [],
    ...(more.text === undefined ? {} : { postData: { mimeType: 'application/json', text: more.text } }),
  },
  response: { status: more.status ?? 200 },
});
const har = (...entries: readonly unknown[]) => ({ log: { version: '1.2', entries } });
const read = (value: unknown, origin?: string) =>
  fromHar(value, 'a.har', { ways: { writes: true, rows: false }, origin });

test('the commonest origin is the target; the others are named', () => {
  const mix = read(
    har(
      entry('https://shop.example/items/1'),
      entry('https://shop.example/items/2'),
      entry('https://cdn.example/x.js'),
    ),
  );
  expect(mix.origin).toBe('https://shop.example');
  expect(mix.kinds.map(({ path }) => path)).toEqual(['/items/{{random 1 2}}']);
  expect(mix.notes).toEqual(['requests to other origins, left out: https://cdn.example (1)']);
});

test('the origin that is asked for is the target, however rare', () => {
  const value = har(entry('https://a.example/1'), entry('https://a.example/2'), entry('http://b.example/x'));
  expect(read(value, 'http://b.example').kinds.map(({ name }) => name)).toEqual(['x']);
});

test('cookies and credentials are not copied, and that is said', () => {
  const headers = [
    { name: 'Cookie', value: 'sid=1' },
    { name: 'Authorization', value: 'Bearer x' },
    { name: 'Accept', value: 'application/json' },
  ];
  const mix = read(har(entry('http://a.example/', { headers })));
  expect(mix.kinds[0]?.headers).toEqual({ accept: 'application/json' });
  expect(mix.notes).toEqual([
    '1 request carried cookies or credentials, which were not copied: what needs a login will be refused',
  ]);
});

test('what was not answered well, or from the cache, is left out', () => {
  const value = har(
    entry('http://a.example/ok'),
    entry('http://a.example/gone', { status: 404 }),
    entry('http://a.example/blocked', { status: 0 }),
    { ...entry('http://a.example/cached'), _fromCache: 'memory' },
    entry('data:text/plain,x'),
  );
  const mix = read(value);
  expect(mix.kinds.map(({ name }) => name)).toEqual(['ok']);
  expect(mix.notes).toEqual([
    '1 request with an answer from 400 on: left out',
    '1 request with no answer: left out',
    '1 request with an answer from the cache of the browser: left out',
  ]);
});

test('a body comes along', () => {
  const mix = read(har(entry('http://a.example/orders', { method: 'post', text: '{"item":5}' })));
  expect(mix.kinds[0]).toMatchObject({ method: 'POST', body: { json: { item: 5 } }, remarks: [] });
});

test.each([
  [{}, 'a.har is no HAR: it has no list "log.entries"'],
  [null, 'a.har is no HAR: it has no list "log.entries"'],
  [har(entry('http://a.example/'), {}), 'a.har, entry 2: it has no "request"'],
  [har({ request: { method: 'GET' } }), 'a.har, entry 1: its request has no "url"'],
  [har({ request: { url: 'http://a.example/' } }), 'a.har, entry 1: its request has no "method"'],
  [har(entry('shop')), 'a.har, entry 1: "shop" is no URL, as in https://shop.example/items/7'],
  [har(), 'a.har holds no request that was answered well; there is no mix to make of it'],
  [
    har(entry('http://a.example/', { status: 500 })),
    'a.har holds no request to http://a.example that was answered well; there is no mix to make of it',
  ],
])('%j is refused in one sentence', (value, sentence) => {
  expect(() => read(value)).toThrow(sentence);
});
