import { expect, test } from 'vitest';
import { otelSpellings } from '../../src/collect/otel-spellings.ts';
import type { Instrument } from '../../src/model/pack.ts';

const names = (instrument: Instrument, part?: 'sum' | 'count' | 'bucket'): readonly string[] =>
  otelSpellings(instrument, part).map(({ name }) => name);

test('a histogram in seconds: Collector, JavaScript exporter, dots kept with and without suffixes', () => {
  expect(names({ name: 'http.server.request.duration', type: 'histogram', unit: 's' }, 'bucket')).toEqual([
    'http_server_request_duration_seconds_bucket',
    'http_server_request_duration_bucket',
    'http.server.request.duration_seconds_bucket',
    'http.server.request.duration_bucket',
  ]);
});

test('a counter has _total, but where suffixes are switched off', () => {
  expect(names({ name: 'nodejs.eventloop.time', type: 'counter', unit: 's' })).toEqual([
    'nodejs_eventloop_time_seconds_total',
    'nodejs_eventloop_time_total',
    'nodejs_eventloop_time',
    'nodejs.eventloop.time_seconds_total',
    'nodejs.eventloop.time',
  ]);
});

test('unit 1 makes a gauge a ratio, and words in braces are no unit', () => {
  expect(names({ name: 'a.b', type: 'gauge', unit: '1' })).toContain('a_b_ratio');
  expect(names({ name: 'a.b', type: 'updowncounter', unit: '1' })).toEqual(['a_b', 'a.b']);
  expect(names({ name: 'a.b', type: 'updowncounter', unit: '{connection}' })).toEqual(['a_b', 'a.b']);
});

test('a unit that already is a word of the name is not written twice', () => {
  expect(names({ name: 'wait.seconds', type: 'gauge', unit: 's' })).toEqual(['wait_seconds', 'wait.seconds']);
});

test('labels are spelled like their metric', () => {
  const spellings = otelSpellings({ name: 'a.b', type: 'gauge', unit: '{x}' }, undefined);
  expect(spellings.map(({ label }) => label('http.route'))).toEqual(['http_route', 'http.route']);
});
