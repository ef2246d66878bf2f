import { hrtime } from 'node:process';

/** Seconds on the machine's monotonic clock: the same clock in every thread of the process. */
export function instant(): number {
  const [whole, nanos] = hrtime();
  return whole + nanos / 1e9;
}
