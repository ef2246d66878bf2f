import { expect, test } from 'vitest';
import { cookieHeader, keepCookies } from '../../src/load/cookies.ts';

const date = 'Sun, 29 Nov 2026 12:00:00 GMT';
const after = (...lines: readonly string[]) => {
  const jar = new Map([['old', '1']]);
  keepCookies(jar, { headers: { date, 'set-cookie': lines } });
  return cookieHeader(jar);
};

test('what is set is sent, the last of each name', () => {
  expect(after('a=1; Path=/; HttpOnly', 'b=x=y', 'a=2')).toBe('old=1; a=2; b=x=y');
});

test.each([
  ['old=; Max-Age=0', undefined],
  ['old=; Expires=Thu, 01 Jan 1970 00:00:00 GMT', undefined],
  ['old=2; Expires=Sun, 29 Nov 2026 11:59:59 GMT', undefined],
  ['old=2; Expires=Sun, 29 Nov 2026 12:00:01 GMT', 'old=2'],
  ['old=2; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT', 'old=2'],
  [' old = 2 ;max-age=soon; EXPIRES=whenever', 'old=2'],
  ['old=2; Max-Age=0; Max-Age=60', 'old=2'],
  ['=2', 'old=1'], // RFC 6265, 5.2: without a name, and without a sign of equality, it is ignored
  ['old', 'old=1'],
])('%s leaves %s', (line, left) => {
  expect(after(line)).toBe(left);
});

test('an answer that sets nothing changes nothing', () => {
  const jar = new Map([['a', '1']]);
  keepCookies(jar, { headers: {} });
  expect(cookieHeader(jar)).toBe('a=1');
});
