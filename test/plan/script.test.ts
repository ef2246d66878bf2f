import { expect, test } from 'vitest';
import type { LoadSource, RequestSource } from '../../src/model/configuration.ts';
import { perSecond, seconds } from '../../src/model/units.ts';
import { compile, type ScriptOrder } from '../../src/plan/script.ts';
import { staircase } from '../../src/plan/staircase.ts';

const place = { file: 'plimsoll.yaml', line: 12 };
const browse: RequestSource = {
  name: 'browse',
  weight: 8,
  method: 'GET',
  path: '/items/{{random 1 5000}}?full',
  headers: {},
  body: undefined,
  place,
};
const shape = {
  name: 'staircase',
  kind: 'staircase',
  from: perSecond(10),
  to: perSecond(20),
  factor: undefined,
  rates: undefined,
  settle: undefined,
  measure: undefined,
  arrivals: 'poisson',
  seed: 7,
} as const;
const load: LoadSource = {
  url: 'http://shop.test:8080',
  plan: shape,
  writes: false,
  timeout: seconds(5),
  workers: undefined,
  guards: {},
  requests: [browse],
  place,
};
const caps = { rate: perSecond(50), inFlight: 100, requests: 10_000, duration: seconds(120) };
const order: ScriptOrder = {
  target: 'shop',
  run: 'r1',
  version: '0.1.0',
  plan: staircase(shape, seconds(1), caps),
  caps,
  origin: 'http://shop.test:8080',
  address: '10.0.0.7',
  workers: 1,
};
const one = (told: Partial<RequestSource>, from: Partial<LoadSource> = {}) =>
  compile({ ...load, ...from, requests: [{ ...browse, ...told }] }, order).classes[0];

test('a template becomes pieces', () => {
  expect(one({})?.path).toEqual([
    { kind: 'text', text: '/items/' },
    { kind: 'random', low: 1, high: 5000 },
    { kind: 'text', text: '?full' },
  ]);
});

test('every request says who sends it and for which run', () => {
  expect(one({ headers: { accept: 'text/html' } })?.headers).toEqual({
    accept: [{ kind: 'text', text: 'text/html' }],
    'user-agent': [{ kind: 'text', text: 'plimsoll/0.1.0' }],
    'x-plimsoll-run': [{ kind: 'text', text: 'r1' }],
  });
});

test('a path in the URL comes before every path', () => {
  expect(one({ path: '/a' }, { url: 'http://shop.test/shop/' })?.path).toEqual([{ kind: 'text', text: '/shop/a' }]);
});

test('arrivals, seed, caps and time-out come along', () => {
  expect(compile(load, order)).toMatchObject({
    arrivals: 'poisson',
    seed: 7,
    caps,
    timeout: 5,
    workers: 1,
    address: '10.0.0.7',
  });
});

test.each([
  [{ path: '/{{row.item}}' }, 'its path: "{{row.item}}" is not known here; a template may say "random"'],
  [{ path: '/{{toString 1}}' }, 'its path: "{{toString 1}}" is not known here'],
  [{ path: '/{{random 1}}' }, 'its path: "random" takes two whole numbers, as in {{random 1 5000}}'],
  [{ path: '/{{random 9 1}}' }, 'its path: "random" goes from the lower to the higher number, not from 9 to 1'],
  [{ path: '/{{random 1 9' }, 'its path: "{{random 1 9" has no closing }}'],
  [{ path: '/a b' }, 'its path "/a b" has a character that a URL cannot carry; write it percent-encoded'],
  [{ path: 'a' }, 'its path "a" does not begin with "/"'],
  [
    { method: 'POST' },
    'POST may change things at the target; it is only sent with "writes: true" in the target\'s load',
  ],
  [{ headers: { 'User-Agent': 'me' } }, 'the header "User-Agent" is set by Plimsoll; leave it out'],
  [{ headers: { 'a b': 'c' } }, '"a b" is not the name of a header'],
  [{ headers: { a: 'b\nc: d' } }, 'the header "a" has a character that a header cannot carry'],
] as const)('%j is refused: %s', (told, sentence) => {
  expect(() => one(told)).toThrow(
    expect.objectContaining({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining(`plimsoll.yaml:12: request "browse": ${sentence}`),
    }),
  );
});

test('with writes allowed, a body is a template too', () => {
  expect(one({ method: 'POST', body: '{"item":"{{random 3 3}}"}' }, { writes: true })?.body).toEqual([
    { kind: 'text', text: '{"item":"' },
    { kind: 'random', low: 3, high: 3 },
    { kind: 'text', text: '"}' },
  ]);
});
