import { expect, test } from 'vitest';
import { containerFamilies } from '../../deploy/demo/container-families.ts';
import { exposition } from '../../deploy/demo/exposition.ts';
import { kubeStateFamilies } from '../../deploy/demo/kube-state-families.ts';
import { podOf } from '../../deploy/demo/pods.ts';

const pod = { ...podOf('api', 1, undefined), uid: 'u', replicaset: 'api-1', pod: 'api-1-x', node: 'n' };
const free = {
  cpuSeconds: 12.5,
  quota: undefined,
  anonymousMemory: 10,
  workingSet: 20,
  cpuWaitingSeconds: undefined,
  processes: 3,
};
const quota = { quota: 30000, period: 100000, periods: 40, throttledPeriods: 4, throttledSeconds: 0.5 };
const limited = { ...free, quota };

const lines = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '' && line[0] !== '#');
const labels =
  'container="api",id="/kubepods/burstable/podu/api",image="localhost/api",name="api",namespace="shop",pod="api-1-x"';

test('a container without a limit shows what cAdvisor shows then: no quota and no throttling', () => {
  expect(lines(exposition(containerFamilies([{ pod, reading: free }])))).toEqual([
    `container_cpu_usage_seconds_total{${labels},cpu="total"} 12.5`,
    `container_spec_cpu_period{${labels}} 100000`,
    `container_spec_memory_limit_bytes{${labels}} 0`,
    `container_memory_working_set_bytes{${labels}} 20`,
    `container_memory_rss{${labels}} 10`,
    `container_processes{${labels}} 3`,
  ]);
});

test('a limit brings quota, periods and throttling', () => {
  const shown = lines(exposition(containerFamilies([{ pod, reading: limited }])));
  expect(shown).toContain(`container_spec_cpu_quota{${labels}} 30000`);
  expect(shown).toContain(`container_cpu_cfs_periods_total{${labels}} 40`);
  expect(shown).toContain(`container_cpu_cfs_throttled_periods_total{${labels}} 4`);
  expect(shown).toContain(`container_cpu_cfs_throttled_seconds_total{${labels}} 0.5`);
});

const node = { name: 'n', cores: 2, memory: 1024 };

test('kube-state-metrics: a pod leads over its replica set to its deployment', () => {
  const shown = lines(exposition(kubeStateFamilies([pod], [], node)));
  expect(shown).toContain('kube_deployment_spec_replicas{namespace="shop",deployment="api"} 1');
  expect(shown).toContain(
    'kube_replicaset_owner{namespace="shop",replicaset="api-1",owner_kind="Deployment",owner_name="api",owner_is_controller="true"} 1',
  );
  expect(shown).toContain(
    'kube_pod_owner{namespace="shop",pod="api-1-x",uid="u",owner_kind="ReplicaSet",owner_name="api-1",owner_is_controller="true"} 1',
  );
  expect(shown).toContain(
    'kube_pod_info{namespace="shop",pod="api-1-x",uid="u",node="n",host_ip="127.0.0.1",pod_ip="127.0.0.1",created_by_kind="ReplicaSet",created_by_name="api-1"} 1',
  );
  expect(shown.filter((line) => line.startsWith('kube_pod_container_resource_limits'))).toEqual([]);
});

test('kube-state-metrics: the limit is in cores', () => {
  expect(lines(exposition(kubeStateFamilies([pod], [{ pod, reading: limited }], node)))).toContain(
    'kube_pod_container_resource_limits{namespace="shop",pod="api-1-x",uid="u",container="api",node="n",resource="cpu",unit="core"} 0.3',
  );
});

test('the same seed makes the same names, another seed others', () => {
  expect(podOf('api', 1, undefined)).toEqual(podOf('api', 1, undefined));
  expect(podOf('api', 2, undefined).pod).not.toBe(podOf('api', 1, undefined).pod);
});

test('label values are quoted as the text format wants it', () => {
  const family = { name: 'm', help: 'h', type: 'gauge', samples: [{ labels: { a: 'x"\\\n' }, value: 1 }] } as const;
  expect(exposition([family])).toBe('# HELP m h\n# TYPE m gauge\nm{a="x\\"\\\\\\n"} 1\n');
});
