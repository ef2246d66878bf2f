import { expect, test } from 'vitest';
import { replicaLabels } from '../../src/collect/instances.ts';
import { possibleReplicaLabels } from '../../src/model/replica-labels.ts';

test('one process needs no label to be told apart', () => {
  expect(
    replicaLabels(
      ['pod', 'instance'],
      [
        { pod: 'a', instance: '1' },
        { pod: 'a', instance: '1' },
      ],
    ),
  ).toEqual([]);
});

test('pods with one process each are told apart by the pod', () => {
  expect(
    replicaLabels(
      ['pod', 'instance'],
      [
        { pod: 'a', instance: '1' },
        { pod: 'b', instance: '2' },
      ],
    ),
  ).toEqual(['pod']);
});

test('two processes of one pod are told apart by the instance', () => {
  expect(
    replicaLabels(
      ['pod', 'instance'],
      [
        { pod: 'a', instance: '1' },
        { pod: 'a', instance: '2' },
      ],
    ),
  ).toEqual(['instance']);
});

test('pods with several processes need both', () => {
  const labels = ['a', 'b'].flatMap((pod) => ['1', '2'].map((port) => ({ pod, instance: `${pod}:${port}` })));
  expect(replicaLabels(['pod', 'instance'], labels)).toEqual(['pod', 'instance']);
});

test('a label that some series lack tells nothing apart', () => {
  expect(replicaLabels(['instance', 'server'], [{ instance: '1', server: 'x' }, { instance: '1' }])).toEqual([]);
});

test('behind a server that federates, machines are told apart by the instance that it renamed', () => {
  const of = (machine: string) => ({ instance: 'federate:9090', exported_instance: machine });
  expect(replicaLabels(possibleReplicaLabels(undefined, ['instance']), [of('a'), of('b')])).toEqual([
    'exported_instance',
  ]);
});

test('behind one collector, processes are told apart by what OpenTelemetry calls them, in both spellings', () => {
  const underscored = (id: string) => ({ instance: 'collector:8889', service_instance_id: id });
  const dotted = (id: string) => ({ instance: 'collector:8889', 'service.instance.id': id });
  expect(replicaLabels(possibleReplicaLabels(undefined), [underscored('a'), underscored('b')])).toEqual([
    'service_instance_id',
  ]);
  expect(replicaLabels(possibleReplicaLabels(undefined), [dotted('a'), dotted('b')])).toEqual(['service.instance.id']);
});

test('what is stated tells replicas apart, and nothing besides; so does what a pack says without "instance"', () => {
  expect(possibleReplicaLabels('shard', ['pod'])).toEqual(['shard']);
  expect(possibleReplicaLabels(undefined, ['pod', 'container'])).toEqual(['pod', 'container']);
});
