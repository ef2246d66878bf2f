import { itself } from '../../engine.ts';
import type { Part, Resource, World } from '../../world.ts';
import { containerLabels, generationsOf, machineOf, namespace, nodeOf, podOf, replicaSetOf } from '../naming.ts';
import { isFull } from '../packs-of.ts';
import { type Row, row, type Told } from '../row.ts';
import { lettersOf } from '../seed-of.ts';
import type { Glimpse } from '../sight.ts';
import type { Subject, Target } from '../targets.ts';

const labels = { job: 'kube-state-metrics', instance: 'kube-state-metrics:8080' };

/** kube-state-metrics: pods, deployments and autoscalers of all parts that run in pods. */
export function kubeState(world: World, parts: readonly Part[]): Target {
  const restarts = restartsOf(world);
  const carriers = world.parts.filter(({ name }) => parts.some(({ on }) => on === name));
  return {
    name: 'kube-state-metrics',
    part: undefined,
    interval: world.seen.interval,
    lag: 0,
    subjects: (sight) =>
      parts
        .flatMap((part) => {
          const pods = sight.of(part.name);
          const [first] = pods;
          return [
            ...pods.map((seen) => podSubject(world, seen, restarts)),
            ...(first ? [workloadSubject(world, first), ...pendingOf(world, first)] : []),
          ];
        })
        .concat(carriers.flatMap((part) => sight.of(part.name).map((seen) => nodeSubject(world, seen)))),
  };
}

type Restarts = (seen: Glimpse) => number;

/** How often the container of a pod was started anew. */
function restartsOf(world: World): Restarts {
  const pods = new Map<string, { readonly since: number; readonly count: number }>();
  return (seen) => {
    const pod = podOf(world, seen);
    const known = pods.get(pod);
    const count = known === undefined ? 0 : known.count + (seen.since > known.since ? 1 : 0);
    pods.set(pod, { since: seen.since, count });
    return count;
  };
}

function podSubject(world: World, seen: Glimpse, restarts: Restarts): Subject {
  const { part } = seen;
  const asked = world.happenings.some((one) => one.what === 'restart' && one.part === part.name);
  const mayBeKilled = !asked && part.resources.some(({ kind }) => kind === 'memory');
  return {
    key: podOf(world, seen),
    seen,
    labels,
    told: () =>
      podState(world, seen, {
        node: nodeOf(world, part, seen.replica),
        replicaSet: replicaSetOf(world, part.name, seen.since),
        restarts,
        wasKilled: (now) => (mayBeKilled && restarts(now) > 0 ? 1 : undefined),
      }),
  };
}

/** A node; where not all pods fit, the cluster has as many of them as it may have. */
function nodeSubject(world: World, seen: Glimpse): Subject {
  const node = machineOf(seen.part.name, seen.replica);
  const all = world.parts.filter(({ technology }) => technology === 'node');
  const most = row('cluster_autoscaler_max_nodes_count', {}, () =>
    all.reduce((sum, { replicas }) => sum + replicas, 0),
  );
  return {
    key: node,
    seen,
    labels,
    told: () => [
      { of: undefined, rows: [row('kube_node_info', { node }, () => 1), ...(isFull(world, seen.part) ? [most] : [])] },
    ],
  };
}

function workloadSubject(world: World, seen: Glimpse): Subject {
  const { part } = seen;
  const scaler = part.resources.find((one) => one.kind === 'autoscaler');
  const generations = generationsOf(world, part.name, seen.now);
  return {
    key: `${part.name} ${generations.length}`,
    seen,
    labels,
    told: () => [
      { of: undefined, rows: workloadState(part.name, generations, (now) => wantedOf(world, now)) },
      ...(scaler?.kind === 'autoscaler' ? [{ of: scaler.id, rows: autoscalerState(part.name, scaler) }] : []),
    ],
  };
}

/** How many pods a deployment is told to have. */
function wantedOf(world: World, { part, now, look }: Glimpse): number {
  const scaler = part.resources.find(({ kind }) => kind === 'autoscaler');
  const byHand = world.happenings
    .flatMap((one) => (one.what === 'scale' && one.part === part.name && one.at <= now ? [one.replicas] : []))
    .at(-1);
  return (scaler && look(scaler.id)?.more.desired) ?? byHand ?? part.replicas;
}

/** Pods that no node has room for. */
function pendingOf(world: World, seen: Glimpse): readonly Subject[] {
  const { part } = seen;
  const scaler = part.resources.find(({ kind }) => kind === 'autoscaler');
  const count = (scaler && seen.look(scaler.id)?.more.pending) ?? 0;
  const set = replicaSetOf(world, part.name, seen.now);
  return Array.from({ length: count }, (_, index) => {
    const pod = { namespace, pod: `${set}-${lettersOf(`${set} pending ${index}`, 5)}` };
    const owner = { owner_kind: 'ReplicaSet', owner_name: set, owner_is_controller: 'true' };
    return {
      key: pod.pod,
      seen,
      labels,
      told: () => [
        {
          of: scaler?.id,
          rows: [
            row('kube_pod_status_unschedulable', pod, () => 1),
            row('kube_pod_status_scheduled', { ...pod, condition: 'true' }, () => 0),
            row('kube_pod_status_scheduled', { ...pod, condition: 'false' }, () => 1),
            row('kube_pod_owner', { ...pod, ...owner }, () => 1),
          ],
        },
      ],
    };
  });
}

/** What kube-state-metrics tells of the pod of an instance. */
function podState(world: World, seen: Glimpse, facts: PodFacts): readonly Told[] {
  const { container: name, ...pod } = containerLabels(world, seen);
  const inPod = { ...pod, container: name ?? '' };
  const limits = seen.part.resources.flatMap((resource): readonly Told[] => {
    if (resource.kind !== 'quota' && resource.kind !== 'memory') return [];
    const named = resource.kind === 'quota' ? { resource: 'cpu', unit: 'core' } : { resource: 'memory', unit: 'byte' };
    const limit = row('kube_pod_container_resource_limits', { ...inPod, node: facts.node, ...named }, (now) => {
      return now.look(resource.id)?.size;
    });
    return [{ of: resource.id, rows: [limit] }];
  });
  const ownerOf = { owner_kind: 'ReplicaSet', owner_name: facts.replicaSet, owner_is_controller: 'true' };
  return [
    {
      of: undefined,
      rows: [
        row('kube_pod_info', { ...pod, node: facts.node, created_by_kind: 'ReplicaSet' }, () => 1),
        row('kube_pod_owner', { ...pod, ...ownerOf }, () => 1),
        row('kube_pod_status_scheduled', { ...pod, condition: 'true' }, () => 1),
        row('kube_pod_status_scheduled', { ...pod, condition: 'false' }, () => 0),
        row('kube_pod_container_status_restarts_total', inPod, facts.restarts),
        row('kube_pod_container_status_last_terminated_reason', { ...inPod, reason: 'OOMKilled' }, facts.wasKilled),
      ],
    },
    ...limits,
  ];
}

/** What an orchestrator knows of a pod. */
type PodFacts = {
  readonly node: string;
  readonly replicaSet: string;
  readonly restarts: (seen: Glimpse) => number;
  /** 1 once its memory was full; undefined before. */
  readonly wasKilled: (seen: Glimpse) => number | undefined;
};

/** What kube-state-metrics tells of a workload. `pods`: how many are wanted. */
function workloadState(
  part: string,
  sets: readonly { readonly name: string; readonly since: number }[],
  pods: (seen: Glimpse) => number,
): readonly Row[] {
  const ownerOf = { owner_kind: 'Deployment', owner_name: part, owner_is_controller: 'true' };
  return [
    row('kube_deployment_spec_replicas', { namespace, deployment: part }, pods),
    ...sets.flatMap(({ name, since }) => [
      row('kube_replicaset_owner', { namespace, replicaset: name, ...ownerOf }, () => 1),
      row('kube_replicaset_created', { namespace, replicaset: name }, () => Math.round(since)),
    ]),
  ];
}

/** What kube-state-metrics tells of an autoscaler. */
function autoscalerState(part: string, { id, least, most, target }: Scaler): readonly Row[] {
  const named = { namespace, horizontalpodautoscaler: part };
  const scaled = { scaletargetref_kind: 'Deployment', scaletargetref_name: part };
  const metric = { ...named, metric_name: 'cpu', metric_target_type: 'utilization' };
  return [
    row('kube_horizontalpodautoscaler_info', { ...named, ...scaled }, () => 1),
    row('kube_horizontalpodautoscaler_spec_min_replicas', named, () => least),
    row('kube_horizontalpodautoscaler_spec_max_replicas', named, () => most),
    row('kube_horizontalpodautoscaler_status_current_replicas', named, (seen) => seen.look(id)?.used),
    row('kube_horizontalpodautoscaler_status_desired_replicas', named, (seen) => seen.look(id)?.more.desired),
    row('kube_horizontalpodautoscaler_spec_target_metric', metric, () => Math.round(100 * target)),
    row('kube_horizontalpodautoscaler_status_target_metric', metric, meanUse()),
  ];
}

type Scaler = Extract<Resource, { kind: 'autoscaler' }>;

/** Mean use of all pods since the last look, in percent of what each may use; as old as the metrics that the autoscaler itself looks at. */
function meanUse(): (seen: Glimpse) => number | undefined {
  let before: ReadonlyMap<string, number> = new Map();
  let at = 0;
  let last: number | undefined;
  return ({ part, now, others }) => {
    const pods = others(part.name);
    const sizes = pods.map((pod) => pod.look(itself)?.size ?? 1);
    const used = new Map(pods.map((pod) => [`${pod.instance} ${pod.since}`, pod.look(itself)?.usedTime ?? 0]));
    const passed = now - at;
    const shares = [...used].map(
      ([pod, time], index) => (time - (before.get(pod) ?? 0)) / passed / (sizes[index] ?? 1),
    );
    if (passed >= metricsAge) {
      last = Math.round((100 * shares.reduce((sum, share) => sum + share, 0)) / Math.max(1, shares.length));
      before = used;
      at = now;
    }
    return last;
  };
}

/** The metrics server looks at pods so often (s). */
const metricsAge = 15;
