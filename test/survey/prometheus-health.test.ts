import { expect, test } from 'vitest';
import { fault } from '../../src/faults.ts';
import type { PrometheusSource } from '../../src/model/configuration.ts';
import { seconds } from '../../src/model/units.ts';
import { clockNotes, prometheusHealth } from '../../src/survey/prometheus-health.ts';

const source: PrometheusSource = {
  name: 'main',
  url: 'http://main:9090',
  flavor: 'auto',
  select: {},
  tenant: undefined,
  bearerTokenFile: undefined,
  basicAuth: undefined,
  headers: {},
  headersFile: {},
  timeout: seconds(30),
  place: { file: 'plimsoll.yaml', line: 1 },
};
const answering = (ahead: number, behind: number) =>
  prometheusHealth(source, { name: 'main', kind: 'answers', ahead: seconds(ahead), behind: seconds(behind) });

test('one that is well tells how old its newest scrape is', () => {
  const known = { name: 'main', url: 'http://main:9090', answers: true };
  expect(answering(0, 4)).toEqual({ ...known, text: 'answers; its newest scrape is 4 s old', warning: undefined });
});

test('a clock that runs ahead is told from a second on', () => {
  expect(answering(0.9, 0).warning).toBeUndefined();
  expect(answering(90, 0).warning).toBe('its clock is 90 s ahead of ours: set both by NTP');
});

test('data that come late, and a clock that runs behind, look alike', () => {
  expect(answering(0, 60).warning).toBeUndefined();
  expect(answering(0, 200).warning).toBe(
    'nothing newer than 3.33 min is there: data come late, or its clock is behind ours',
  );
});

test('one without "up" cannot be compared', () => {
  const { warning } = prometheusHealth(source, { name: 'main', kind: 'answers', ahead: undefined, behind: undefined });
  expect(warning).toBe('it keeps no "up", so its clock cannot be compared with ours');
});

test('one that does not answer says why', () => {
  const why = fault('PROMETHEUS_UNREACHABLE', ['http://main:9090', 'connection refused']);
  expect(prometheusHealth(source, { name: 'main', kind: 'silent', why })).toEqual({
    name: 'main',
    url: 'http://main:9090',
    answers: false,
    text: 'no answer from Prometheus at http://main:9090: connection refused',
    warning: undefined,
  });
});

test('how far a clock is ahead is told as people read it, and not where it does not matter', () => {
  expect(clockNotes('main', 236.08900022506714).map(({ text }) => text)).toEqual([
    'the clock of Prometheus "main" is 3.93 min ahead of ours',
  ]);
  expect(clockNotes('main', 0.9)).toEqual([]);
});
