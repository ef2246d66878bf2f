import { once } from 'node:events';
import { connect } from 'node:net';
import Value from 'typebox/value';
import { describe, expect, test } from 'vitest';
import { HeadroomSchema, ProblemSchema, RunSchema, RunsSchema, TargetsSchema } from '../../src/api/schemas.ts';
import { fault } from '../../src/faults.ts';
import { ComparisonSchema } from '../../src/model/comparison.ts';
import { ReportSchema } from '../../src/model/report.ts';
import { epoch } from '../../src/model/units.ts';
import { aReport } from '../store/a-report.ts';
import { aBeat, aService, broke, kept, keptInvalid } from './a-service.ts';

describe('targets', () => {
  test('are all there, with what may be asked of them and the newest report', async () => {
    const { app } = await aService();
    const answer = await app.inject('/api/v1/targets');
    expect(answer.statusCode).toBe(200);
    const told = answer.json();
    expect(Value.Errors(TargetsSchema, told)).toEqual([]);
    expect(
      told.targets.map((one: { name: string; limits: unknown; latest: unknown }) => [one.name, one.limits, one.latest]),
    ).toEqual([
      [
        'shop',
        { rate: 2000, inFlight: 500, requests: 5_000_000, duration: 7200 },
        {
          run: 'r1',
          to: '2026-11-21T03:05:00.000Z',
          verdict: 'saturated',
          sentence: 'db / pool saturated first, at 480/s.',
          report: '/api/v1/runs/r1/report',
        },
      ],
      ['blog', null, null],
    ]);
  });
});

describe('headroom', () => {
  test('is JSON unless asked otherwise, and matches its schema', async () => {
    const { app } = await aService();
    const answer = await app.inject('/api/v1/targets/shop/headroom');
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(answer.headers.vary).toBe('accept');
    expect(Value.Errors(HeadroomSchema, answer.json())).toEqual([]);
    expect(answer.json()).toMatchObject({
      target: 'shop',
      headroom: { load: 400, ratio: { value: 0.19999999999999996 } },
      later: null,
    });
  });

  test.each([
    ['an Accept header', '/api/v1/targets/shop/headroom', 'text/plain'],
    ['?format=text', '/api/v1/targets/shop/headroom?format=text', 'application/json'],
  ])('is one line of at most 200 characters by %s', async (_by, url, accept) => {
    const { app } = await aService();
    const answer = await app.inject({ url, headers: { accept } });
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(answer.body).toBe('shop: db / pool saturated first, at 480/s. Run r1, 2026-11-21T03:05:00.000Z.\n');
  });

  test('is a few lines of Markdown by ?format=markdown', async () => {
    const { app } = await aService();
    const answer = await app.inject('/api/v1/targets/shop/headroom?format=markdown');
    expect(answer.headers['content-type']).toBe('text/markdown; charset=utf-8');
    expect(answer.body).toContain('**shop**: db / pool saturated first, at 480/s.');
    expect(answer.body).toContain('- Headroom: 20 % (19 % to 21 %) at 400/s');
  });

  test('stays that of the last answer when a later run gave none, and says so', async () => {
    const { app, store } = await aService();
    await keptInvalid(store, 'r2');
    expect((await app.inject('/api/v1/targets/shop/headroom')).json()).toMatchObject({
      run: { id: 'r1' },
      later: { run: 'r2', verdict: 'data-invalid' },
    });
    expect((await app.inject('/api/v1/targets/shop/headroom?format=text')).body).toContain(
      'A later run gave no answer (data-invalid).',
    );
  });

  test('of a target without a complete run is 404, with that reason', async () => {
    const { app } = await aService();
    const answer = await app.inject('/api/v1/targets/blog/headroom');
    expect(answer.statusCode).toBe(404);
    expect(answer.json().detail).toBe('there is no complete run of target "blog" here');
  });
});

describe('starting load', () => {
  const post = { method: 'POST', url: '/api/v1/targets/shop/runs' } as const;

  test('is answered with 202 and where the run is told of', async () => {
    const { app, asked } = await aService();
    const answer = await app.inject(post);
    expect(answer.statusCode).toBe(202);
    expect(answer.headers.location).toBe('/api/v1/runs/r101');
    expect(Value.Errors(RunSchema, answer.json())).toEqual([]);
    expect(asked).toEqual([{ what: 'probe', order: { target: 'shop', caps: {} } }]);
  });

  test('may lower the limits', async () => {
    const { app, asked } = await aService();
    await app.inject({ ...post, payload: { limits: { rate: 50, duration: 60 } } });
    expect(asked).toEqual([{ what: 'probe', order: { target: 'shop', caps: { rate: 50, duration: 60 } } }]);
  });

  test.each([
    [{ limits: { rate: 2001 } }, 'limits.rate of 2001 is above the 2000 that the configuration allows; ask for less'],
    [
      { limits: { inFlight: 501 } },
      'limits.inFlight of 501 is above the 500 that the configuration allows; ask for less',
    ],
    [{ limits: { rate: 0 } }, 'body.limits.rate must be > 0'],
    [{ limits: { requests: 1.5 } }, 'body.limits.requests must be integer'],
    [{ url: 'http://10.0.0.1/' }, 'body does not know "url"'],
    [{ limits: { url: 'http://10.0.0.1/' } }, 'body.limits does not know "url"'],
    [['shop'], 'body must be object'],
  ])('refuses %j with one sentence and starts nothing', async (payload, detail) => {
    const { app, asked } = await aService();
    const answer = await app.inject({ ...post, payload });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().detail).toBe(detail);
    expect(asked).toEqual([]);
  });

  test('of an unknown target is 404 and names the known ones', async () => {
    const { app } = await aService();
    const answer = await app.inject({ ...post, url: '/api/v1/targets/shopp/runs' });
    expect(answer.statusCode).toBe(404);
    expect(answer.json().detail).toBe('there is no target "shopp" in the configuration; there is shop, blog');
  });

  test('of a target that may only be observed is 403', async () => {
    const { app, asked } = await aService();
    const answer = await app.inject({ ...post, url: '/api/v1/targets/blog/runs' });
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'TARGET_NOT_LOADABLE']);
    expect(asked).toEqual([]);
  });

  test('while a run holds the target is 409 and names that run', async () => {
    const { app } = await aService();
    await app.inject(post);
    const answer = await app.inject(post);
    expect(answer.statusCode).toBe(409);
    expect(answer.json().detail).toMatch(/^shop is already under load by run r101;/);
  });
});

describe('who may change something', () => {
  const post = { method: 'POST', url: '/api/v1/targets/shop/runs' } as const;

  test('bound to more than loopback without a token nobody starts load, but anybody may stop it', async () => {
    const { app, asked } = await aService({ access: { host: '0.0.0.0', token: undefined } });
    const answer = await app.inject(post);
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'FORBIDDEN']);
    expect(answer.json().detail).toContain('listens on 0.0.0.0 and has no token');
    expect(asked).toEqual([]);
    expect((await app.inject({ method: 'POST', url: '/api/v1/stop-all' })).statusCode).toBe(202);
  });

  test('with a token every change needs it, and reading does not', async () => {
    const { app, asked } = await aService({ access: { host: '0.0.0.0', token: 'a secret' } });
    for (const authorization of [undefined, 'Bearer another', 'Basic a secret', 'Bearer']) {
      const answer = await app.inject({ ...post, headers: authorization === undefined ? {} : { authorization } });
      expect([answer.statusCode, answer.headers['www-authenticate']]).toEqual([401, 'Bearer']);
    }
    expect(asked).toEqual([]);
    expect((await app.inject({ ...post, headers: { authorization: 'Bearer a secret' } })).statusCode).toBe(202);
    expect((await app.inject('/api/v1/targets')).statusCode).toBe(200);
  });

  test.each([
    ['another origin', { origin: 'http://evil.example' }],
    ['another site by fetch metadata', { 'sec-fetch-site': 'cross-site' }],
    ['a name that was bent to loopback', { host: 'evil.example' }],
    ['an origin that is none', { origin: 'null' }],
  ])('a page of another site starts nothing: %s', async (_name, headers) => {
    const { app, asked } = await aService();
    const answer = await app.inject({ ...post, headers });
    expect([answer.statusCode, asked]).toEqual([403, []]);
  });

  test('our own page may ask', async () => {
    const { app } = await aService();
    const headers = { host: '127.0.0.1:9464', origin: 'http://127.0.0.1:9464', 'sec-fetch-site': 'same-origin' };
    expect((await app.inject({ ...post, headers })).statusCode).toBe(202);
  });

  test('a form of another kind is not read', async () => {
    const { app, asked } = await aService();
    for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
      const answer = await app.inject({ ...post, headers: { 'content-type': type }, payload: '{}' });
      expect([answer.statusCode, asked]).toEqual([415, []]);
    }
  });
});

describe('observations', () => {
  const post = { method: 'POST', url: '/api/v1/observations' } as const;

  test('take a target and a window', async () => {
    const { app, asked } = await aService();
    const payload = { target: 'blog', from: '2026-11-21T03:00:00Z', to: '2026-11-21T04:00:00+01:00' };
    const refused = await app.inject({ ...post, payload });
    expect(refused.json().detail).toBe('from 2026-11-21T03:00:00Z must come before to 2026-11-21T04:00:00+01:00');
    const answer = await app.inject({ ...post, payload: { ...payload, to: '2026-11-21T04:00:00Z' } });
    expect([answer.statusCode, answer.headers.location]).toEqual([202, '/api/v1/runs/r101']);
    const from = Date.UTC(2026, 10, 21, 3) / 1000;
    expect(asked).toEqual([{ what: 'observe', order: { target: 'blog', span: { from, to: from + 3600 } } }]);
  });

  test.each(['yesterday', '2026-13-41T00:00:00Z', '1700000000'])('refuse %s as a time', async (from) => {
    const { app } = await aService();
    const answer = await app.inject({ ...post, payload: { target: 'blog', from, to: '2026-11-21T04:00:00Z' } });
    expect(answer.json().detail).toBe(`from "${from}" is not a time; right would be 2026-11-21T04:00:00Z`);
  });

  test('refuse a body without a target', async () => {
    const { app } = await aService();
    expect((await app.inject(post)).json().detail).toBe('body needs target, from, to');
  });
});

describe('runs', () => {
  test('come page by page until there is no next', async () => {
    const { app, store } = await aService();
    for (const id of ['r2', 'r3']) await kept(store, id, aReport(id));
    const first = (await app.inject('/api/v1/runs?limit=2')).json();
    expect(Value.Errors(RunsSchema, first)).toEqual([]);
    expect([first.runs.map((run: { id: string }) => run.id), first.next]).toEqual([['r3', 'r2'], 'r2']);
    const second = (await app.inject(`/api/v1/runs?limit=2&before=${first.next}`)).json();
    expect([second.runs.map((run: { id: string }) => run.id), second.next]).toEqual([['r1'], null]);
    expect((await app.inject('/api/v1/runs?target=blog')).json()).toEqual({ runs: [], next: null });
  });

  test.each([
    ['/api/v1/runs?limit=0', 400],
    ['/api/v1/runs?limit=many', 400],
    ['/api/v1/runs?befor=r1', 400],
    ['/api/v1/runs?before=r9', 404],
    ['/api/v1/runs/r9', 404],
    ['/api/v1/runs/..%2f..%2fetc', 400],
    ['/api/v1/runs/r9/events', 404],
    ['/api/v1/runs/r9/report', 404],
  ])('%s is refused with %i and a problem', async (url, status) => {
    const { app } = await aService();
    const answer = await app.inject(url);
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(Value.Errors(ProblemSchema, answer.json())).toEqual([]);
  });

  test('are told with times in UTC and where the report lies', async () => {
    const { app } = await aService();
    expect((await app.inject('/api/v1/runs/r1')).json()).toEqual({
      id: 'r1',
      target: 'shop',
      kind: 'probe',
      state: 'complete',
      started: '1970-01-01T00:16:40.000Z',
      ended: '1970-01-01T00:33:20.000Z',
      why: null,
      stopRequested: false,
      href: '/api/v1/runs/r1',
      report: '/api/v1/runs/r1/report',
    });
  });

  test('are asked to stop one by one or all at once', async () => {
    const { app, store } = await aService();
    for (const id of ['a', 'b']) await store.begin({ id, target: 'shop', kind: 'probe', locks: [], at: epoch(1) });
    const one = await app.inject({ method: 'POST', url: '/api/v1/runs/a/cancel' });
    expect([one.statusCode, one.json().stopRequested, (await store.run('b'))?.stopRequested]).toEqual([
      202,
      true,
      false,
    ]);
    const all = await app.inject({ method: 'POST', url: '/api/v1/stop-all' });
    expect([all.statusCode, all.json(), (await store.run('b'))?.stopRequested]).toEqual([202, { asked: 2 }, true]);
  });
});

describe('reports', () => {
  test.each([
    ['/api/v1/runs/r1/report', 'application/json', undefined],
    ['/api/v1/runs/r1/report', 'text/html', 'text/html,application/xhtml+xml,*/*;q=0.8'],
    ['/api/v1/runs/r1/report', 'text/markdown', 'text/markdown'],
    ['/api/v1/runs/r1/report?format=text', 'text/plain', 'text/html'],
    ['/api/v1/runs/r1/report.json', 'application/json', 'text/html'],
    ['/api/v1/runs/r1/report.md', 'text/markdown', undefined],
    ['/api/v1/runs/r1/report.html', 'text/html', undefined],
  ])('%s is %s', async (url, type, accept) => {
    const { app } = await aService();
    const answer = await app.inject({ url, headers: accept === undefined ? {} : { accept } });
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, `${type}; charset=utf-8`]);
  });

  test('as JSON are what the store keeps, and match their schema', async () => {
    const { app } = await aService();
    const answer = await app.inject('/api/v1/runs/r1/report.json');
    expect(answer.body).toBe(JSON.stringify(aReport('r1')));
    expect(Value.Errors(ReportSchema, answer.json())).toEqual([]);
  });

  test('as a page may run what carries the nonce of this very answer, and nothing else', async () => {
    const { app } = await aService();
    const answers = await Promise.all([1, 2].map(() => app.inject('/api/v1/runs/r1/report.html')));
    const nonces = answers.map(({ body, headers }) => {
      const nonce = /<script nonce="([^"]{24})">/.exec(body)?.[1] ?? 'none';
      const policy = String(headers['content-security-policy']).split('; ');
      expect(policy).toEqual(expect.arrayContaining([`script-src 'nonce-${nonce}'`, `style-src 'nonce-${nonce}'`]));
      return nonce;
    });
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  test('of a run that goes on are not there yet, and the answer says how it stands', async () => {
    const { app, store } = await aService();
    await store.begin({ id: 'r2', target: 'shop', kind: 'probe', locks: [], at: epoch(1) });
    expect((await app.inject('/api/v1/runs/r2/report')).json().detail).toBe(
      'there is no report of run r2, which is running, here',
    );
  });

  test('are compared by their ids', async () => {
    const { app, store } = await aService();
    await kept(store, 'r2', aReport('r2'));
    const answer = await app.inject('/api/v1/comparisons?runs=r1,r2');
    expect(Value.Errors(ComparisonSchema, answer.json())).toEqual([]);
    expect(answer.json().sentence).toBe('2 runs as 1 and 1');
    await kept(store, 'r3', aReport('r3'));
    const repeats = await app.inject('/api/v1/comparisons?runs=r1,r2&against=r3');
    expect(repeats.json().sentence).toBe('3 runs as 2 and 1');
    expect((await app.inject('/api/v1/comparisons?runs=r1,r1')).statusCode).toBe(400);
    expect((await app.inject('/api/v1/comparisons?runs=r1,r9')).statusCode).toBe(404);
  });
});

describe('events', () => {
  test('are the beats of a run, and at last how it ended', async () => {
    const { app } = await aService();
    const answer = await app.inject('/api/v1/runs/r1/events');
    expect(answer.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    const [opening, ...events] = answer.body.trimEnd().split('\n\n');
    expect(opening).toBe(': listening');
    expect(events.slice(0, 3)).toEqual(
      [1, 2, 3].map((number) => `id: ${number}\nevent: progress\ndata: ${JSON.stringify(aBeat(number))}`),
    );
    expect(events[3]).toMatch(/^event: end\ndata: \{"id":"r1",.*"state":"complete"/);
  });

  test('end for the app when the reader goes away', async () => {
    let ended: () => void = () => undefined;
    const end = new Promise<void>((resolve) => {
      ended = resolve;
    });
    const { app } = await aService({
      async *beats(_run, stop) {
        yield aBeat(1);
        await new Promise((resolve) => stop.addEventListener('abort', resolve, { once: true }));
        ended();
      },
    });
    await app.listen({ port: 0, host: '127.0.0.1' });
    const place = app.server.address();
    const socket = connect(typeof place === 'object' && place !== null ? place.port : 0, '127.0.0.1');
    socket.write('GET /api/v1/runs/r1/events HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n');
    let text = '';
    while (!text.includes('event: progress')) text += String((await once(socket, 'data'))[0]);
    socket.destroy();
    await end;
    await app.close();
  });
});

describe('operation', () => {
  test('the page of metrics has the type that scrapers know', async () => {
    const { app } = await aService();
    const answer = await app.inject('/metrics');
    expect(answer.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(answer.body).toBe('plimsoll_build_info 1\n');
  });

  test('a page of metrics that cannot be made is 500, never an empty 200', async () => {
    const { app, broken } = await aService({ metrics: broke });
    expect((await app.inject('/metrics')).statusCode).toBe(500);
    expect(broken).toHaveLength(1);
  });

  test('ready says why it is not', async () => {
    const { app } = await aService({ ready: () => ({ ready: false, why: 'Prometheus was not asked yet' }) });
    const answer = await app.inject('/-/ready');
    expect([answer.statusCode, answer.json()]).toEqual([503, { status: 'Prometheus was not asked yet' }]);
    expect((await app.inject('/-/healthy')).statusCode).toBe(200);
  });

  test.each(['PUT', 'POST'] as const)(
    '%s /-/reload reads the configuration again, or says why the old one stays',
    async (method) => {
      const { app, asked } = await aService();
      expect((await app.inject({ method, url: '/-/reload' })).statusCode).toBe(200);
      expect(asked).toEqual([{ what: 'reload' }]);
      const refused = await aService({
        reload: async () => {
          throw fault('CONFIG_INVALID', ['plimsoll.yaml:3', 'unknown key "targts"; did you mean "targets"?']);
        },
      });
      const answer = await refused.app.inject({ method, url: '/-/reload' });
      expect([answer.statusCode, answer.json().detail]).toEqual([
        400,
        'plimsoll.yaml:3: unknown key "targts"; did you mean "targets"?',
      ]);
    },
  );

  test('the page at the top names targets and escapes what reports say', async () => {
    const { app, store } = await aService();
    const report = aReport('r2');
    const sentence = '<img src=x onerror=alert(1)> "first"';
    await kept(store, 'r2', { ...report, verdict: { ...report.verdict, sentence } });
    const { body } = await app.inject('/');
    expect(body).toContain('&lt;img src=x onerror=alert(1)&gt; &quot;first&quot;');
    expect(body).not.toContain('<img');
    expect(body).toContain('/api/v1/runs/r2/report.html');
  });
});

describe('what goes wrong', () => {
  test('inside is one sentence without how we are built, and the cause goes to the log', async () => {
    const cause = new TypeError('cannot read properties of undefined (reading "x")');
    const { app, broken } = await aService({
      targets: () => {
        throw cause;
      },
    });
    const answer = await app.inject('/api/v1/targets');
    expect(answer.json()).toEqual({
      type: 'urn:plimsoll:fault:internal',
      title: 'internal',
      status: 500,
      detail: 'something in Plimsoll itself went wrong; its log says what',
      code: 'INTERNAL',
    });
    expect(broken).toEqual([cause]);
  });

  test.each([
    ['an unknown path', { method: 'GET', url: '/nothing?x=<b>' }, 404],
    ['a wrong method', { method: 'DELETE', url: '/api/v1/runs/r1' }, 404],
    [
      'broken JSON',
      { method: 'POST', url: '/api/v1/observations', payload: '{', headers: { 'content-type': 'application/json' } },
      400,
    ],
    [
      'a poisoned body',
      {
        method: 'POST',
        url: '/api/v1/observations',
        payload: '{"__proto__":{"x":1}}',
        headers: { 'content-type': 'application/json' },
      },
      400,
    ],
    [
      'a body that is too large',
      { method: 'POST', url: '/api/v1/observations', payload: { target: 'x'.repeat(70_000) } },
      413,
    ],
    ['a path that is no text', { method: 'GET', url: '/api/v1/runs/%E0%A4%A' }, 400],
    ['a name that is too long', { method: 'GET', url: `/api/v1/runs/${'x'.repeat(400)}` }, 414],
  ] as const)('%s is a problem with its status', async (_name, request, status) => {
    const { app } = await aService();
    const answer = await app.inject({ ...request });
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([
      status,
      'application/problem+json; charset=utf-8',
    ]);
    expect(Value.Errors(ProblemSchema, answer.json())).toEqual([]);
    expect(answer.body).not.toMatch(/node_modules|\.ts:|at .*\(/);
  });

  test('every answer carries the headers that keep a browser from doing more than asked', async () => {
    const { app } = await aService();
    for (const url of ['/', '/metrics', '/api/v1/targets', '/nothing', '/%E0%A4%A', '/api/v1/runs/r1/report.html']) {
      const { headers } = await app.inject(url);
      expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' });
      expect(headers['content-security-policy']).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    }
  });
});
