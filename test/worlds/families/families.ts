import type { Family } from './family.ts';
import { applicationPool, bouncerPool } from './pools.ts';
import { databaseCpu, eventLoop, nothing, quotaThrottling, serviceCpu } from './processors.ts';

/** Every kind of situation of the benchmark, by its number in analysis 5.1. */
export const families: readonly Family[] = [
  quotaThrottling,
  serviceCpu,
  databaseCpu,
  applicationPool,
  bouncerPool,
  eventLoop,
  nothing,
];
