import { expect, test } from 'vitest';
import { snapshotOf } from '../../src/load/tally.ts';
import type { Feeder, Piece, RequestClass, Script, ScriptRequest, Template } from '../../src/model/script.ts';
import { seconds } from '../../src/model/units.ts';
import { type Answering, classOf, requestOf, scriptOf, simulate, stepOrder } from './target.ts';

const at = (path: string): Template => [{ kind: 'text', text: path }];
const variable = (name: string): Piece => ({ kind: 'variable', name, as: 'plain' });
const row = (column: string): Piece => ({ kind: 'row', feeder: 'row', column, as: 'plain' });
const walk = (steps: readonly Partial<ScriptRequest>[], told: Partial<RequestClass> = {}): RequestClass => ({
  name: 'walk',
  weight: 1,
  session: false,
  steps: steps.map((step, index) => requestOf({ name: `r${index}`, path: at(`/${index}`), ...step })),
  ...told,
});
const pause = { kind: 'fixed', for: seconds(1) } as const;
const quick: Answering = () => ({ after: 0.01, status: 200 });
const rowsOf = (order: Feeder['order'], count: number, told: Partial<Feeder> = {}): Feeder => ({
  name: 'row',
  columns: ['id'],
  rows: Array.from({ length: count }, (_, id) => [`${id}`]),
  order,
  per: 'walk',
  ...told,
});
const counted = ({ tally }: ReturnType<typeof simulate>) =>
  snapshotOf([tally]).phases.measure.requests.map(({ outcomes, intended }) => ({
    intended,
    good: outcomes.get('good'),
    failed: outcomes.get('check_failed'),
    broken: outcomes.get('http_5xx'),
  }));
const paths = ({ asked }: ReturnType<typeof simulate>): readonly string[] => asked.map(({ path }) => path);

test('rates are requests a second: 30/s of a walk of three are ten of each in every second', () => {
  const run = simulate({
    script: scriptOf({ classes: [walk([{}, { think: pause }, { think: pause }])] }),
    answering: quick,
    order: stepOrder({ rate: 30, settle: 5, measure: 10 }),
  });
  expect(counted(run)).toEqual([100, 100, 100].map((good) => ({ intended: good, good, failed: 0, broken: 0 })));
});

test('a follow-up is due when the answer before it has ended and the pause is over, and its time runs from then', () => {
  const run = simulate({
    script: scriptOf({ classes: [walk([{}, { think: pause }])] }),
    answering: (_, { path }) => ({ after: path === '/0' ? 0.3 : 0.05, status: 200 }),
    order: stepOrder({ rate: 1, settle: 0, measure: 10 }),
  });
  const [first, second] = run.asked;
  expect([first?.path, second?.path]).toEqual(['/0', '/1']);
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeCloseTo(1.3, 2);
  expect(snapshotOf([run.tally]).phases.measure.requests[1]?.responseSum).toBeCloseTo(4 * 0.05, 1);
});

test('a walk without pauses goes on at once', () => {
  const run = simulate({
    script: scriptOf({ classes: [walk([{}, {}])] }),
    answering: quick,
    order: stepOrder({ rate: 2 }),
  });
  expect((run.asked[1]?.at ?? 0) - (run.asked[0]?.at ?? 0)).toBeCloseTo(0.01, 9);
});

test('a walk ends at the first answer that is not good, and no follow-up is asked of it', () => {
  const run = simulate({
    script: scriptOf({ classes: [walk([{}, {}, {}])] }),
    answering: (_, { path }) => ({ after: 0.01, status: path === '/1' ? 500 : 200 }),
    order: stepOrder({ rate: 30 }),
  });
  expect(counted(run)).toEqual([
    { intended: 90, good: 90, failed: 0, broken: 0 },
    { intended: 90, good: 0, failed: 0, broken: 90 },
    { intended: 0, good: 0, failed: 0, broken: 0 },
  ]);
});

test('no walk goes on beyond its step', () => {
  const run = simulate({
    script: scriptOf({ classes: [walk([{}, { think: { kind: 'fixed', for: seconds(3) } }])] }),
    answering: quick,
    order: stepOrder({ rate: 20, settle: 0, measure: 10 }),
  });
  expect(paths(run).filter((path) => path === '/1')).toHaveLength(70); // of the ten a second that began before second 7
  expect(run.now).toBeLessThan(10.1);
});

test('what one answer brings the next request carries: a value, a header, a match, and cookies until they are taken back', () => {
  const steps: readonly Partial<ScriptRequest>[] = [
    {
      extract: [
        { kind: 'json', into: 'id', pointer: '/items/1/id' },
        { kind: 'header', into: 'tag', name: 'etag' },
        { kind: 'regex', into: 'csrf', pattern: 'csrf=([a-z]+)' },
      ],
    },
    { path: [...at('/items/'), variable('id')], headers: { 'if-match': [variable('tag')] }, body: [variable('csrf')] },
    {},
  ];
  const body = JSON.stringify({ items: [{}, { id: 42 }], form: 'csrf=abc' });
  const run = simulate({
    script: scriptOf({ classes: [walk(steps)] }),
    answering: (_, { path }) => ({
      after: 0.01,
      status: 200,
      headers: path === '/0' ? { etag: 'w1', 'set-cookie': ['a=1; Path=/', 'b=2'] } : { 'set-cookie': 'a=; Max-Age=0' },
      body: path === '/0' ? body : '',
    }),
    order: stepOrder({ rate: 3, settle: 0, measure: 1 }),
  });
  const [, second, third] = run.asked;
  expect(second).toMatchObject({ path: '/items/42', headers: ['if-match', 'w1', 'cookie', 'a=1; b=2'], body: 'abc' });
  expect(third?.headers).toEqual(['cookie', 'b=2']);
});

test('each walk has cookies of its own', () => {
  const run = simulate({
    script: scriptOf({ classes: [walk([{}, {}])] }),
    answering: (now) => ({ after: 0.01, status: 200, headers: { 'set-cookie': `at=${now}` } }),
    order: stepOrder({ rate: 20 }),
  });
  const cookies = run.asked.filter(({ path }) => path === '/1').map(({ headers }) => headers[1]);
  expect(new Set(cookies).size).toBe(cookies.length);
  expect(run.asked.filter(({ path }) => path === '/0').every(({ headers }) => headers.length === 0)).toBe(true);
});

test('an answer that fails a check is an error of its own class; one that is only late counts with its time', () => {
  const late: Partial<ScriptRequest> = { name: 'late', checks: [{ kind: 'within', limit: seconds(0.1) }] };
  const odd: Partial<ScriptRequest> = { name: 'odd', checks: [{ kind: 'contains', text: 'ok' }] };
  const run = simulate({
    script: scriptOf({ classes: [classOf(late), classOf(odd)] }),
    answering: () => ({ after: 0.2, status: 200, body: 'oh' }),
    order: stepOrder({ rate: 100 }),
  });
  const { measure } = snapshotOf([run.tally]).phases;
  expect(measure.outcomes.get('check_failed')).toBe(900);
  expect(run.tally.read('goodInTime')).toBe(0);
  expect(run.tally.read('answersInTime')).toBe(900);
  const [lateCounts, oddCounts] = measure.requests;
  expect(lateCounts?.responseSum).toBeCloseTo(0.2 * (lateCounts?.intended ?? 0), 0);
  expect(oddCounts?.responseSum).toBe(0);
});

const login = [
  requestOf({
    name: 'login',
    path: [...at('/login/'), row('id')],
    extract: [{ kind: 'json', into: 'token', pointer: '/token' }],
  }),
];
const withSessions = (told: Partial<Script> = {}): Script =>
  scriptOf({
    sessions: { size: 3, login },
    feeders: [rowsOf('unique', 3, { per: 'session' })],
    classes: [
      walk([{ path: [...at('/mine/'), row('id')], headers: { token: [variable('token')] } }], { session: true }),
    ],
    ...told,
  });
const welcoming: Answering = (_, { path }) => ({
  after: 0.01,
  status: 200,
  headers: path.startsWith('/login') ? { 'set-cookie': `who=${path.slice(-1)}` } : {},
  body: JSON.stringify({ token: `t${path.slice(-1)}` }),
});

test('sessions log in once, one after the other, and arrivals use them in turn with their rows, tokens and cookies', () => {
  const run = simulate({
    script: withSessions(),
    answering: welcoming,
    order: stepOrder({ rate: 10, settle: 0, measure: 2 }),
  });
  expect(run.loggedIn).toMatchObject({ halt: undefined, loginFailed: undefined });
  expect(paths(run).slice(0, 3)).toEqual(['/login/0', '/login/1', '/login/2']);
  expect((run.asked[1]?.at ?? 0) - (run.asked[0]?.at ?? 0)).toBeCloseTo(0.01, 9);
  const walks = run.asked.slice(3);
  expect(walks.map(({ path }) => path).slice(0, 4)).toEqual(['/mine/0', '/mine/1', '/mine/2', '/mine/0']);
  expect(walks[1]?.headers).toEqual(['token', 't1', 'cookie', 'who=1']);
  expect(walks).toHaveLength(20);
  expect(counted(run)[0]?.intended).toBe(0); // the login is no part of the mix
});

test('where all sessions are busy they are shared, so that arrivals do not wait', () => {
  const slow: Answering = (now, request) => ({
    ...welcoming(now, request),
    after: request.path.startsWith('/login') ? 0.01 : 1,
  });
  const run = simulate({
    script: withSessions(),
    answering: slow,
    order: stepOrder({ rate: 30, settle: 0, measure: 2 }),
  });
  expect(run.asked).toHaveLength(63);
  expect(run.most).toBeGreaterThan(25);
});

test('a session that the target no longer knows is logged in anew, once, with its own row', () => {
  const born = new Map<string, number>();
  const run = simulate({
    script: withSessions(),
    answering: (now, request) => {
      const who = request.path.slice(-1);
      if (request.path.startsWith('/login')) born.set(who, now);
      // A login lasts for four seconds.
      return now - (born.get(who) ?? 0) > 4 ? { after: 0.01, status: 401 } : welcoming(now, request);
    },
    order: stepOrder({ rate: 30, settle: 0, measure: 6 }),
  });
  const logins = paths(run).filter((path) => path.startsWith('/login'));
  expect(logins.toSorted()).toEqual(['/login/0', '/login/0', '/login/1', '/login/1', '/login/2', '/login/2']);
  const { outcomes } = snapshotOf([run.tally]).phases.measure;
  expect(outcomes.get('http_4xx')).toBe(3);
  expect(outcomes.get('good')).toBe(177 + 3); // all other walks, and the three logins
});

test('a target that refuses everybody is not asked to log in again for each arrival', () => {
  const run = simulate({
    script: withSessions(),
    answering: (now, request) => (now < 1 ? welcoming(now, request) : { after: 0.01, status: 401 }),
    order: stepOrder({ rate: 30, settle: 0, measure: 6 }),
  });
  expect(paths(run).filter((path) => path.startsWith('/login'))).toHaveLength(3 + 3);
});

test('a login that is refused ends the load before it begins', () => {
  const run = simulate({ script: withSessions(), answering: () => ({ after: 0.01, status: 401 }) });
  expect(run.loggedIn).toMatchObject({
    halt: 'login-failed',
    loginFailed: { request: 0, outcome: 'http_4xx', status: 401 },
  });
  expect(paths(run).filter((path) => path.startsWith('/login'))).toHaveLength(1);
});

test('a feeder in order gives each row in turn and begins again; one by chance gives them all', () => {
  const asked = (order: Feeder['order']) =>
    paths(
      simulate({
        script: scriptOf({ feeders: [rowsOf(order, 3)], classes: [walk([{ path: [row('id')] }])] }),
        answering: quick,
      }),
    );
  expect(asked('sequential').slice(0, 5)).toEqual(['0', '1', '2', '0', '1']);
  expect(new Set(asked('random'))).toEqual(new Set(['0', '1', '2']));
  expect(asked('random').slice(0, 30)).not.toEqual(asked('sequential').slice(0, 30));
});

test('a walk keeps its row, and a unique feeder that is at its end ends the load', () => {
  const run = simulate({
    script: scriptOf({
      feeders: [rowsOf('unique', 7)],
      classes: [walk([{ path: [row('id')] }, { path: [row('id')] }])],
    }),
    answering: quick,
    order: stepOrder({ rate: 20, settle: 0, measure: 2 }),
  });
  expect(paths(run)).toEqual(['0', '0', '1', '1', '2', '2', '3', '3', '4', '4', '5', '5', '6', '6']);
  expect(run.ended?.halt).toBe('rows');
});

test('walks are numbered through the run', () => {
  const script = scriptOf({ classes: [walk([{ path: [{ kind: 'sequence' }] }, { path: [{ kind: 'sequence' }] }])] });
  const run = simulate({ script, answering: quick, order: stepOrder({ rate: 10, settle: 0, measure: 1 }) });
  expect(paths(run).slice(0, 6)).toEqual(['1', '1', '2', '2', '3', '3']);
});

test('one in ten requests is traced, and the ids of the slowest are kept', () => {
  const run = simulate({
    script: scriptOf({ traceEvery: 10 }),
    answering: (now) => ({ after: now < 5 ? 0.5 : 0.01, status: 200 }),
    order: stepOrder({ rate: 100, settle: 1, measure: 9 }),
  });
  const traced = run.asked.filter(({ headers }) => headers.includes('traceparent'));
  expect(traced).toHaveLength(100);
  expect(traced[0]?.headers[1]).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  const [slowest] = run.ended?.slowest ?? [];
  expect(slowest).toHaveLength(5);
  expect(slowest?.every(({ took }) => took > 0.49 && took < 0.51)).toBe(true);
  expect(traced.some(({ headers }) => headers[1]?.includes(slowest?.[0]?.trace ?? 'none'))).toBe(true);
});
