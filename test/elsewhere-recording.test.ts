import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { conclude } from '../src/run/conclude.ts';
import { witnessed } from '../src/run/witness.ts';
import { type Recording, readRecording } from './lab/recording.ts';

/**
 * Real servers that the lab does not start, loaded by our own staircase of 16-second steps beside node_exporter on a machine of two cores, which others used up at times. What each must come to
 * follows from how it was set up:
 *
 * - jvm-heap: OpenJDK 17 with G1 and -Xmx128m behind jmx_exporter; each request keeps 2 MB for 200 ms
 * - hikari-pool: 10 connections of HikariCP (Micrometer), each held for 41 ms by pg_sleep(0.04): 242/s. Its scrapes wait in line with its requests
 * - tomcat-threads: 20 threads, each kept for 101 ms: 198/s
 * - go-pool: 8 connections of database/sql, each held for 31 ms by pg_sleep(0.03): 260/s
 * - gunicorn-workers: 4 of them, each busy for 51 ms a request, told through statsd_exporter: 78/s. Nothing tells who waits for them
 * - php-fpm-workers: 6 processes, each busy for 50.5 ms a request: 119/s. Their status page, told as php-fpm_exporter names it, waits in line with the requests
 * - haproxy-sessions: maxconn 10 in front of a server that answers after 51 ms: 195/s
 * - mariadb-row-lock: one row that each of 50 connections of a pool without metrics wants for some 6 ms
 * - mariadb-connections: max_connections 30, less the exporter's, a connection of 102 ms for each request: 280/s
 * - node-event-loop: 5.3 ms of it a request, told by prom-client: 188/s
 * - node-hidden-limit: five at a time are let in for 25.9 ms, and nothing tells of it: 193/s
 * - puma-threads: five of Puma 5.6 for 50 ms, 51 as measured, and no backlog: 98/s
 * - rabbitmq-consumers: five for 51 ms a message, while ever more come than their 98/s
 * - uvicorn-pool: five connections of asyncpg for 42.6 ms, told by gauges of its own: 117/s
 * - spring-executor: eight threads of Micrometer's executor for 40.4 ms: 198/s
 * - go-mutex: one at a time for 10.6 ms, and nothing tells of it: 94/s
 * - nginx-rate-limit: limit_req lets 100/s pass and answers all others at once, and nothing tells of it
 */
const folder = new URL('lab/recordings/elsewhere/', import.meta.url);
const recordings = readdirSync(folder).map((file) => ({
  name: file.replace('.json.gz', ''),
  ...readRecording(new URL(file, folder)),
}));

const named = (one: { readonly component: string; readonly resource: string } | null): string | undefined =>
  one === null ? undefined : `${one.component} / ${one.resource}`;

test('all of them are here', () => expect(recordings).toHaveLength(17));

test.each(recordings)('$name is $expected.verdict: $expected.first', ({ order, record, collected, expected }) => {
  const { verdict, capacity, notes } = conclude(order, record, collected);
  expect([verdict.kind, named(verdict.first)], verdict.sentence).toEqual([expected.verdict, expected.first]);
  if (expected.capacity !== undefined)
    expect(capacity && middleOf(capacity.rate), verdict.sentence).toBeGreaterThan(0.95 * expected.capacity);
  if (expected.capacity !== undefined)
    expect(capacity && middleOf(capacity.rate), verdict.sentence).toBeLessThan(1.05 * expected.capacity);
  expect(notes.filter((text) => text.includes(' late; its readings'))).toEqual([]);
});

const middleOf = (rate: { readonly kind: string; readonly value?: number }): number | undefined =>
  rate.kind === 'interval' ? rate.value : undefined;

/** What waits for a worker of gunicorn or a thread of Puma waits in the kernel, and what nginx turns away never comes in: from its own account nobody can tell that more was asked for than was answered. */
const unasked = ['gunicorn-workers', 'puma-threads', 'nginx-rate-limit'];
const observed = ({ order, record, collected }: Recording) =>
  conclude({ ...order, load: undefined }, witnessed(collected, record.span), collected);
const withTraffic = recordings.filter(({ collected }) => collected.traffic !== undefined);

test.each(withTraffic.filter(({ name }) => !unasked.includes(name)))(
  '$name, observed from Prometheus alone, names the same',
  (recording) => {
    const { verdict } = observed(recording);
    const { expected } = recording;
    expect([verdict.kind, named(verdict.first)], verdict.sentence).toEqual([expected.verdict, expected.first]);
  },
);

test.each(withTraffic.filter(({ name }) => unasked.includes(name)))(
  '$name, observed, is not reached up to what it carries, and what is seen to be full is expected first',
  (recording) => {
    const { verdict, capacity } = observed(recording);
    const { first, capacity: carried = 0 } = recording.expected;
    expect(verdict.sentence).toMatch(/^Nothing saturated up to/);
    if (first !== undefined) expect(verdict.sentence).toContain(`Expected to be first: ${first} `);
    expect(capacity?.rate.kind === 'interval' ? capacity.rate.value : capacity?.rate).toSatisfy(
      (found) => typeof found !== 'number' || Math.abs(found / carried - 1) < 0.05,
    );
  },
);
