import { expect, test } from 'vitest';
import type { Composed } from '../../src/load/compose.ts';
import { textFor } from '../../src/load/request-text.ts';

const get: Composed = { method: 'GET', path: '/a?b=c', headers: [], body: null, isFixed: false };
const write = (told: Partial<Composed> = {}) => textFor('http://shop.test:8080', 'kept')({ ...get, ...told });

test('a request is its line, whom it is for, its headers and an empty line', () => {
  const headers = ['accept', '*/*', 'cookie', 'a=1'];
  expect(write({ headers })).toBe(
    'GET /a?b=c HTTP/1.1\r\nhost: shop.test:8080\r\nconnection: keep-alive\r\naccept: */*\r\ncookie: a=1\r\n\r\n',
  );
});

test('the port that goes without saying is left out, and brackets stay', () => {
  expect(textFor('https://[::1]:443', 'kept')(get)).toContain('\r\nhost: [::1]\r\n');
});

test('who comes anew each time says so', () => {
  expect(textFor('http://shop.test', 'new')(get)).toContain('\r\nconnection: close\r\n');
});

test.each([
  ['GET', null, '\r\n\r\n'],
  ['POST', null, '\r\ncontent-length: 0\r\n\r\n'], // RFC 9110, 8.6: a method that may have a body tells that there is none
  ['POST', '', '\r\ncontent-length: 0\r\n\r\n'],
  ['PUT', '{"a":1}', '\r\ncontent-length: 7\r\n\r\n{"a":1}'],
  ['POST', 'ü', '\r\ncontent-length: 2\r\n\r\n\u00c3\u00bc'], // the two bytes of UTF-8
] as const)('%s with the body %j ends with %j', (method, body, end) => {
  const text = write({ method, body });
  expect(text.endsWith(`connection: keep-alive${end}`)).toBe(true);
});

test('what is fixed is written once, what varies each time', () => {
  const text = textFor('http://shop.test', 'kept');
  const fixed = { ...get, isFixed: true };
  expect([text(fixed), text(fixed)]).toEqual([text(get), text(get)]);
  expect(text({ ...get, path: '/other' })).toContain('GET /other ');
});
