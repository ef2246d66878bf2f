import { cacheCollapse, coldStart, evictions } from './caches.ts';
import { commitLog, retrograde, rowLocks } from './databases.ts';
import { rateLimit, retryStorm, slowDependency, upAndDown } from './dependencies.ts';
import { conntrack, diskBytes, diskOperations, network, ports } from './devices.ts';
import { churn, clippedBuckets, clocks, gapsAtTheTop, noisyNeighbour, unobserved } from './disturbances.ts';
import type { Family } from './family.ts';
import { generatorCpu, tooFewUsers } from './generators.ts';
import { heap, memory } from './memories.ts';
import { deployMidway, nightlyBatch } from './passive.ts';
import {
  applicationPool,
  bouncerPool,
  bouncerThread,
  fastErrors,
  fullByDesign,
  leak,
  maxConnections,
  protectivePool,
} from './pools.ts';
import { databaseCpu, eventLoop, nothing, quotaThrottling, secondThreads, serviceCpu } from './processors.ts';
import { noRoom, scalerAtMost, scalerFollows, unevenPods } from './scaling.ts';
import { alternating, mixDrift, nearlyEqual } from './several.ts';

/** Every kind of situation of the benchmark, by its number in analysis 5.1. */
export const families: readonly Family[] = [
  quotaThrottling,
  serviceCpu,
  secondThreads,
  databaseCpu,
  rowLocks,
  applicationPool,
  bouncerPool,
  bouncerThread,
  maxConnections,
  leak,
  diskOperations,
  diskBytes,
  commitLog,
  memory,
  heap,
  eventLoop,
  network,
  conntrack,
  ports,
  generatorCpu,
  tooFewUsers,
  unevenPods,
  scalerAtMost,
  noRoom,
  scalerFollows,
  evictions,
  cacheCollapse,
  rateLimit,
  slowDependency,
  retryStorm,
  nothing,
  nearlyEqual,
  alternating,
  noisyNeighbour,
  unobserved,
  gapsAtTheTop,
  churn,
  clocks,
  coldStart,
  fastErrors,
  protectivePool,
  retrograde,
  upAndDown,
  mixDrift,
  nightlyBatch,
  deployMidway,
  fullByDesign,
  clippedBuckets,
];
