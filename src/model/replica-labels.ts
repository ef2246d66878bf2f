/**
 * What follows `instance` where it names what was scraped and not what is told of: a server that federates or a collector writes its own `instance` on everything,
 * and what the things themselves are called stands beside it: as Prometheus renames it, or as a resource of OpenTelemetry, in both its spellings.
 */
const behindInstance = [
  'exported_instance',
  'k8s_pod_name',
  'k8s.pod.name',
  'service_instance_id',
  'service.instance.id',
  'host_name',
  'host.name',
];

/** The labels that may tell replicas apart, in their order: what the configuration states, else what the pack says, else pod and instance. */
export function possibleReplicaLabels(stated: string | undefined, ofPack?: readonly string[]): readonly string[] {
  if (stated !== undefined) return [stated];
  const labels = ofPack ?? ['pod', 'instance'];
  return labels.includes('instance') ? [...labels, ...behindInstance] : labels;
}
