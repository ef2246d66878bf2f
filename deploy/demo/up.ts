import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openStack } from './stack.ts';

/** Starts the stack for people who work on it, tells its addresses and stays until Ctrl-C. */
const say = (sentence: string): void => void process.stderr.write(`${sentence}\n`);

const { values } = parseArgs({
  options: {
    'pool-api': { type: 'string', default: '50' },
    'pool-bouncer': { type: 'string', default: '2' },
    'quota-api': { type: 'string' },
    'quota-postgres': { type: 'string' },
    burn: { type: 'string' },
    hold: { type: 'string' },
    rows: { type: 'string' },
    workers: { type: 'string' },
    'max-connections': { type: 'string' },
    direct: { type: 'boolean', default: false },
    shop: { type: 'string' },
    queries: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
});

const optional = (name: string, text: string | undefined) => (text === undefined ? {} : { [name]: Number(text) });
const file = (name: string, path: string | undefined) => (path === undefined ? {} : { [name]: resolve(path) });

const ending = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => ending.abort(name));

try {
  await using stack = await openStack(
    {
      poolApi: Number(values['pool-api']),
      poolBouncer: Number(values['pool-bouncer']),
      ...optional('quotaApi', values['quota-api']),
      ...optional('quotaPostgres', values['quota-postgres']),
      ...optional('burn', values.burn),
      ...optional('hold', values.hold),
      ...optional('rows', values.rows),
      ...optional('workers', values.workers),
      ...optional('maxConnections', values['max-connections']),
      ...file('shop', values.shop),
      ...file('queries', values.queries),
      direct: values.direct,
      seed: Number(values.seed),
    },
    { say, signal: ending.signal },
  );
  say(`shop           ${stack.urls.shop}/items/1`);
  say(`prometheus     ${stack.urls.prometheus}`);
  say(`configuration  ${stack.configuration}`);
  say(`cgroups        ${typeof stack.cgroups === 'string' ? stack.cgroups : `none: ${stack.cgroups.none}`}`);
  say(`processes      ${JSON.stringify(stack.pids())}`);
  say('until Ctrl-C');
  const alive = setInterval(() => undefined, 60_000);
  if (!ending.signal.aborted) await new Promise((resolve) => ending.signal.addEventListener('abort', resolve));
  clearInterval(alive);
} catch (error) {
  if (!ending.signal.aborted) throw error;
}
