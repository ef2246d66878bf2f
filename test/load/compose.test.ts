import { expect, test } from 'vitest';
import { pickerOf, type Visit, writersOf } from '../../src/load/compose.ts';
import { draw } from '../../src/load/draw.ts';
import type { Encoding, Piece, ScriptRequest } from '../../src/model/script.ts';
import { classOf, requestOf } from './target.ts';

const text = (words: string) => [{ kind: 'text', text: words }] as const;
const visit = (told: Partial<Visit> = {}): Visit => ({
  seed: 1,
  index: 0,
  rows: new Map(),
  variables: new Map(),
  sequence: 1,
  ...told,
});
const feeder = { name: 'row', columns: ['id', 'title'], rows: [], order: 'sequential', per: 'walk' } as const;
const write = (told: Partial<ScriptRequest>, given: Partial<Visit> = {}, run = 'r1', number = 0) =>
  writersOf([requestOf(told)], [feeder], run)[0]?.(visit(given), number);
const body = (piece: Piece, given: Partial<Visit> = {}) => write({ body: [piece] }, given)?.body;
const random: Piece = { kind: 'random', low: 1, high: 3 };

test('what is fixed is written as it stands', () => {
  const buy = { method: 'POST', path: text('/orders'), headers: { accept: text('*/*') }, body: text('{}') };
  const written = { method: 'POST', path: '/orders', headers: ['accept', '*/*'], body: '{}', isFixed: true };
  expect(write(buy)).toEqual(written);
});

test.each([
  ['path', { path: [random] }],
  ['header', { headers: { 'x-row': [random] } }],
  ['body', { body: [random] }],
])('what varies in its %s is not told to be fixed', (_, told) => {
  expect(write(told)?.isFixed).toBe(false);
});

test('weights 8 and 2: of 10 000 arrivals 8000 are of the first class, give or take 4 standard deviations of 40', () => {
  const pick = pickerOf([classOf({}, 8), classOf({ name: 'buy' }, 2)]);
  const first = Array.from({ length: 10_000 }, (_, index) => pick(7, index)).filter((picked) => picked === 0);
  expect(Math.abs(first.length - 8000)).toBeLessThan(160);
});

test('a random piece takes each of its values, both ends included', () => {
  const path = [...text('/items/'), random];
  const paths = new Set(Array.from({ length: 200 }, (_, index) => write({ path }, { index })?.path));
  expect([...paths].sort()).toEqual(['/items/1', '/items/2', '/items/3']);
});

test('the same seed and index give the same request, whoever asks and when', () => {
  const [one, other] = [{ path: [...text('/'), random, random, random] }, { seed: 3, index: 17 }];
  write(one, { seed: 3, index: 99 });
  expect(write(one, other)).toEqual(write(one, other));
});

test('requests of one walk draw their own numbers', () => {
  const wide: Piece = { kind: 'random', low: 1, high: 1_000_000 };
  const [first, second] = writersOf([requestOf({ path: [wide] }), requestOf({ path: [wide] })], [], 'r1');
  expect(first?.(visit(), 0).path).not.toBe(second?.(visit(), 0).path);
});

test.each<[Encoding, string, string]>([
  ['plain', 'a "b"/ü\n', 'a "b"/ü\n'],
  ['part', 'a b/ü&', 'a%20b%2F%C3%BC%26'],
  ['url', '/a b?q=ü', '/a%20b?q=%C3%BC'],
  ['header', 'a\r\nb: c', 'ab: c'],
  ['json', 'a "b"\n', 'a \\"b\\"\\n'],
  ['number', '-1.5e3', '-1.5e3'],
  ['number', 'seven', '"seven"'],
])('put in as %s, %j is %j', (as, value, written) => {
  const rows = new Map([['row', ['1', value]]]);
  expect(body({ kind: 'row', feeder: 'row', column: 'title', as }, { rows })).toBe(written);
  expect(body({ kind: 'variable', name: 'v', as }, { variables: new Map([['v', value]]) })).toBe(written);
});

test('a sequence is the number of the walk; a uuid is of the run and the number of the request', () => {
  expect(body({ kind: 'sequence' }, { sequence: 42 })).toBe('42');
  const uuid = (run: string, number: number) => write({ body: [{ kind: 'uuid' }] }, {}, run, number)?.body;
  expect(uuid('r1', 255)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-0000000000ff$/);
  expect(uuid('r1', 256)).not.toBe(uuid('r1', 255));
  expect(uuid('r2', 255)).not.toBe(uuid('r1', 255));
});

test('draws of neighbours and of neighbouring lanes do not go together', () => {
  const pairs = Array.from(
    { length: 10_000 },
    (_, index) => [draw(1, index, 0), draw(1, index, 1), draw(1, index + 1, 0)] as const,
  );
  const together = (one: 0 | 1 | 2, other: 0 | 1 | 2) =>
    pairs.reduce((sum, pair) => sum + (pair[one] - 0.5) * (pair[other] - 0.5), 0) / pairs.length / (1 / 12);
  expect(together(0, 0)).toBeCloseTo(1, 1);
  expect(Math.abs(together(0, 1))).toBeLessThan(0.05); // 5 standard errors of 1/√10 000
  expect(Math.abs(together(0, 2))).toBeLessThan(0.05);
});
