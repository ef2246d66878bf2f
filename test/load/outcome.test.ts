import { expect, test } from 'vitest';
import { type Failure, isConnectFailure, outcomeOf, outcomeOfFailure } from '../../src/load/outcome.ts';

const failure = (code: string, told: Partial<Failure> = {}): Failure => ({
  code,
  onSocket: true,
  idle: undefined,
  answering: false,
  ...told,
});

test.each([
  [200, 'good'],
  [302, 'good'],
  [404, 'http_4xx'],
  [500, 'http_5xx'],
  [503, 'http_5xx'],
] as const)('an answer of %d is %s', (status, outcome) => {
  expect(outcomeOf(status)).toBe(outcome);
});

test.each([
  ['ECONNREFUSED', 'refused'],
  ['EHOSTUNREACH', 'unreachable'],
  ['ETIMEDOUT', 'unreachable'],
  ['ENOTFOUND', 'dns'],
  ['EADDRNOTAVAIL', 'local_resource'],
  ['EMFILE', 'local_resource'],
  ['ENOBUFS', 'local_resource'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
  ['MALFORMED', 'protocol'],
  ['ECONNRESET', 'reset_fresh'],
  ['CLOSED', 'reset_fresh'],
  ['constructor', 'protocol'],
] as const)('%s is %s', (code, outcome) => {
  expect(outcomeOfFailure(failure(code))).toBe(outcome);
});

test.each([
  [1.2, false, 'reset_reused'], // the race of keep-alive: closed while it lay idle
  [0.01, false, 'reset_fresh'], // in steady use, so the target cut it
  [undefined, false, 'reset_fresh'], // its first request
  [1.2, true, 'reset_fresh'], // part of the answer had come
] as const)('a reset after %s s of idleness, answer begun: %s, is %s', (idle, answering, outcome) => {
  expect(outcomeOfFailure(failure('UND_ERR_SOCKET', { idle, answering }))).toBe(outcome);
});

test('what was never on a connection failed to connect, unless the own machine refused', () => {
  expect(isConnectFailure('refused', false)).toBe(true);
  expect(isConnectFailure('timeout', false)).toBe(true);
  expect(isConnectFailure('timeout', true)).toBe(false);
  expect(isConnectFailure('local_resource', false)).toBe(false);
});
