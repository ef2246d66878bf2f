import type { Pool, PoolClient } from 'pg';

/** Who is refused gives up after this. Unit: milliseconds. */
const patience = 1000;
/** One of those who wait asks the server again. Unit: milliseconds. */
const askAgain = 250;

/**
 * Takes connections as HikariCP does: while somebody waits already the server is asked for no more, and who is refused waits for one that comes back.
 * Idle ones are closed after a second, so that other processes get them.
 */
export function patientPool(pool: Pool): (pool: Pool) => Promise<PoolClient> {
  const waiting: (() => void)[] = [];
  pool.options.idleTimeoutMillis = 1000;
  pool.on('release', () => waiting.shift()?.());
  const turn = (atMost: number): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const isFirst = waiting.length === 0;
    waiting.push(resolve);
    const timer = setTimeout(
      () => {
        waiting.splice(waiting.indexOf(resolve), 1);
        resolve();
      },
      isFirst ? Math.min(askAgain, atMost) : atMost,
    );
    return promise.finally(() => clearTimeout(timer));
  };
  return async () => {
    const until = performance.now() + patience;
    if (waiting.length > 0) await turn(patience);
    for (;;) {
      if (performance.now() >= until) throw new Error('no connection came back in time');
      const client = await pool.connect().catch(refusal);
      if (client !== undefined) return client;
      await turn(until - performance.now());
    }
  };
}

function refusal(cause: unknown): undefined {
  if (!/too many|reserved/.test(String(cause))) throw cause;
}
