import type { PodReading } from './container-families.ts';
import type { Family, Labels, Sample } from './exposition.ts';
import type { Node, Pod } from './pod.ts';

const one = (labels: Labels): Sample => ({ labels, value: 1 });

const podLabels = ({ namespace, pod, uid }: Pod): Labels => ({ namespace, pod, uid });

const ownedBy = (kind: string, name: string): Labels => ({
  owner_kind: kind,
  owner_name: name,
  owner_is_controller: 'true',
});

const gauge = (name: string, help: string, samples: readonly Sample[]): Family => ({
  name,
  help,
  type: 'gauge',
  samples,
});

/** The metrics of kube-state-metrics for these pods: each the only replica of a deployment. */
export function kubeStateFamilies(pods: readonly Pod[], limited: readonly PodReading[], node: Node): readonly Family[] {
  return [...deploymentFamilies(pods), ...podFamilies(pods), limits(limited), ...nodeFamilies(node)];
}

function deploymentFamilies(pods: readonly Pod[]): readonly Family[] {
  const replicas = pods.map(({ namespace, deployment }) => one({ namespace, deployment }));
  return [
    gauge('kube_deployment_spec_replicas', 'Number of desired pods for a deployment.', replicas),
    gauge('kube_deployment_status_replicas', 'The number of replicas per deployment.', replicas),
    gauge('kube_deployment_status_replicas_ready', 'The number of ready replicas per deployment.', replicas),
    gauge('kube_deployment_status_replicas_available', 'The number of available replicas per deployment.', replicas),
    gauge(
      'kube_replicaset_owner',
      "Information about the ReplicaSet's owner.",
      pods.map(({ namespace, replicaset, deployment }) =>
        one({ namespace, replicaset, ...ownedBy('Deployment', deployment) }),
      ),
    ),
  ];
}

function podFamilies(pods: readonly Pod[]): readonly Family[] {
  const of = (labels: (pod: Pod) => Labels) => pods.map((pod) => one({ ...podLabels(pod), ...labels(pod) }));
  return [
    gauge(
      'kube_pod_info',
      'Information about pod.',
      of(({ node, replicaset }) => ({
        node,
        host_ip: '127.0.0.1',
        pod_ip: '127.0.0.1',
        created_by_kind: 'ReplicaSet',
        created_by_name: replicaset,
      })),
    ),
    gauge(
      'kube_pod_owner',
      "Information about the Pod's owner.",
      of(({ replicaset }) => ownedBy('ReplicaSet', replicaset)),
    ),
    gauge(
      'kube_pod_container_info',
      'Information about a container in a pod.',
      of(({ container, image }) => ({ container, image })),
    ),
    gauge(
      'kube_pod_status_phase',
      'The pods current phase.',
      of(() => ({ phase: 'Running' })),
    ),
    gauge(
      'kube_pod_status_ready',
      'Describes whether the pod is ready to serve requests.',
      of(() => ({ condition: 'true' })),
    ),
    {
      name: 'kube_pod_container_status_restarts_total',
      help: 'The number of container restarts per container.',
      type: 'counter',
      samples: pods.map((pod) => ({ labels: { ...podLabels(pod), container: pod.container }, value: 0 })),
    },
  ];
}

const limits = (limited: readonly PodReading[]): Family =>
  gauge(
    'kube_pod_container_resource_limits',
    'The number of requested limit resource by a container.',
    limited.flatMap(({ pod, reading: { quota } }) =>
      quota === undefined
        ? []
        : [
            {
              labels: { ...podLabels(pod), container: pod.container, node: pod.node, resource: 'cpu', unit: 'core' },
              value: quota.quota / quota.period,
            },
          ],
    ),
  );

function nodeFamilies({ name, cores, memory }: Node): readonly Family[] {
  const samples = [
    { labels: { node: name, resource: 'cpu', unit: 'core' }, value: cores },
    { labels: { node: name, resource: 'memory', unit: 'byte' }, value: memory },
  ];
  return [
    gauge('kube_node_info', 'Information about a cluster node.', [one({ node: name, internal_ip: '127.0.0.1' })]),
    gauge('kube_node_status_allocatable', 'The allocatable for different resources of a node.', samples),
    gauge('kube_node_status_capacity', 'The capacity for different resources of a node.', samples),
  ];
}
