import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfiguration } from '../../src/config/load-configuration.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plimsoll-config-'));
  await mkdir(join(folder, 'own'));
});
afterAll(() => rm(folder, { recursive: true }));

const write = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text);

test('packs of a folder of one’s own stand before ours, and paths are seen from the configuration', async () => {
  await write(
    'own/node.yaml',
    'pack: node\ntitle: My machine\nexporter: mine\nresources: [{ id: cpu, kind: servers, unit: cores, usage: [{ gauge: my_cpu }] }]\n',
  );
  await write(
    'a.yaml',
    'apiVersion: plimsoll.dev/v1\nprometheus: [{ name: p, url: "http://p", bearer_token_file: token }]\npacks: ./own\n',
  );
  const configuration = await loadConfiguration(join(folder, 'a.yaml'));
  expect(configuration.packs.find(({ pack }) => pack === 'node')?.title).toBe('My machine');
  expect(configuration.packs.length).toBeGreaterThan(5);
  expect(configuration.prometheus[0]?.bearerTokenFile).toBe(join(folder, 'token'));
  expect(configuration.storage.path).toBe(join(folder, 'plimsoll.db'));
});

test('a file that is not there is named', async () => {
  await expect(loadConfiguration(join(folder, 'none.yaml'))).rejects.toThrow(
    `${join(folder, 'none.yaml')}: there is no such file`,
  );
});

test('a folder of packs that is not there is named', async () => {
  await write('b.yaml', 'apiVersion: plimsoll.dev/v1\nprometheus: [{ name: p, url: "http://p" }]\npacks: ./nowhere\n');
  await expect(loadConfiguration(join(folder, 'b.yaml'))).rejects.toThrow(
    `${join(folder, 'nowhere')}: the folder cannot be read`,
  );
});

test('a broken pack of one’s own is refused with its own file and line', async () => {
  await mkdir(join(folder, 'broken'));
  await write('broken/x.yaml', 'pack: x\ntitle: X\n');
  await write('c.yaml', 'apiVersion: plimsoll.dev/v1\nprometheus: [{ name: p, url: "http://p" }]\npacks: ./broken\n');
  await expect(loadConfiguration(join(folder, 'c.yaml'))).rejects.toThrow(
    `${join(folder, 'broken', 'x.yaml')}:1: the key "exporter" is missing`,
  );
});

const loaded = (load: string): string =>
  `apiVersion: plimsoll.dev/v1\nprometheus: [{ name: p, url: "http://p" }]\ntargets:\n  - name: t\n    components: [{ name: c }]\n    load: { url: "http://t", ${load} }\n`;

test('rows come with the configuration, and it is another one when they change', async () => {
  await write('rows.csv', 'item\n1\n');
  await write('d.yaml', loaded('data: { row: rows.csv }, requests: [{ name: a, path: "/{{row.item}}" }]'));
  const first = await loadConfiguration(join(folder, 'd.yaml'));
  expect(first.targets[0]?.load?.data[0]).toMatchObject({ name: 'row', order: 'sequential', rows: [['1']] });
  await write('rows.csv', 'item\n2\n');
  expect((await loadConfiguration(join(folder, 'd.yaml'))).hash).not.toBe(first.hash);
});

test('a row that cannot be read is named with its file and line', async () => {
  await write('broken.csv', 'a,b\n1,2\n3\n');
  await write('e.yaml', loaded('data: { row: broken.csv }, requests: [{ name: a, path: / }]'));
  await expect(loadConfiguration(join(folder, 'e.yaml'))).rejects.toThrow(`${join(folder, 'broken.csv')}:3: this row`);
});
