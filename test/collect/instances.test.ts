import { expect, test } from 'vitest';
import { replicaLabels } from '../../src/collect/instances.ts';

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
