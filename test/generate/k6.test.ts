import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { k6Files } from '../../src/generate/k6.ts';
import type { Check, Extraction, Piece, RequestClass, Script } from '../../src/model/script.ts';
import { seconds } from '../../src/model/units.ts';
import { plainWire, type Wire } from '../../src/model/wire.ts';
import { aPlan, aScript, classOf, requestOf, stepOf } from './k6-order.ts';
import { type Answer, mainText, pretendedK6 } from './pretended-k6.ts';

const writeTo = 'http://prometheus:9090/api/v1/write';
function filesOf(script: Script, runners = 1): Readonly<Record<string, string>> {
  const files = k6Files({ plan: aPlan([stepOf(10)]), script, limits: [0.25, 0.5], main: mainText, runners, writeTo });
  return Object.fromEntries(files.map(({ path, text }) => [path.replace('k6/shop/', ''), text]));
}
const fine: Answer = { status: 200, body: '{}' };
const k6With = (
  classes: readonly RequestClass[],
  change: Partial<Script> = {},
  answer: Parameters<typeof pretendedK6>[1] = () => fine,
) => pretendedK6(filesOf(aScript(classes, {}, change)), answer);
const single = (change: Parameters<typeof requestOf>[1]): readonly RequestClass[] => [
  { ...classOf('a', 1), steps: [requestOf('a', change)] },
];

const shop: readonly RequestClass[] = [
  {
    ...classOf('browse', 8),
    steps: [
      requestOf('browse', {
        path: [
          { kind: 'text', text: '/items/' },
          { kind: 'random', low: 1, high: 5000 },
        ],
      }),
    ],
  },
  {
    ...classOf('buy', 2),
    session: true,
    steps: [
      requestOf('cart'),
      requestOf('order', {
        method: 'POST',
        body: [{ kind: 'text', text: '{}' }],
        think: { kind: 'exponential', mean: seconds(1) },
      }),
    ],
  },
];
const sessions = {
  size: 3,
  login: [
    requestOf('login', {
      path: [
        { kind: 'text', text: '/login?user=' },
        { kind: 'row', feeder: 'user', column: 'name', as: 'part' },
      ],
      extract: [{ kind: 'json', into: 'token', pointer: '/token' }],
    }),
  ],
};
const feeders = [
  {
    name: 'user',
    columns: ['id', 'name'],
    rows: [
      ['1', 'a b'],
      ['2', 'b'],
      ['3', 'c'],
    ],
    order: 'unique',
    per: 'session',
  },
] as const;

test('plan.json and testrun.yaml are as they were', async () => {
  const files = filesOf(aScript(shop, {}, { sessions, feeders, traceEvery: 100 }), 4);
  await expect(files['plan.json']).toMatchFileSnapshot('goldens/k6-plan.json');
  const [, run] = (files['testrun.yaml'] ?? '').split('---\n');
  await expect(run).toMatchFileSnapshot('goldens/k6-testrun.yaml');
  expect(files['main.js']).toBe(mainText);
});

test('the ConfigMap holds the files to the letter, and the TestRun names it', () => {
  const files = filesOf(aScript(shop, {}, { sessions, feeders }), 4);
  const [map, run] = parseAllDocuments(files['testrun.yaml'] ?? '').map((one) => one.toJS());
  const { 'testrun.yaml': _, ...data } = files;
  expect(map.data).toEqual(data);
  expect(run.spec.script.configMap).toEqual({ name: map.metadata.name, file: 'main.js' });
  expect([run.spec.parallelism, run.spec.separate]).toEqual([4, true]);
});

test('what does not fit into a ConfigMap is refused with its size', () => {
  const rows = Array.from({ length: 70_000 }, (_, index) => [`${index}`, 'somebody with a name']);
  expect(() => filesOf(aScript(shop, {}, { sessions, feeders: [{ ...feeders[0], rows }] }))).toThrow(
    /^the plan cannot run: what k6 needs takes 2\.\d MiB, and a ConfigMap holds 1 MiB; give fewer rows under "data"$/,
  );
});

test('how the target is spoken to is handed on as far as k6 can', () => {
  const spoken = (origin: string, wire: Partial<Wire>) =>
    filesOf(aScript(shop, {}, { sessions, feeders, origin, wire: { ...plainWire, ...wire } }));
  const plain = spoken('http://shop', { connections: 'new' });
  expect(JSON.parse(plain['plan.json'] ?? '')).toMatchObject({ noConnectionReuse: true, insecureSkipTLSVerify: false });
  const tls = { ...plainWire.tls, verify: false };
  expect(JSON.parse(spoken('https://shop', { tls })['plan.json'] ?? '')).toMatchObject({ insecureSkipTLSVerify: true });
  expect(spoken('https://shop', {})['testrun.yaml']).toContain('{ name: GODEBUG, value: "http2client=0" }');
  expect(spoken('https://shop', { http: 2 })['testrun.yaml']).not.toContain('GODEBUG');
  expect(() => spoken('http://shop', { http: 2 })).toThrow('k6 speaks HTTP/2 over TLS only');
});

test('a request goes where the script says, by its name, without reading what nobody looks at', () => {
  const k6 = k6With(shop);
  k6.arrive('browse');
  expect(k6.sent[0]).toMatchObject({
    method: 'GET',
    url: expect.stringMatching(/^http:\/\/shop:8080\/items\/\d+$/),
    params: { tags: { name: 'browse' }, responseType: 'none' },
  });
  expect(k6.options).toMatchObject({ maxRedirects: 0, discardResponseBodies: true });
});

test('a user chooses by the weights, pauses after what it did, and its requests are not counted as arrivals', () => {
  const files = k6Files({
    plan: { ...aPlan([{ ...stepOf(20), users: 5 }]), think: { kind: 'fixed', for: seconds(0.5) } },
    script: aScript([classOf('often', 9), classOf('rarely', 1)]),
    limits: [],
    main: mainText,
    runners: 1,
    writeTo,
  });
  const k6 = pretendedK6(
    Object.fromEntries(files.map(({ path, text }) => [path.replace('k6/shop/', ''), text])),
    () => fine,
  );
  for (let index = 0; index < 1000; index += 1) k6.live();
  const often = k6.sent.filter(({ params }) => params.tags.name === 'often').length;
  // 900 of 1000, within five standard deviations of 9.5.
  expect(Math.abs(often - 900)).toBeLessThan(48);
  expect([k6.slept.length, k6.slept[0], k6.counted.requests_sent]).toEqual([1000, 0.5, []]);
});

test('random numbers reach both ends', () => {
  const k6 = k6With(single({ path: [{ kind: 'random', low: 3, high: 5 }] }));
  for (let index = 0; index < 200; index += 1) k6.arrive('a');
  expect(new Set(k6.sent.map(({ url }) => url.slice(-1)))).toEqual(new Set(['3', '4', '5']));
});

test.each<[Piece & { readonly kind: 'row' }, string]>([
  [{ kind: 'row', feeder: 'f', column: 'x', as: 'part' }, 'a%20%22%C3%A9%2F'],
  [{ kind: 'row', feeder: 'f', column: 'x', as: 'url' }, 'a%20"%C3%A9/'],
  [{ kind: 'row', feeder: 'f', column: 'x', as: 'json' }, 'a \\"\u00e9/'],
  [{ kind: 'row', feeder: 'f', column: 'x', as: 'plain' }, 'a "\u00e9/'],
  [{ kind: 'row', feeder: 'f', column: 'n', as: 'number' }, '12.5'],
])('a value is put in as %j', (piece, text) => {
  const feeder = {
    name: 'f',
    columns: ['n', 'x'],
    rows: [['12.5', 'a "\u00e9/']],
    order: 'sequential',
    per: 'walk',
  } as const;
  const k6 = k6With(single({ method: 'POST', body: [piece] }), { feeders: [feeder] });
  k6.arrive('a');
  expect(k6.sent[0]?.body).toBe(text);
});

test('rows follow each other over the whole test, whichever scenario asks', () => {
  const feeder = { name: 'f', columns: ['x'], rows: [['a'], ['b'], ['c']], order: 'sequential', per: 'walk' } as const;
  const k6 = k6With(single({ path: [{ kind: 'row', feeder: 'f', column: 'x', as: 'part' }, { kind: 'sequence' }] }), {
    feeders: [feeder],
  });
  k6.arrive('a', { iteration: 1 });
  k6.arrive('a', { first: 3, iteration: 2 });
  expect(k6.sent.map(({ url }) => url.slice(-2))).toEqual(['b2', 'c6']);
});

test('sessions log in before the first step, and arrivals use them in turn with their cookies, rows and variables', () => {
  const token: readonly Piece[] = [{ kind: 'variable', name: 'token', as: 'header' }];
  const classes = [
    { ...classOf('buy', 1), session: true, steps: [requestOf('cart', { headers: { authorization: token } })] },
  ];
  const k6 = k6With(classes, { sessions, feeders }, ({ url }) => {
    const [, user] = url.split('user=');
    return user === undefined ? fine : { status: 200, body: `{"token":"t-${user}"}`, cookies: { sid: `s-${user}` } };
  });
  const data = JSON.parse(JSON.stringify(k6.setup()));
  expect(k6.sent.map(({ url }) => url.split('?')[1])).toEqual(['user=a%20b', 'user=b', 'user=c']);
  k6.arrive('buy', { iteration: 4, data });
  expect(k6.sent.at(-1)?.params).toMatchObject({ headers: { authorization: 't-b' }, cookies: { sid: 's-b' } });
});

test('a session that the target no longer knows is logged in anew for what comes next', () => {
  const token: readonly Piece[] = [{ kind: 'variable', name: 'token', as: 'header' }];
  const classes = [
    { ...classOf('buy', 1), session: true, steps: [requestOf('cart', { headers: { authorization: token } })] },
  ];
  let logins = 0;
  const k6 = k6With(classes, { sessions, feeders }, ({ url, params }) => {
    if (url.includes('/login')) return { status: 200, body: `{"token":"t${++logins}"}` };
    return { status: params.headers.authorization === 't1' ? 401 : 200 };
  });
  const data = k6.setup();
  k6.arrive('buy', { data });
  k6.arrive('buy', { data });
  expect(k6.sent.slice(3).map(({ url, params }) => [url.split('/')[3], params.headers.authorization])).toEqual([
    ['cart', 't1'],
    ['login?user=a%20b', undefined],
    ['cart', 't4'],
  ]);
  expect(k6.bad).toEqual(['cart']);
});

test('a login that is not answered well ends the test', () => {
  const k6 = k6With(shop, { sessions, feeders }, () => ({ status: 401 }));
  expect(() => k6.setup()).toThrow('session 1: the login request "login" was not answered well');
});

test('a walk goes on with what it extracted and its own cookies, pauses, and ends at the first answer that is not good', () => {
  const extract: readonly Extraction[] = [
    { kind: 'json', into: 'id', pointer: '/items/0/id' },
    { kind: 'header', into: 'tag', name: 'etag' },
    { kind: 'regex', into: 'page', pattern: 'page=(\\d+)' },
  ];
  const names = ['id', 'tag', 'page'].map((name): Piece => ({ kind: 'variable', name, as: 'part' }));
  const steps = [
    requestOf('one', { extract }),
    requestOf('two', { path: names, think: { kind: 'fixed', for: seconds(2) } }),
    requestOf('three'),
  ];
  const k6 = k6With([{ ...classOf('walk', 1), steps }], {}, ({ params }) => {
    if (params.tags.name === 'two') return { status: 404 };
    return {
      status: 200,
      body: '{"items":[{"id":7}],"next":"page=12"}',
      headers: { Etag: 'v1' },
      cookies: { basket: '9' },
    };
  });
  k6.arrive('walk');
  expect(k6.sent.map(({ url, params }) => [url, params.cookies])).toEqual([
    ['http://shop:8080/one', {}],
    ['http://shop:80807v112', { basket: '9' }],
  ]);
  expect([k6.slept, k6.bad]).toEqual([[2], ['two']]);
});

const json = '{"a":{"b~c":[1,null]},"ok":true}';
test.each<[Check, Answer, boolean]>([
  [{ kind: 'status', among: [201] }, { status: 201 }, true],
  [{ kind: 'status', among: [201] }, { status: 200 }, false],
  [{ kind: 'status', among: [404] }, { status: 404 }, true],
  [{ kind: 'within', limit: seconds(0.2) }, { status: 200, took: 200 }, true],
  [{ kind: 'within', limit: seconds(0.2) }, { status: 200, took: 201 }, false],
  [{ kind: 'has', pointer: '/a/b~0c/1' }, { status: 200, body: json }, true],
  [{ kind: 'has', pointer: '/a/b~0c/2' }, { status: 200, body: json }, false],
  [{ kind: 'has', pointer: '' }, { status: 200, body: 'no JSON' }, false],
  [{ kind: 'json', pointer: '/ok', equals: true }, { status: 200, body: json }, true],
  [{ kind: 'json', pointer: '/ok', equals: 'true' }, { status: 200, body: json }, false],
  [{ kind: 'contains', text: '"ok"' }, { status: 200, body: json }, true],
  [{ kind: 'matches', pattern: '^\\{' }, { status: 200, body: json }, true],
  [{ kind: 'matches', pattern: '^x' }, { status: 200, body: json }, false],
])('by %j %j is good: %s', (check, answer, isGood) => {
  const k6 = k6With(single({ checks: [check] }), {}, () => answer);
  k6.arrive('a');
  expect(k6.bad).toEqual(isGood ? [] : ['a']);
});

test.each([
  [400, ['a']],
  [404, ['a']],
  [500, []],
  [0, []],
  [204, []],
  [302, []],
])('an answer of %d counts once: by k6 itself from 500 on and where there is none', (status, bad) => {
  const k6 = k6With(single({}), {}, () => ({ status }));
  k6.arrive('a');
  expect(k6.bad).toEqual(bad);
});

test.each([
  [4, '0 to 0.005'],
  [5, '0 to 0.005'],
  [249.9, '0.2 to 0.25'],
  [250.1, '0.25 to 0.3'],
  [31_000, '30 to +Inf'],
])('an answer after %d ms counts from %s s, and the limits of objectives are bounds', (took, bound) => {
  const k6 = k6With(single({}), {}, () => ({ status: 200, took }));
  k6.arrive('a');
  expect(k6.bounds).toEqual([bound]);
});

test('one in so many requests carries a traceparent', () => {
  const k6 = k6With(single({}), { traceEvery: 1 });
  k6.arrive('a');
  expect(k6.sent[0]?.params.headers.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
});
