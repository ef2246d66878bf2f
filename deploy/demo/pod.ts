import type { Group } from './cgroups.ts';

/** A process group of the demo, described as Kubernetes would describe the pod in which it ran. */
export interface Pod {
  readonly namespace: string;
  readonly deployment: string;
  readonly replicaset: string;
  readonly pod: string;
  readonly uid: string;
  readonly container: string;
  readonly image: string;
  readonly node: string;
  /** Undefined where there are no control groups. */
  readonly group: Group | undefined;
}

export interface Node {
  readonly name: string;
  readonly cores: number;
  /** Unit: bytes. */
  readonly memory: number;
}
