import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import type { Group } from './cgroups.ts';
import type { Pod } from './pod.ts';

/** Describes a group as a pod; its name ends like one that Kubernetes made, the same for the same seed. */
export function podOf(deployment: string, seed: number, group: Group | undefined): Pod {
  const hash = createHash('sha256').update(`${deployment} ${seed}`).digest('hex');
  const replicaset = `${deployment}-${hash.slice(0, 9)}`;
  return {
    namespace: 'shop',
    deployment,
    replicaset,
    pod: `${replicaset}-${hash.slice(9, 14)}`,
    uid: [hash.slice(16, 24), hash.slice(24, 28), hash.slice(28, 32), hash.slice(32, 36), hash.slice(36, 48)].join('-'),
    container: deployment,
    image: `localhost/${deployment}`,
    node: hostname(),
    group,
  };
}
