import type { Labels, Selected } from './labels.ts';

/** One pack looked up for one component. `select` finds the exporter, `part` narrows inside it, `from` names the Prometheus. */
export type SignalSource = {
  readonly pack: string;
  readonly from: string;
  readonly select: Selected;
  readonly part: Labels;
};

/** One part of a target, as configured and resolved. */
export type Component = {
  readonly name: string;
  /** The component whose leaves this one runs on. */
  readonly on: string | undefined;
  /** The components that this one waits for. */
  readonly calls: readonly string[];
  readonly signals: readonly SignalSource[];
  /** What the orchestrator calls it: namespace, deployment, container …; a pack's `locates` turns it into label values. */
  readonly workload: Labels | undefined;
  /** The label that tells replicas apart where no workload does. */
  readonly replica: string | undefined;
  /** What no exporter tells, in the resource's unit: resource → ceiling. */
  readonly ceilings: Readonly<Record<string, number>>;
  /** The address range that its replicas share, by prefix lengths: of the whole, and of what each of them takes. */
  readonly addresses?: { readonly range: number; readonly each: number };
};
