import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openStack } from '../../deploy/demo/stack.ts';
import { loadConfiguration } from '../../src/config/load-configuration.ts';
import { carries, configurationFor, sizes } from './k6-configuration.ts';
import { keep, loadedBy, observedAs, say, told } from './under-others.ts';

/**
 * node test/lab/record-locust.ts LOCUST NAME [SPAWN]: the shop under a staircase of Locust's users, who wait for their answers, judged by its own account of
 * its traffic and kept as recordings/locust/NAME.json.gz. LOCUST is the program, SPAWN how many users begin a second (100: all of a step at once).
 */
const [locust = 'locust', name = 'bouncer-pool', spawnRate = '4'] = process.argv.slice(2);
const ending = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => ending.abort(new Error(signal)));

await using stack = await openStack({ ...sizes.browse, seed: 1 }, { say, signal: ending.signal });
const path = join(stack.directory, 'locust.yaml');
writeFileSync(path, configurationFor(stack.urls, 'browse'));
const file = fileURLToPath(new URL('staircase.locustfile.py', import.meta.url));
const window = await loadedBy(
  {
    program: locust,
    args: ['-f', file, '--headless', '--host', stack.urls.shop, '--only-summary'],
    cwd: stack.directory,
    env: { LEVELS: '9,13,18,25,35,50,70', LASTS: '20', SPAWN: spawnRate },
  },
  ending.signal,
);
const expected = { verdict: 'saturated', first: 'bouncer / server-pool', symptoms: [], capacity: carries.browse };
const asked = { target: 'shop-by-itself', window, expected };
const seen = await observedAs(asked, await loadConfiguration(path), ending.signal);
told('under Locust', seen.report);
keep(`recordings/locust/${name}.json.gz`, seen, stack.directory);
