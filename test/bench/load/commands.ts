import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Other } from './install.ts';

/** A latency that a generator reported, in milliseconds: median and 99th percentile. */
export type Reported = readonly [p50: number, p99: number];

/** How one generator is told what to do. Scripts that it needs are written to `folder`. */
type Row = {
  /** As many requests as it can, over so many connections, until it is ended. */
  readonly saturating: (path: string, url: string, connections: number, folder: string) => readonly string[];
  /**
   * For so many seconds about 200 requests a second, or over 2 connections where it knows no rate, or changes what it measured where it is told one
   * (autocannon fills in answers that it expected); what it reports is read from its words or its files.
   */
  readonly gentle: (path: string, url: string, length: number, folder: string) => readonly string[];
  readonly reported: (said: string, folder: string) => Reported;
};

const k6Script = (url: string, scenario: string): string => `
import http from 'k6/http';
export const options = { discardResponseBodies: true, summaryTrendStats: ['med', 'p(99)'], scenarios: { all: ${scenario} } };
export function hit() { http.get('${url}/'); }
`;

const k6Run = ['run', '--quiet', '--no-usage-report'];

/** The same as the sessions of scripts.ts: a token for each user, then walks with it. */
const k6Sessions = (url: string, users: number): string => `
import http from 'k6/http';
import { check } from 'k6';
export const options = { scenarios: { all: { executor: 'constant-vus', exec: 'visit', vus: ${users}, duration: '1h' } } };
const ok = (r) => check(r, { 'status is 200': ({ status }) => status === 200 });
let headers;
export function visit() {
  if (headers === undefined) headers = { authorization: 'Bearer ' + http.get('${url}/json').json('token') };
  ok(http.get('${url}/', { headers, responseType: 'none' }));
  const list = http.get('${url}/json', { headers });
  ok(list);
  check(list, { 'there are items': (r) => r.json('items') !== undefined });
  ok(http.get('${url}/items/' + list.json('items.0'), { headers, responseType: 'none' }));
}
`;

/** k6 at the walks in sessions, as fast as it can. */
export const k6InSessions = (path: string, url: string, users: number, folder: string): readonly string[] => [
  path,
  ...k6Run,
  '--no-summary',
  written(folder, 'sessions.js', k6Sessions(url, users)),
];

const locustScript = (wait: string): string => `
from locust import FastHttpUser, task, constant_throughput
class Visitor(FastHttpUser):
    ${wait}
    @task
    def hello(self):
        self.client.get("/")
`;

function written(folder: string, name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const locustRun = ['--headless', '--loglevel', 'ERROR', '--stop-timeout', '1'];

export const rows: Readonly<Record<Other, Row>> = {
  wrk: {
    saturating: (path, url, connections) => [path, '-t1', `-c${connections}`, '-d1h', `${url}/`],
    gentle: (path, url, length) => [path, '-t1', '-c2', `-d${length}s`, '--latency', `${url}/`],
    reported: (said) => [wrkTime(said, '50%'), wrkTime(said, '99%')],
  },
  autocannon: {
    saturating: (path, url, connections) => [
      process.execPath,
      path,
      '--no-progress',
      `--connections=${connections}`,
      '--duration=3600',
      `${url}/`,
    ],
    gentle: (path, url, length) => [
      process.execPath,
      path,
      '--no-progress',
      '--json',
      '--connections=2',
      `--duration=${length}`,
      `${url}/`,
    ],
    reported(said) {
      const { latency } = JSON.parse(said.slice(said.indexOf('{')));
      return [latency.p50, latency.p99];
    },
  },
  k6: {
    saturating(path, url, connections, folder) {
      const scenario = `{ executor: 'constant-vus', exec: 'hit', vus: ${connections}, duration: '1h' }`;
      return [path, ...k6Run, '--no-summary', written(folder, 'saturating.js', k6Script(url, scenario))];
    },
    gentle(path, url, length, folder) {
      const scenario = `{ executor: 'constant-arrival-rate', exec: 'hit', rate: 200, duration: '${length}s', preAllocatedVUs: 20 }`;
      const script = written(folder, 'gentle.js', k6Script(url, scenario));
      return [path, ...k6Run, '--summary-export', join(folder, 'k6.json'), script];
    },
    reported(_, folder) {
      const { metrics } = JSON.parse(readFileSync(join(folder, 'k6.json'), 'utf8'));
      return [metrics.http_req_duration.med, metrics.http_req_duration['p(99)']];
    },
  },
  locust: {
    saturating(path, url, connections, folder) {
      const script = written(folder, 'saturating.py', locustScript('pass'));
      const users = ['--users', String(connections), '--spawn-rate', String(connections)];
      return [path, '-f', script, ...locustRun, ...users, '--host', url];
    },
    gentle(path, url, length, folder) {
      const script = written(folder, 'gentle.py', locustScript('wait_time = constant_throughput(20)'));
      const users = [
        '--users',
        '10',
        '--spawn-rate',
        '10',
        '--run-time',
        `${length}s`,
        '--csv',
        join(folder, 'locust'),
      ];
      return [path, '-f', script, ...locustRun, ...users, '--host', url];
    },
    reported(_, folder) {
      const [head = '', first = ''] = readFileSync(join(folder, 'locust_stats.csv'), 'utf8').split(/\r?\n/);
      const column = (name: string): number => Number(first.split(',')[head.split(',').indexOf(name)]);
      return [column('50%'), column('99%')];
    },
  },
};

/** wrk writes 1.23ms, 456.00us, 1.20s. */
function wrkTime(said: string, share: string): number {
  const [, value = '', unit = ''] = said.match(new RegExp(`^\\s*${share}\\s+([\\d.]+)(us|ms|s)`, 'm')) ?? [];
  const scale = { us: 0.001, ms: 1, s: 1000 }[unit];
  return scale === undefined ? Number.NaN : Number(value) * scale;
}

/** A folder for what generators are given and write; gone when it is closed. */
export function openFolder(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}
