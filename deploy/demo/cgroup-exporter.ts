import { readFileSync } from 'node:fs';
import { cpus, hostname, totalmem } from 'node:os';
import { containerFamilies, type PodReading } from './container-families.ts';
import { exposition, servePages } from './exposition.ts';
import { readGroup } from './group-readings.ts';
import { kubeStateFamilies } from './kube-state-families.ts';
import type { Pod } from './pod.ts';

/**
 * Serves control groups under cAdvisor's names (/metrics/cadvisor) and the pods under those of kube-state-metrics
 * (/metrics). Arguments: port, file with the pods as JSON.
 */
const [, , port, podFile] = process.argv;
const pods: readonly Pod[] = JSON.parse(readFileSync(podFile ?? '', 'utf8'));
const node = { name: hostname(), cores: cpus().length, memory: totalmem() };

const readings = (): readonly PodReading[] =>
  pods.flatMap((pod) => (pod.group === undefined ? [] : [{ pod, reading: readGroup(pod.group) }]));

servePages(Number(port), {
  '/metrics/cadvisor': async () => exposition(containerFamilies(readings())),
  '/metrics': async () => exposition(kubeStateFamilies(pods, readings(), node)),
});
