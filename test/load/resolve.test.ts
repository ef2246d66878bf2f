import { expect, test } from 'vitest';
import { forbidden } from '../../src/load/forbidden.ts';
import { locksOf } from '../../src/load/locks-of.ts';
import { resolve } from '../../src/load/resolve.ts';

test.each([
  '169.254.169.254',
  '169.254.0.1',
  'fe80::1',
  'fe80::1%eth0',
  'febf::1',
  'fd00:ec2::254',
  'fd00:ec2::23',
  '64:ff9b::169.254.169.254',
  '2002:a9fe:a9fe::1',
  '::169.254.169.254',
  '::ffff:169.254.169.254',
  '224.0.0.1',
  '0.0.0.0',
  'shop',
])('no load goes to %s', (address) => {
  expect(forbidden(address)).toBeTypeOf('string');
});

test.each([
  '127.0.0.1',
  '10.0.0.7',
  '::1',
  'fd00:ec3::254',
  '64:ff9b::10.0.0.7',
  'fec0::1',
  '8.8.8.8',
  '::ffff:10.0.0.7',
])('%s is allowed', (address) => {
  expect(forbidden(address)).toBeUndefined();
});

test.each([
  [
    'http://169.254.169.254/latest',
    'no load goes to http://169.254.169.254/latest: it is link-local, where cloud metadata is served',
  ],
  ['http://[::ffff:169.254.169.254]/', 'it is link-local, where cloud metadata is served'],
  ['http://[fe80::1]:80', 'it is link-local'],
  ['http://2852039166/', 'it is link-local'], // 169.254.169.254 as one number
  ['ftp://127.0.0.1', 'load is sent over http or https, not ftp'],
  ['file:///etc/passwd', 'load is sent over http or https, not file'],
  ['127.0.0.1', 'it is not a URL; write it as http://host:port'],
  ['http://user:secret@127.0.0.1', 'a URL with a password in it is not used; send it as a header'],
])('%s is refused: %s', async (url, sentence) => {
  const refusal = await resolve(url).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ code: 'ADDRESS_REFUSED', message: expect.stringContaining(sentence) });
  expect(String(refusal)).not.toContain('secret');
});

test.each([
  ['http://127.0.0.1:8080/shop', { origin: 'http://127.0.0.1:8080', address: '127.0.0.1', port: 8080 }],
  ['https://127.0.0.1', { origin: 'https://127.0.0.1', address: '127.0.0.1', port: 443 }],
  ['http://[::1]:9', { origin: 'http://[::1]:9', address: '::1', port: 9 }],
])('%s leads to %j', async (url, resolved) => {
  expect(await resolve(url)).toEqual(resolved);
});

test('what may be loaded by one run at a time: the address with its port, and each shared component once', () => {
  expect(locksOf('10.0.0.7', 8080, ['nodes', 'db', 'db'])).toEqual([
    'address 10.0.0.7:8080',
    'component db',
    'component nodes',
  ]);
  expect(locksOf('FD00::7', 80, [])).toEqual(['address [fd00::7]:80']);
});
