import { expect, test } from 'vitest';
import { type Answer, readerOf } from '../../src/load/read-answer.ts';
import type { Check, Extraction } from '../../src/model/script.ts';
import { seconds } from '../../src/model/units.ts';

const body = JSON.stringify({ ok: true, count: 3, 'a/b': { '~': null }, items: [{ id: 'x' }] });
const answer = (told: Partial<Answer> = {}): Answer => ({ status: 200, headers: { etag: 'w1' }, body, ...told });
const read = (checks: readonly Check[], told: Partial<Answer> = {}, took = 0.1) =>
  readerOf({ checks, extract: [] })?.read(answer(told), took);
const take = (extract: Extraction, told: Partial<Answer> = {}) =>
  readerOf({ checks: [], extract: [extract] })?.read(answer(told), 0.1);

test('without checks and extraction nothing is read', () => {
  expect(readerOf({ checks: [], extract: [] })).toBeUndefined();
});

test.each<[Check, boolean]>([
  [{ kind: 'has', pointer: '/items/0/id' }, true],
  [{ kind: 'has', pointer: '/items/1' }, false],
  [{ kind: 'has', pointer: '/a~1b/~0' }, true], // null is something
  [{ kind: 'has', pointer: '/ok/toString' }, false],
  [{ kind: 'json', pointer: '/ok', equals: true }, true],
  [{ kind: 'json', pointer: '/count', equals: '3' }, false],
  [{ kind: 'json', pointer: '/a~1b/~0', equals: null }, true],
  [{ kind: 'contains', text: '"count":3' }, true],
  [{ kind: 'contains', text: 'Welcome' }, false],
  [{ kind: 'matches', pattern: '"count":\\d+' }, true],
  [{ kind: 'matches', pattern: '^ok' }, false],
])('%j: %s', (check, holds) => {
  expect(read([check])?.outcome).toBe(holds ? 'good' : 'check_failed');
});

test.each<[number, readonly number[], string]>([
  [404, [200, 404], 'good'],
  [404, [200], 'http_4xx'],
  [503, [200], 'http_5xx'],
  [302, [200], 'check_failed'],
])('status %d where %j is good: %s', (status, among, outcome) => {
  expect(read([{ kind: 'status', among }], { status })?.outcome).toBe(outcome);
});

test('an answer of 500 stays what it is, whatever else is checked of it', () => {
  expect(read([{ kind: 'contains', text: 'x' }], { status: 500 })?.outcome).toBe('http_5xx');
});

test('only an answer that is right but for its time is late', () => {
  const within: Check = { kind: 'within', limit: seconds(0.2) };
  expect(read([within], {}, 0.2)).toMatchObject({ outcome: 'good', late: false });
  expect(read([within], {}, 0.21)).toMatchObject({ outcome: 'check_failed', late: true });
  expect(read([within, { kind: 'has', pointer: '/no' }], {}, 0.21)).toMatchObject({ late: false });
});

test.each<[Extraction, string]>([
  [{ kind: 'json', into: 'v', pointer: '/items/0/id' }, 'x'],
  [{ kind: 'json', into: 'v', pointer: '/items' }, '[{"id":"x"}]'],
  [{ kind: 'json', into: 'v', pointer: '/count' }, '3'],
  [{ kind: 'header', into: 'v', name: 'etag' }, 'w1'],
  [{ kind: 'regex', into: 'v', pattern: '"count":(\\d)' }, '3'],
])('%j takes out %s', (extraction, value) => {
  expect(take(extraction)).toEqual({ outcome: 'good', late: false, extracted: [['v', value]] });
});

test.each<[Extraction, Partial<Answer>]>([
  [{ kind: 'json', into: 'v', pointer: '/none' }, {}],
  [{ kind: 'json', into: 'v', pointer: '/ok' }, { body: 'no JSON' }],
  [{ kind: 'json', into: 'v', pointer: '/a~1b/~0' }, {}], // null is no value to go on with
  [{ kind: 'header', into: 'v', name: 'location' }, {}],
  [{ kind: 'regex', into: 'v', pattern: 'id=(.)' }, {}],
])('an answer without what is extracted fails: %j', (extraction, told) => {
  expect(take(extraction, told)?.outcome).toBe('check_failed');
});

test('no more is kept of an answer than is asked for', () => {
  expect(readerOf({ checks: [{ kind: 'status', among: [200] }], extract: [] })?.keeps).toBe('status');
  expect(readerOf({ checks: [], extract: [{ kind: 'header', into: 'v', name: 'etag' }] })?.keeps).toBe('head');
  expect(readerOf({ checks: [{ kind: 'has', pointer: '/ok' }], extract: [] })?.keeps).toBe('body');
});
