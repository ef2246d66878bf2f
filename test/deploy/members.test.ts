import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configurationOf } from '../../deploy/demo/configuration.ts';
import { itemsCsv, memberOf, membersCsv, tokenOf } from '../../deploy/demo/members.ts';
import { loadConfiguration } from '../../src/config/load-configuration.ts';
import { checkLoad, targetNamed } from '../../src/run/order-of.ts';

test('a token is good with the shop that made it, and as it was made', () => {
  const token = tokenOf('member-1', 'key');
  expect(memberOf(token, 'key')).toBe('member-1');
  expect(memberOf(token, 'other')).toBeUndefined();
  expect(memberOf(token.replace('member-1', 'member-2'), 'key')).toBeUndefined();
  expect(memberOf('', 'key')).toBeUndefined();
});

test('what members do goes together: twelve steps of ten minutes, 40 sessions with a row each', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'plimsoll-members-'));
  try {
    const addresses = { prometheus: 'http://127.0.0.1:1', shop: 'http://127.0.0.1:2' };
    await writeFile(join(folder, 'plimsoll.yaml'), configurationOf(addresses));
    await writeFile(join(folder, 'members.csv'), membersCsv(40));
    await writeFile(join(folder, 'items.csv'), itemsCsv(5));
    const configuration = await loadConfiguration(join(folder, 'plimsoll.yaml'));
    const target = targetNamed(configuration, 'shop-members');
    expect(() => checkLoad(configuration, target)).not.toThrow();
    await writeFile(join(folder, 'members.csv'), membersCsv(39));
    const short = await loadConfiguration(join(folder, 'plimsoll.yaml'));
    expect(() => checkLoad(short, targetNamed(short, 'shop-members'))).toThrow(
      '40 sessions need 40 rows of the unique feeder "user", which has 39',
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});
