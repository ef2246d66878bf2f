import { expect, test } from 'vitest';
import { checkAccess, isLoopback } from '../../src/api/check-access.ts';

const load = { method: 'POST', startsLoad: true } as const;

test.each(['127.0.0.1', '127.8.9.1', 'localhost', 'LOCALHOST', '::1', '[::1]', 'plimsoll.localhost'])(
  '%s is this machine’s own',
  (host) => expect(isLoopback(host)).toBe(true),
);

test.each(['0.0.0.0', '::', '10.0.0.1', '127.0.0.1.evil.example', 'localhost.evil.example', '', '1270.0.1', '::10'])(
  '"%s" is not',
  (host) => expect(isLoopback(host)).toBe(false),
);

test('an empty token is none: it lets nobody in', () => {
  const open = { host: '0.0.0.0', token: '' };
  const headers = [{ host: 'plimsoll:9464' }, { host: 'plimsoll:9464', authorization: 'Bearer ' }];
  for (const one of headers) expect(() => checkAccess(open, { ...load, headers: one })).toThrow('has no token');
});

test('whoever brings the token may come from any page', () => {
  const headers = { authorization: 'bearer  s3cret', origin: 'https://chat.example', host: 'plimsoll:9464' };
  expect(() => checkAccess({ host: '0.0.0.0', token: 's3cret' }, { ...load, headers })).not.toThrow();
});

test.each([
  [{ host: '[::1]:9464' }, true],
  [{ host: 'localhost:9464', origin: 'http://localhost:9464' }, true],
  [{ host: 'localhost:9464', origin: 'http://localhost:3000' }, false],
  [{ host: '' }, false],
  [{}, false],
  [{ host: 'http://localhost' }, false],
])('on loopback without a token, %j may start load: %s', (headers, may) => {
  const attempt = () => checkAccess({ host: '127.0.0.1', token: undefined }, { ...load, headers });
  if (may) expect(attempt).not.toThrow();
  else expect(attempt).toThrow('a page of another site');
});
