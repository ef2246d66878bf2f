import { describe, expect, test } from 'vitest';
import { compare } from '../../src/compare/compare.ts';
import { cpu, hold, part, pause, pool } from '../worlds/families/pieces.ts';
import type { Act, Part } from '../worlds/world.ts';
import { recorded } from './recorded.ts';
import { alike, stairs, story } from './setting.ts';
import { capacityOf, first, inState, resources, toldOfEach } from './told.ts';

/*
 * A minimal API on workers of one core and eight threads each. A request costs 200 ms of CPU there, and 50 ms in the database, where its connection stays
 * open for 100 ms more; a connection that is refused is asked for again every 100 ms, twenty times at most.
 */
const machine = part('machine', 'node', [{ kind: 'cpu', id: 'cpu', cores: 32 }]);
const api = (workers: number): Part =>
  part(
    'api',
    'service',
    [
      { kind: 'quota', id: 'cpu-quota', cores: workers, period: 0.1 },
      { kind: 'workers', id: 'threads', threads: 8 * workers },
      pool('pool', 24),
    ],
    { on: 'machine', calls: ['db'] },
  );
const database = (connections: number): Part =>
  part('db', 'postgres', [
    { kind: 'cpu', id: 'cpu', cores: 4 },
    pool('connections', connections, { queue: 0, others: 2 }),
  ]);
const query: Act = hold({ part: 'db', id: 'connections' }, [cpu('db', 0.05, 0.3), pause(0.1, 0)]);
const again: Act = { do: 'try', timeout: 10, attempts: 20, backoff: 0.1, within: [query] };
const request = alike([
  hold({ part: 'api', id: 'threads' }, [cpu('api', 0.2, 0.3), hold({ part: 'api', id: 'pool' }, [again])]),
]);
const run = (name: string, workers: number, connections: number, rates: readonly number[]) =>
  story(name, {
    parts: [api(workers), database(connections), machine],
    classes: request,
    load: stairs(rates, { arrivals: 'uniform' }),
  });

describe('C: more workers for a minimal API', async () => {
  const [four, ten, more] = await toldOfEach([
    run('4 workers', 4, 97, [4, 8, 12, 16, 20, 24, 28]),
    run('10 workers', 10, 7, [8, 14, 20, 25, 30, 35, 40, 45]),
    run('10 workers and enough connections', 10, 97, [10, 20, 30, 40, 45, 50, 55, 60]),
  ]);
  if (!four || !ten || !more) throw new Error('three runs are told');

  test('with 4 workers their CPU is first, 4 cores ÷ 200 ms = 20/s; threads that are all taken are a symptom', () => {
    expect(first(four), four.verdict.sentence).toBe('api / cpu-quota');
    expect(Math.abs(capacityOf(four) / 20 - 1), four.verdict.sentence).toBeLessThan(0.05);
    expect(inState(four, 'symptom')).toEqual(['api / http-threads']);
    expect(resources(four, 'db / cpu')[0]?.state).toBe('free');
  });

  test('with 10 workers the connections of the database are: 5 of 7 are free for 150 ms each, 33/s', () => {
    expect(first(ten), ten.verdict.sentence).toBe('db / connections');
    expect(Math.abs(capacityOf(ten) / 33.3 - 1), ten.verdict.sentence).toBeLessThan(0.05);
  });

  test('the waiting is the evidence: requests queue for the pool of the API because it waits for those connections', () => {
    const [waiting] = resources(ten, 'api / pool');
    expect(waiting?.state).toBe('symptom');
    expect(waiting?.because).toBe('it waits for db / connections');
    expect(waiting?.evidence.map(({ role }) => role)).toContain('queue');
    expect(resources(ten, 'db / cpu')[0]?.peak?.ratio).toBeLessThan(0.5);
  });

  test('with enough connections it is CPU again: 10 cores ÷ 200 ms = 50/s', () => {
    expect(first(more), more.verdict.sentence).toBe('api / cpu-quota');
    expect(Math.abs(capacityOf(more) / 50 - 1), more.verdict.sentence).toBeLessThan(0.05);
    expect(more.next).toMatchObject({ component: 'db', resource: 'cpu' });
  });

  test('what each change gained', () => {
    const { sentence, differences } = compare([four, ten, more], [[four], [ten], [more]]);
    const gains = differences.filter(({ what }) => what === 'capacity');
    expect(gains.map(({ finding }) => finding)).toEqual(['higher', 'higher']);
    expect(gains.map(({ ratio }) => ratio?.kind === 'interval' && ratio.value)).toEqual([
      expect.closeTo(33.3 / 20, 0),
      expect.closeTo(50 / 33.3, 0),
    ]);
    expect(sentence).toContain(
      'Run 1 → run 2 differ: db / connections saturates first, before it was api / cpu-quota; ',
    );
    expect(sentence).toContain(
      'Run 2 → run 3 differ: api / cpu-quota saturates first, before it was db / connections; ',
    );
  });
});

/* The same on real servers, a tenth as large: a request costs 3 ms of CPU more than the framework takes, each worker is given 30 requests' worth of a second, and a connection is held for 120 ms. */
describe('C on real servers: workers of an API in front of PostgreSQL', () => {
  const four = recorded('flask-4-workers');
  const eight = recorded('flask-8-workers');
  const more = recorded('flask-8-workers-more-connections');

  test('with 4 workers their CPU is first, 4 × 30/s', () => {
    expect(first(four), four.verdict.sentence).toBe('api / cpu-quota');
    expect(Math.abs(capacityOf(four) / 120 - 1), four.verdict.sentence).toBeLessThan(0.1);
    expect(resources(four, 'db / connections')[0]?.state).toBe('free');
  });

  test('with 8 workers the connections of the database are: 20 of 25 are free for 120 ms each, 166/s', () => {
    expect(first(eight), eight.verdict.sentence).toBe('db / connections');
    expect(Math.abs(capacityOf(eight) / 166 - 1), eight.verdict.sentence).toBeLessThan(0.1);
  });

  test('the waiting is seen: ever more requests queue for the pools of the API, which are not full', () => {
    const waiting = eight.sheet.rows.filter((row) => row.resource === 'pool' && row.role === 'queue');
    const last = waiting.reduce((sum, { values }) => sum + (values.at(-1) ?? 0), 0);
    expect(last).toBeGreaterThan(20);
    for (const one of resources(eight, 'api / pool')) expect(one.state).not.toBe('root');
  });

  test('with enough connections it is CPU again, 8 × 30/s', () => {
    expect(first(more), more.verdict.sentence).toBe('api / cpu-quota');
    expect(Math.abs(capacityOf(more) / 240 - 1), more.verdict.sentence).toBeLessThan(0.1);
  });

  test('what each change moved; how much it gained one run each cannot tell for sure', () => {
    const { sentence, differences } = compare([four, eight, more], [[four], [eight], [more]]);
    const before = 'api / cpu-quota saturates first, before it was db / connections; ';
    expect(sentence).toContain(
      'Run 1 → run 2 differ: db / connections saturates first, before it was api / cpu-quota; ',
    );
    expect(sentence).toContain(`Run 2 → run 3 differ: ${before}`);
    for (const { ratio } of differences.filter(({ what }) => what === 'capacity'))
      expect(ratio?.kind === 'interval' && ratio.value).toBeGreaterThan(1.2);
  });
});
