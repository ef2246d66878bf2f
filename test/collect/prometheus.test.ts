import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { prometheus } from '../../src/collect/prometheus.ts';
import type { Source } from '../../src/collect/source.ts';
import type { PrometheusSource } from '../../src/model/configuration.ts';
import { seeded } from '../../src/model/random.ts';
import { epoch, seconds } from '../../src/model/units.ts';
import { type Asked, json, pretendedPrometheus } from '../support/pretended-prometheus.ts';

const span = { from: epoch(1000), to: epoch(1060) };
const selection = { names: ['up'], tests: [] };
const never = new AbortController().signal;

/** Sleeping takes no time here; what was slept counts as time passed. */
function waiting(): { readonly slept: number[]; readonly clock: Parameters<typeof prometheus>[1]['clock'] } {
  const slept: number[] = [];
  return {
    slept,
    clock: {
      now: () => epoch(1060),
      monotonic: () => seconds(slept.reduce((sum, one) => sum + one, 0)),
      sleep: async (duration) => {
        slept.push(duration);
      },
    },
  };
}

const configured = (url: string, more: Partial<PrometheusSource> = {}): PrometheusSource => ({
  name: 'main',
  url,
  flavor: 'auto',
  select: {},
  tenant: undefined,
  bearerTokenFile: undefined,
  basicAuth: undefined,
  headers: {},
  headersFile: {},
  timeout: seconds(5),
  place: { file: 'plimsoll.yaml', line: 3 },
  ...more,
});

const sourceAt = (url: string, more: Partial<PrometheusSource> = {}): Source =>
  prometheus(configured(url, more), { clock: waiting().clock, random: seeded(1) });

const success = (response: ServerResponse, result: unknown, more: object = {}): void =>
  json(response, { status: 'success', data: { resultType: 'matrix', result }, ...more });

const matrix = (values: readonly (readonly [number, string])[], labels: object = { __name__: 'up' }): object => ({
  metric: labels,
  values,
});

test('samples keep their own times, ±Inf stays, NaN is left out, what lies outside the span is cut off', async () => {
  await using server = await pretendedPrometheus((_, response) =>
    success(response, [
      matrix([
        [999, '9'],
        [1000.25, '1'],
        [1010, '+Inf'],
        [1020, 'NaN'],
        [1030, '-Inf'],
        [1061, '9'],
      ]),
    ]),
  );
  const { series } = await sourceAt(server.url).samples(selection, span, never);
  expect([...(series[0]?.times ?? [])]).toEqual([1000.25, 1010, 1030]);
  expect([...(series[0]?.values ?? [])]).toEqual([1, Infinity, -Infinity]);
  expect(server.asked[0]?.path).toBe('/api/v1/query');
  expect(server.asked[0]?.form.get('query')).toBe('up[61s]');
  expect(server.asked[0]?.form.get('time')).toBe('1060');
});

const grid = { from: epoch(1000), to: epoch(1600), step: seconds(300) };

test('of a long span counters are asked for on a grid, all metrics with the same tests at once', async () => {
  await using server = await pretendedPrometheus((_, response) =>
    success(response, [
      matrix([
        [1000, '5'],
        [1300, '8'],
      ]),
    ]),
  );
  const { series } = await sourceAt(server.url).thinned(
    { ...selection, names: ['up', 'down'] },
    'counted',
    grid,
    never,
  );
  expect(series.map(({ times, values }) => [...times, ...values])).toEqual([[1000, 1300, 5, 8]]);
  expect(server.asked.map(({ path, form }) => [path, form.get('query'), form.get('step')])).toEqual([
    ['/api/v1/query_range', '{__name__=~"down|up"}', '300'],
  ]);
});

test('levels come as means, one metric after the other, under their names and in the middle of their time', async () => {
  await using server = await pretendedPrometheus((_, response) =>
    success(response, [matrix([[1300, '0.5']], { job: 'a' })]),
  );
  const { series } = await sourceAt(server.url).thinned({ ...selection, names: ['up', 'down'] }, 'level', grid, never);
  expect(series.map(({ labels, times }) => [labels, ...times])).toEqual([
    [{ job: 'a', __name__: 'up' }, 1150],
    [{ job: 'a', __name__: 'down' }, 1150],
  ]);
  expect(server.asked.map(({ form }) => form.get('query')).toSorted()).toEqual([
    'avg_over_time(down[300s])',
    'avg_over_time(up[300s])',
  ]);
});

test('a grid that comes to too much is asked for in halves that meet without a gap', async () => {
  await using server = await pretendedPrometheus(({ form }, response) => {
    const [from, to] = [Number(form.get('start')), Number(form.get('end'))];
    if (to - from > 300)
      return json(response, { status: 'error', error: 'exceeded maximum resolution of 11,000 points' }, 422);
    const moments = Array.from({ length: (to - from) / 300 + 1 }, (_, i) => from + i * 300);
    return success(response, [matrix(moments.map((at) => [at, '1'] as const))]);
  });
  const { series } = await sourceAt(server.url).thinned(selection, 'level', grid, never);
  expect(series.map(({ times }) => [...times])).toEqual([[850, 1150, 1450]]);
});

test('which series there were in two weeks is asked without reading every sample', async () => {
  await using server = await pretendedPrometheus((_, response) => success(response, [{ metric: { __name__: 'up' } }]));
  const weeks = { from: epoch(0), to: epoch(14 * 86_400) };
  expect((await sourceAt(server.url).series(selection, weeks, never)).series).toEqual([{ __name__: 'up' }]);
  expect(server.asked[0]?.form.get('query')).toBe('last_over_time(up[1209601s:3024s])');
});

test('native histograms are no samples, and break nothing', async () => {
  await using server = await pretendedPrometheus((_, response) =>
    success(response, [{ metric: { __name__: 'h' }, histograms: [[1000, { count: '1' }]] }, matrix([[1001, '2']])]),
  );
  const { series } = await sourceAt(server.url).samples(selection, span, never);
  expect(series.map(({ labels }) => labels.__name__)).toEqual(['up']);
});

test('warnings, infos and partial answers become notes', async () => {
  await using server = await pretendedPrometheus((_, response) =>
    success(response, [], { warnings: ['a store is away'], infos: ['not a counter'], isPartial: true }),
  );
  const { notes } = await sourceAt(server.url).samples(selection, span, never);
  expect(notes.map(({ text }) => text)).toEqual([
    'Prometheus "main" says: a store is away',
    'Prometheus "main" says: not a counter',
    'the answer of Prometheus "main" is partial: some of its stores are missing',
  ]);
});

const answers: readonly (readonly [string, (asked: Asked, response: ServerResponse) => void, RegExp])[] = [
  [
    'a web page',
    (_, r) => r.writeHead(200, { 'content-type': 'text/html' }).end('<html>sign in</html>'),
    /^what answers at http:\S+ is not Prometheus: it answers with a web page \(200\); check the address and its path$/,
  ],
  [
    '401',
    (_, r) => json(r, { status: 'error' }, 401),
    /^Prometheus at http:\S+ refused the query: 401, it wants to know who asks; give bearer_token_file, basic_auth or tenant for it$/,
  ],
  [
    '422',
    (_, r) => json(r, { status: 'error', errorType: 'execution', error: 'many-to-many matching' }, 422),
    /^Prometheus at http:\S+ refused the query: 422, many-to-many matching$/,
  ],
  [
    '400',
    (_, r) => json(r, { status: 'error', errorType: 'bad_data', error: 'parse error: bad' }, 400),
    /refused the query: 400, parse error: bad$/,
  ],
  ['nothing', (_, r) => r.writeHead(200).end(), /is not Prometheus: its answer is empty \(200\)$/],
  ['something else', (_, r) => r.writeHead(200).end('hello'), /is not Prometheus: its answer is not JSON \(200\)$/],
  [
    'JSON of somebody else',
    (_, r) => json(r, { ok: true }),
    /is not Prometheus: its answer tells neither success nor an error \(200\)$/,
  ],
  [
    'a redirect',
    (_, r) => r.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    /is not Prometheus: it redirects \(302\); configure the address that it leads to$/,
  ],
  [
    '503 for ever',
    (_, r) => r.writeHead(503).end('<html>busy</html>'),
    /^no answer from Prometheus at http:\S+: it answers 503$/,
  ],
];

test.each(answers)('%s is told in one sentence', async (_, answer, sentence) => {
  await using server = await pretendedPrometheus(answer);
  await expect(sourceAt(server.url).samples(selection, span, never)).rejects.toThrow(sentence);
});

test('nothing that listens is told in one sentence', async () => {
  const server = await pretendedPrometheus(() => undefined);
  await server[Symbol.asyncDispose]();
  const sentence = /^no answer from Prometheus at http:\S+: nothing listens there \(ECONNREFUSED\)$/;
  await expect(sourceAt(server.url).samples(selection, span, never)).rejects.toThrow(sentence);
});

test('a busy Prometheus is asked again, each time later', async () => {
  let left = 2;
  await using server = await pretendedPrometheus((_, response) => {
    if (left-- > 0) response.writeHead(429).end();
    else success(response, [matrix([[1001, '1']])]);
  });
  const { slept, clock } = waiting();
  const source = prometheus(configured(server.url), { clock, random: seeded(1) });
  expect((await source.samples(selection, span, never)).series).toHaveLength(1);
  expect(server.asked).toHaveLength(3);
  expect(slept).toHaveLength(2);
  expect(slept[1]).toBeGreaterThan(slept[0] ?? Infinity);
});

test('what is refused is not asked again', async () => {
  await using server = await pretendedPrometheus((_, response) =>
    json(response, { status: 'error', error: 'no' }, 422),
  );
  await expect(sourceAt(server.url).samples(selection, span, never)).rejects.toThrow('no');
  expect(server.asked).toHaveLength(1);
});

test('a span whose samples are too many is asked for in parts, and put together again', async () => {
  await using server = await pretendedPrometheus(({ form }, response) => {
    const length = Number(/\[(\d+)s\]/.exec(form.get('query') ?? '')?.[1]);
    const to = Number(form.get('time'));
    if (length > 40)
      json(response, { status: 'error', error: 'query processing would load too many samples into memory' }, 422);
    else
      success(response, [
        matrix([
          [to - 30, '1'],
          [to - 10, '2'],
          [to, '3'],
        ]),
      ]);
  });
  const { series } = await sourceAt(server.url).samples(selection, span, never);
  expect([...(series[0]?.times ?? [])]).toEqual([1000, 1020, 1030, 1050, 1060]);
});

test('an answer without end is cut off, and asked for in parts', async () => {
  const megabyte = ' '.repeat(1024 * 1024);
  await using server = await pretendedPrometheus(({ form }, response) => {
    if (!form.get('query')?.includes('[61s]')) return success(response, [matrix([[Number(form.get('time')), '1']])]);
    const pump = (): void => {
      while (!response.destroyed && response.write(megabyte));
      if (!response.destroyed) response.once('drain', pump);
    };
    pump();
  });
  const { series } = await sourceAt(server.url).samples(selection, span, never);
  expect([...(series[0]?.times ?? [])]).toEqual([1030, 1060]);
});

test('at most four questions are under way at a time', async () => {
  const open: ServerResponse[] = [];
  await using server = await pretendedPrometheus((_, response) => {
    open.push(response);
    if (open.length === 4) for (const one of open.splice(0)) success(one, []);
  });
  const source = sourceAt(server.url);
  await Promise.all(Array.from({ length: 8 }, () => source.samples(selection, span, never)));
  expect(server.asked).toHaveLength(8);
});

test('stopping ends a question at once', async () => {
  const stop = new AbortController();
  await using server = await pretendedPrometheus(() => stop.abort(new Error('enough')));
  await expect(sourceAt(server.url).samples(selection, span, stop.signal)).rejects.toThrow('enough');
});

test('secrets are read anew for each question, sent as headers, and stand in no message', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'plimsoll-secret-'));
  const file = join(folder, 'token');
  await using server = await pretendedPrometheus((_, response) => json(response, { status: 'error' }, 401));
  const source = sourceAt(server.url, { bearerTokenFile: file, tenant: 'shop' });
  for (const secret of ['first-secret', 'second-secret']) {
    await writeFile(file, `${secret}\n`);
    const failed = await source.samples(selection, span, never).catch((error: unknown) => error);
    expect(JSON.stringify([String(failed), failed])).not.toContain(secret);
  }
  expect(server.asked.map(({ headers }) => headers.authorization)).toEqual([
    'Bearer first-secret',
    'Bearer second-secret',
  ]);
  expect(server.asked[0]?.headers['x-scope-orgid']).toBe('shop');
  await rm(folder, { recursive: true });
  await expect(source.samples(selection, span, never)).rejects.toThrow(
    `${file}: the file with the secret cannot be read`,
  );
});

test('each kind of engine is told to answer with whole and raw values', async () => {
  await using server = await pretendedPrometheus((_, response) => success(response, []));
  await sourceAt(server.url, { flavor: 'thanos' }).samples(selection, span, never);
  await sourceAt(server.url, { flavor: 'victoriametrics' }).samples(selection, span, never);
  expect(server.asked[0]?.form.get('max_source_resolution')).toBe('0s');
  expect(server.asked[0]?.form.get('partial_response')).toBe('false');
  expect(server.asked[1]?.form.get('nocache')).toBe('1');
});

test('an address with a path is kept, and a slash at its end does no harm', async () => {
  await using server = await pretendedPrometheus((_, response) => success(response, []));
  await sourceAt(`${server.url}/prometheus/`).samples(selection, span, never);
  expect(server.asked[0]?.path).toBe('/prometheus/api/v1/query');
});
