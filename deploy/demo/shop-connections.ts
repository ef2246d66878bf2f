import { performance } from 'node:perf_hooks';
import type { Pool, PoolClient } from 'pg';
import { type Instruments, poolName } from './shop-telemetry.ts';

/** A connection in somebody's hands. */
export interface Lent {
  readonly client: PoolClient;
  readonly giveBack: () => void;
}

/** Lends a connection of a worker's pool and measures what the conventions ask for; undefined where none was to be had. */
export async function borrow(pool: Pool, instruments: Instruments, connect = connectOnce): Promise<Lent | undefined> {
  const asked = performance.now();
  const client = await connect(pool).catch((cause: unknown) => {
    if (/timeout/.test(String(cause))) instruments.timeouts.add(1, poolName);
  });
  if (client === undefined) return undefined;
  const borrowed = performance.now();
  instruments.wait.record((borrowed - asked) / 1e3, poolName);
  return {
    client,
    giveBack: () => {
      client.release();
      instruments.use.record((performance.now() - borrowed) / 1e3, poolName);
    },
  };
}

const connectOnce = (pool: Pool): Promise<PoolClient> => pool.connect();
