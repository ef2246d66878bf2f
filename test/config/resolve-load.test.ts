import { expect, test } from 'vitest';
import { readConfiguration } from '../../src/config/read.ts';
import { plainWire } from '../../src/model/wire.ts';
import { staircaseShape } from '../plan/shapes.ts';

const plans = [staircaseShape];
const read = (load: string) =>
  readConfiguration(
    `apiVersion: plimsoll.dev/v1
prometheus: [{ name: p, url: "http://p" }]
targets:
  - name: t
    components: [{ name: c }]
    load:
      url: http://t
      writes: true
${load}`,
    'plimsoll.yaml',
    { packs: [], plans },
  ).targets[0]?.load;
const refused = (load: string, sentence: string) =>
  expect(() => read(load)).toThrow(
    expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringContaining(sentence) }),
  );

test('a walk, its checks and what it extracts', () => {
  const load = read(`
      requests:
        - name: visit
          weight: 3
          steps:
            - { name: list, path: /items, extract: { first: { json: /items/0/id }, tag: { header: ETag } }, checks: { status: 200, has: /items } }
            - { name: view, path: "/items/{{session.first}}", think: 1s..3s, checks: { within: 500ms, json: { /ok: true }, contains: yes } }
`);
  expect(load?.requests).toMatchObject([
    {
      name: 'visit',
      weight: 3,
      steps: [
        {
          name: 'list',
          extract: [
            { kind: 'json', into: 'first', pointer: '/items/0/id' },
            { kind: 'header', into: 'tag', name: 'etag' },
          ],
          checks: [
            { kind: 'status', among: [200] },
            { kind: 'has', pointer: '/items' },
          ],
        },
        {
          name: 'view',
          think: { kind: 'uniform', from: 1, to: 3 },
          checks: [
            { kind: 'within', limit: 0.5 },
            { kind: 'json', pointer: '/ok', equals: true },
            { kind: 'contains', text: 'yes' },
          ],
        },
      ],
    },
  ]);
});

test('feeders, sessions and traces', () => {
  const load = read(`
      data: { row: items.csv, user: { file: users.json, order: unique } }
      sessions: { size: 5, headers: { a: b }, login: [{ name: login, method: POST, path: /login, body: x }] }
      trace_every: 50
      requests: [{ name: a, path: / }, { name: b, path: /, session: false }]
`);
  expect(load).toMatchObject({
    data: [
      { name: 'row', file: 'items.csv', order: 'sequential', place: { line: 10 } },
      { name: 'user', order: 'unique' },
    ],
    sessions: { size: 5, headers: { a: 'b' }, login: [{ name: 'login', body: { text: 'x', isJson: false } }] },
    traceEvery: 50,
    requests: [{ session: true }, { session: false }],
  });
});

test.each([
  ['requests: [{ name: a }]', 'plimsoll.yaml:9: request "a" has neither a path nor steps'],
  [
    'requests: [{ name: a, path: /, steps: [{ name: b, path: / }] }]',
    'request "a" has steps; write "path" at one of them',
  ],
  [
    'requests: [{ name: a, path: /, session: true }]',
    'request "a" is done in a session, and this load has no "sessions"',
  ],
  [
    'requests: [{ name: a, path: / }, { name: w, steps: [{ name: a, path: / }] }]',
    'there are two requests of the name "a" in this load',
  ],
  ['requests: [{ name: a, path: /, checks: { stats: 200 } }]', 'there is no key "stats" here; did you mean "status"?'],
  ['requests: [{ name: a, path: /, checks: { status: 99 } }]', '99 is not a status, as in 201'],
  ['requests: [{ name: a, path: /, checks: { has: items } }]', '"items" is not a JSON pointer, as in /items/0/id'],
  [
    'requests: [{ name: a, path: /, checks: { json: { items: 1 } } }]',
    '"items" is not a JSON pointer, as in /items/0/id',
  ],
  ['requests: [{ name: a, path: /, checks: { matches: "(" } }]', '"(" is not a regular expression'],
  [
    'requests: [{ name: a, path: /, extract: { x: { regex: "id=1" } } }]',
    '"id=1" has no group; put what is wanted into ( )',
  ],
  ['requests: [{ name: a, path: /, extract: { x: {} } }]', '"x" is extracted from one of json, header, regex'],
  ['requests: [{ name: a, path: /, extract: { "x y": { json: /a } } }]', '"x y" is no name for a variable'],
  [
    'requests: [{ name: a, steps: [{ name: b, path: /, think: 2 }] }]',
    '2 is not a pause, as in 2s, 1s..3s, exponential 2s',
  ],
  ['data: { session: a.csv }\n      requests: [{ name: a, path: / }]', '"session" is no name for a feeder'],
])('%s is refused: %s', (load, sentence) => {
  refused(`      ${load}\n`, sentence);
});

const mix = '      requests: [{ name: a, path: / }]\n';

test('how the target is spoken to: HTTP/1.1 over kept connections unless something else is written', () => {
  expect(read(mix)?.wire).toEqual(plainWire);
  expect(read(`      http: 2\n${mix}`)?.wire).toMatchObject({ http: 2, streams: 100, connections: 'kept' });
  expect(read(`      http: 2\n      streams: 8\n${mix}`)?.wire.streams).toBe(8);
  expect(read(`      connections: new\n${mix}`)?.wire.connections).toBe('new');
});

test.each([
  ['http: 3', 'http'],
  ['http: 2\n      connections: new', 'made with HTTP/1.1 only'],
  ['streams: 8', 'streams are of HTTP/2'],
  ['tls: { verify: false }', 'there is no TLS at http://t; its address would begin with https'],
  ['tls: { cert_file: a.pem }', 'there is no TLS'],
])('%s is refused: %s', (text, sentence) => {
  refused(`      ${text}\n${mix}`, sentence);
});

test('a load may be told to stop sooner than every load stops, not later', () => {
  expect(read(`      stop: { errors: 20%, p95: 2s }\n${mix}`)?.stop).toEqual({ errors: 0.2, p95: 2 });
  expect(read(mix)?.stop).toEqual({ errors: undefined, p95: undefined });
  refused(
    `      stop: { errors: 60% }\n${mix}`,
    'every load stops at 50 % of errors; it can only be told to stop sooner',
  );
});
