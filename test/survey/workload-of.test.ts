import { expect, test } from 'vitest';
import { workloadOf } from '../../src/survey/workload-of.ts';

const of = (...pods: readonly string[]) => workloadOf(pods.map((pod) => ({ namespace: 'shop', pod })));

test.each([
  [['api-6d4cf56db6-x7k2p', 'api-6d4cf56db6-b5b5b'], { namespace: 'shop', deployment: 'api' }],
  [['my-api-v2-84f9-x7k2p'], { namespace: 'shop', deployment: 'my-api-v2' }],
  [['db-0', 'db-1'], { namespace: 'shop', statefulset: 'db' }],
  [['agent-x7k2p'], { namespace: 'shop', daemonset: 'agent' }],
  [['api'], undefined],
  [['api-6d4cf56db6-x7k2p', 'web-6d4cf56db6-x7k2p'], undefined],
  [[], undefined],
])('pods %j are of %j', (pods, workload) => {
  expect(of(...pods)).toEqual(workload);
});

test('without a namespace nothing is said', () => {
  expect(workloadOf([{ pod: 'db-0' }])).toBeUndefined();
});
