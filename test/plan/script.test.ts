import { expect, test } from 'vitest';
import type { LoadSource } from '../../src/model/configuration.ts';
import type { StaircaseShape } from '../../src/model/plan-shape.ts';
import type { FeederSource, RequestSource, SessionsSource } from '../../src/model/request-source.ts';
import { perSecond, seconds } from '../../src/model/units.ts';
import { plainWire } from '../../src/model/wire.ts';
import { compile, type ScriptOrder } from '../../src/plan/script.ts';
import { laidOut, staircaseShape } from './shapes.ts';

const place = { file: 'plimsoll.yaml', line: 12 };
const browse: RequestSource = {
  name: 'browse',
  method: 'GET',
  path: '/items/{{random 1 5000}}?full',
  headers: {},
  body: undefined,
  extract: [],
  checks: [],
  think: undefined,
  place,
};
const shape: StaircaseShape = { ...staircaseShape, from: 10, to: 20, arrivals: 'poisson', seed: 7 };
const load: LoadSource = {
  url: 'http://shop.test:8080',
  plan: shape,
  writes: false,
  timeout: seconds(5),
  wire: plainWire,
  workers: undefined,
  guards: {},
  stop: { errors: undefined, p95: undefined },
  data: [],
  sessions: undefined,
  traceEvery: undefined,
  requests: [{ name: 'browse', weight: 8, session: true, steps: [browse] }],
  place,
};
const caps = { rate: perSecond(50), inFlight: 100, requests: 10_000, duration: seconds(120) };
const order: ScriptOrder = {
  target: 'shop',
  run: 'r1',
  version: '0.1.0',
  plan: laidOut(shape, seconds(1), caps),
  caps,
  origin: 'http://shop.test:8080',
  address: '10.0.0.7',
  workers: 1,
};
const one = (told: Partial<RequestSource>, from: Partial<LoadSource> = {}) => walk([told], from)[0];
/** The requests of a walk, compiled. */
const walk = (steps: readonly Partial<RequestSource>[], from: Partial<LoadSource> = {}) => {
  const requests = [{ name: 'walk', weight: 1, session: true, steps: steps.map((step) => ({ ...browse, ...step })) }];
  return compile({ ...load, ...from, requests }, order).classes[0]?.steps ?? [];
};

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
  [{ path: '/{{row.item}}' }, 'its path: {{row.item}} names a feeder that is not under "data"'],
  [{ path: '/{{item}}' }, 'its path: "{{item}}" is not known here; a template may say "random", "sequence", "uuid"'],
  [{ path: '/{{session.token}}' }, 'its path: {{session.token}} is extracted by no request before it'],
  [{ path: '/{{number random 1 2}}' }, 'its path: "number" stands alone in a text of a json body'],
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
  expect(
    one({ method: 'POST', body: { text: '{"item":"{{random 3 3}}"}', isJson: true } }, { writes: true })?.body,
  ).toEqual([
    { kind: 'text', text: '{"item":"' },
    { kind: 'random', low: 3, high: 3 },
    { kind: 'text', text: '"}' },
  ]);
});

const users: FeederSource = {
  name: 'user',
  file: 'users.csv',
  order: 'unique',
  columns: ['name', 'age'],
  rows: [
    ['ann', '34'],
    ['bob', 'old'],
  ],
  place: { file: 'plimsoll.yaml', line: 30 },
};
const token = { kind: 'json', into: 'token', pointer: '/token' } as const;
const sessions: SessionsSource = {
  size: undefined,
  login: [{ ...browse, name: 'login', path: '/login?as={{user.name}}', extract: [token] }],
  headers: { authorization: 'Bearer {{session.token}}' },
  place,
};
const compiled = (told: Partial<LoadSource>) => compile({ ...load, data: [users], sessions, ...told }, order);
const refused = (told: Partial<LoadSource>, sentence: string) =>
  expect(() => compiled(told)).toThrow(
    expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringContaining(sentence) }),
  );

test('what an earlier request extracts, a later one may use', () => {
  const steps = walk([{ extract: [token] }, { path: '/mine/{{session.token}}' }]);
  expect(steps[1]?.path).toEqual([
    { kind: 'text', text: '/mine/' },
    { kind: 'variable', name: 'token', as: 'part' },
  ]);
});

test('a session logs in with a row that it keeps, and what its login extracts goes with every request', () => {
  const script = compiled({});
  expect(script.sessions?.size).toBe(2); // as many as there are rows
  expect(script.feeders).toMatchObject([{ name: 'user', per: 'session' }]);
  expect(script.classes[0]).toMatchObject({ session: true });
  expect(script.classes[0]?.steps[0]?.headers.authorization).toEqual([
    { kind: 'text', text: 'Bearer ' },
    { kind: 'variable', name: 'token', as: 'header' },
  ]);
});

test('no more workers than sessions, so that each has one', () => {
  expect(compiled({ workers: 8 }).workers).toBe(2);
});

test('a number in a JSON body stands without quotes', () => {
  const body = { text: '{"n":"{{number random 1 2}}","m":"{{ number random 3 3 }}"}', isJson: true };
  expect(one({ method: 'POST', body }, { writes: true })?.body).toEqual([
    { kind: 'text', text: '{"n":' },
    { kind: 'random', low: 1, high: 2 },
    { kind: 'text', text: ',"m":' },
    { kind: 'random', low: 3, high: 3 },
    { kind: 'text', text: '}' },
  ]);
});

test('feeders are held against what names them', () => {
  const [browsing] = load.requests;
  const named = (path: string, session: boolean): Partial<LoadSource> => ({
    requests: browsing === undefined ? [] : [{ ...browsing, session, steps: [{ ...browse, path }] }],
  });
  refused(
    named('/{{user.mail}}', true),
    'plimsoll.yaml:12: request "browse": its path: the feeder "user" has no column "mail"; it has "name", "age"',
  );
  refused(named('/{{users.name}}', true), '{{users.name}} names a feeder that is not under "data"; there is "user"');
  refused(
    named('/{{user.name}}', false),
    'plimsoll.yaml:30: feeder "user": each session keeps one of its rows, and request "browse" is in none',
  );
  refused({ sessions: { ...sessions, size: 3 } }, '3 sessions need 3 rows of the unique feeder "user", which has 2');
  // Of 10/s for 15 s and 20/s for 15 s each arrival takes one.
  refused({ ...named('/{{user.name}}', false), sessions: undefined }, 'feeder "user": the plan may need');
  refused(
    { sessions: { ...sessions, headers: { age: '{{user.mail}}' } } },
    'the header "age": the feeder "user" has no column "mail"',
  );
});

test('a value that cannot stand where it is put is found before any load, by its row', () => {
  const aged = { ...browse, method: 'POST', body: { text: '{"age":"{{number user.age}}"}', isJson: true } };
  refused(
    { writes: true, requests: [{ name: 'aged', weight: 1, session: true, steps: [aged] }] },
    'feeder "user": row 2 has something that is no number in the column "age"',
  );
});
