import { expect, test } from 'vitest';
import type { Seen } from '../../src/survey/kind.ts';
import { mixOf } from '../../src/survey/mix.ts';

const gets = (...paths: readonly string[]): readonly Seen[] => paths.map((path) => ({ method: 'GET', path }));
const times = (count: number, path: string): readonly Seen[] => gets(...Array.from({ length: count }, () => path));
const plain = { writes: false, rows: false };
const lines = (seen: readonly Seen[], ways = plain) =>
  mixOf(seen, ways).kinds.map(({ name, weight, method, path }) => `${weight} ${method} ${path} ${name}`);

test('paths that differ in a number are one kind, drawn from the least to the highest that was seen', () => {
  const seen = gets('/items/7', '/items/9', '/items/12', '/items/9');
  expect(lines(seen)).toEqual(['1 GET /items/{{random 7 12}} items-id']);
  expect(mixOf(seen, plain).kinds[0]?.remarks).toEqual([]);
});

test('where fewer than a tenth of the numbers between were seen, that is said', () => {
  // 3 of the 41 numbers from 10 to 50.
  const [kind] = mixOf(gets('/items/10', '/items/50', '/items/30'), plain).kinds;
  expect(kind?.path).toBe('/items/{{random 10 50}}');
  expect(kind?.remarks).toEqual(['3 different numbers were seen between 10 and 50: many that are drawn may not exist']);
});

test('a number that is always the same stays, and so does one with a leading nought', () => {
  expect(lines(gets('/v/2/x', '/v/2/x'))).toEqual(['1 GET /v/2/x v-id-x']);
  expect(lines(gets('/z/007', '/z/007', '/z/011'))).toEqual(['1 GET /z/007 z-id']);
});

test('weights are how often each was seen, in lowest terms, the commonest first', () => {
  // 4 : 6 : 2 is 2 : 3 : 1.
  expect(lines([...times(4, '/a'), ...times(6, '/b'), ...times(2, '/c')])).toEqual([
    '3 GET /b b',
    '2 GET /a a',
    '1 GET /c c',
  ]);
});

test('queries are alike by their keys; a value that is no number is the commonest', () => {
  const { kinds } = mixOf(gets('/s?q=tea&page=1', '/s?q=tea&page=3', '/s?q=ale&page=2', '/s?q=tea'), plain);
  expect(kinds.map(({ path }) => path)).toEqual(['/s?q=tea&page={{random 1 3}}', '/s?q=tea']);
  expect(kinds[0]?.remarks).toEqual(['the commonest of 2 values seen of "q"; with --to they become rows of a file']);
});

test('what looks like a secret in a query is never copied', () => {
  for (const key of ['token', 'api_key', 'access-token', 'SESSION', 'sig'])
    expect(lines(gets(`/a?${key}=hunter2`))).toEqual([`1 GET /a?${key}=CHANGE-ME a`]);
  expect(lines(gets('/a?author=me'))).toEqual(['1 GET /a?author=me a']);
});

test('what a URL cannot carry is encoded, and so is what would begin a template', () => {
  expect(lines(gets('/caf\u00e9 {{random 1 2}}'))).toEqual([
    '1 GET /caf%C3%A9%20%7B%7Brandom%201%202%7D%7D caf-random-1-2',
  ]);
  expect(lines(gets('/a{{row.x}}'))).toEqual(['1 GET /a%7B%7Brow.x%7D%7D a-row-x']);
});

test('two kinds of one name are told apart, and a kind that changes things is off unless it is wanted', () => {
  const seen: readonly Seen[] = [...gets('/a', '/a?x=1'), { method: 'POST', path: '/a' }];
  expect(mixOf(seen, plain).kinds.map(({ name, off }) => [name, off])).toEqual([
    ['a', undefined],
    ['a-2', undefined],
    ['post-a', 'POST may change things'],
  ]);
  expect(mixOf(seen, { ...plain, writes: true }).kinds.map(({ off }) => off)).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('more kinds than anybody reads, and methods that nobody sends, are told in one sentence each', () => {
  const many = Array.from({ length: 30 }, (_, index) =>
    times(30 - index, `/p${String.fromCharCode(97 + index)}`),
  ).flat();
  const { kinds, notes } = mixOf([...many, { method: 'PROPFIND', path: '/' }], plain);
  expect(kinds.length).toBe(25);
  // 5 + 4 + 3 + 2 + 1 of 30 + 29 + … + 1.
  expect(notes).toEqual([
    '1 request with other methods than GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE: left out',
    '5 rarer kinds of request, 15 of 465 requests: left out',
  ]);
});

test('a body in JSON is written as such, without its secrets; a longer or a mixed one is left to the user', () => {
  const body = (type: string, text: string) =>
    mixOf([{ method: 'POST', path: '/', body: { type, text } }], { ...plain, writes: true }).kinds[0];
  expect(body('application/json', '{"item":1,"password":"x"}')?.body).toEqual({
    json: { item: 1, password: 'CHANGE-ME' },
  });
  expect(body('application/x-www-form-urlencoded', 'a=1&pwd=2&user_token=3')?.body).toEqual({
    text: 'a=1&pwd=CHANGE-ME&user_token=CHANGE-ME',
  });
  expect(body('text/plain', 'x'.repeat(4001))).toMatchObject({
    body: undefined,
    remarks: ['its body of 4001 characters was not copied'],
  });
  expect(body('multipart/form-data; boundary=x', 'x')?.body).toBeUndefined();
});

test('where files may be written, what cannot be drawn or belongs together is kept as it was seen', () => {
  const ways = { writes: false, rows: true };
  const [orders, ...others] = mixOf(gets('/u/1/o/31', '/u/2/o/77', '/u/1/o/31'), ways).kinds;
  expect([orders?.path, orders?.rows?.columns, others]).toEqual([
    '/u/{{raw u-id-o-id-rows.id}}/o/{{raw u-id-o-id-rows.id-2}}',
    ['id', 'id-2'],
    [],
  ]);
  expect(orders?.rows?.rows).toEqual([
    ['1', '31'],
    ['2', '77'],
    ['1', '31'],
  ]);
  const [search] = mixOf(gets('/s?q=a%20b&token=x', '/s?q=tea&token=y'), ways).kinds;
  expect([search?.path, search?.rows?.rows]).toEqual(['/s?q={{raw s-rows.q}}&token=CHANGE-ME', [['a%20b'], ['tea']]]);
  expect(mixOf(gets('/items/1', '/items/2'), ways).kinds[0]?.rows).toBeUndefined();
  expect(
    mixOf(
      [
        { method: 'POST', path: '/s?q=a' },
        { method: 'POST', path: '/s?q=b' },
      ],
      ways,
    ).kinds[0]?.rows,
  ).toBeUndefined();
});
