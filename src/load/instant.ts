import { performance } from 'node:perf_hooks';
import { hrtime } from 'node:process';

/** performance.now() counts from when its thread began; what it must be set forward by, as seen once when this module is loaded. */
const [whole, nanos] = hrtime();
const ahead = whole + nanos / 1e9 - performance.now() / 1000;

/** Seconds on the machine's monotonic clock: the same clock in every thread of the process, to a few microseconds. */
export const instant = (): number => ahead + performance.now() / 1000;
