import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { accountIn } from '../../deploy/demo/accounts.ts';
import { configurationOf } from '../../deploy/demo/configuration.ts';
import { parseProcessStat } from '../../deploy/demo/lineage.ts';
import { pgbouncerIni } from '../../deploy/demo/pgbouncer.ts';
import { scrapeConfiguration } from '../../deploy/demo/prometheus.ts';
import { shareOf } from '../../deploy/demo/shop-settings.ts';

test('five connections over two workers are three and two', () => {
  expect([shareOf(5, 0, 2), shareOf(5, 1, 2)]).toEqual([3, 2]);
});

test('the name of a process may hold brackets and spaces', () => {
  const line = `42 (a) b) S 1 42 42 0 -1 0 0 0 0 0 150 50 0 0 20 0 1 0 9876 0 0`;
  expect(parseProcessStat(line)).toEqual({ state: 'S', started: '9876', ticks: 200 });
});

test('an account is found by its whole name', () => {
  const passwd = 'root:x:0:0::/root:/bin/sh\npostgres:x:101:104::/var/lib/postgresql:/bin/bash\n';
  expect(accountIn(passwd, 'postgres')).toEqual({ name: 'postgres', uid: 101, gid: 104 });
  expect(accountIn(passwd, 'post')).toBeUndefined();
});

test('the pool size stands at the database, where a reload finds it', () => {
  const passwords = { superuser: 'a', shop: 'b', exporter: 'c' };
  const options = { passwords, account: undefined, group: undefined, postgresPort: 5432, poolSize: 2 };
  expect(pgbouncerIni(options, 6432, '/f')).toContain('shop = host=127.0.0.1 port=5432 dbname=shop pool_size=2\n');
});

test('every job is scraped once a second', () => {
  const jobs = [{ name: 'shop', ports: [1, 2], labels: { pod: 'p' } }];
  expect(JSON.parse(scrapeConfiguration(jobs))).toEqual({
    global: { scrape_interval: '1s', scrape_timeout: '1s' },
    scrape_configs: [
      { job_name: 'shop', static_configs: [{ targets: ['127.0.0.1:1', '127.0.0.1:2'], labels: { pod: 'p' } }] },
    ],
  });
});

test('the configuration names both addresses and no size of the stack', () => {
  const read = parse(configurationOf({ prometheus: 'http://127.0.0.1:1', shop: 'http://127.0.0.1:2' }));
  expect(read.prometheus[0].url).toBe('http://127.0.0.1:1');
  expect(read.targets[0].load.url).toBe('http://127.0.0.1:2');
  expect(read.components.map(({ name }: { readonly name: string }) => name)).toEqual(['nodes', 'db', 'bouncer', 'api']);
});
