import { expect, test } from 'vitest';
import type { ResourceRows } from '../../src/collect/rows.ts';
import { notesOnUntoldWaits } from '../../src/collect/untold-waits.ts';
import type { Role } from '../../src/model/resource.ts';
import type { Signal } from '../../src/model/signal.ts';

const resource = { component: 'shop', resource: 'cpu-quota' };
const queue = {
  role: 'queue',
  candidates: [
    { parts: [{ selectors: [{ name: 'throttled_periods', where: {} }], optional: false }], less: [], over: [] },
  ],
};
const rows = (kind: string): ResourceRows =>
  ({ resource, told: { kind, cure: 'scrape the kubelet' }, rows: [queue] }) as unknown as ResourceRows;
const told = (...roles: readonly Role[]): readonly Signal[] =>
  roles.map((role) => ({ role, at: {} })) as unknown as readonly Signal[];
const said = (kind: string, ...roles: readonly Role[]) =>
  notesOnUntoldWaits(rows(kind), told(...roles)).map(({ text }) => text);

test('a quota whose use and size are told, and not whether it is throttled, is told with the cure', () => {
  expect(said('quota', 'usage', 'ceiling')).toEqual([
    'shop / cpu-quota: no series of throttled_periods tells when it keeps work from running, so that how much of it is used is all that is known; cure: scrape the kubelet, and let Prometheus keep them',
  ]);
});

test('where it is told, where there is no quota, and of other kinds nothing is said', () => {
  expect(said('quota', 'usage', 'ceiling', 'queue')).toEqual([]);
  expect(said('quota', 'usage')).toEqual([]);
  expect(said('servers', 'usage', 'ceiling')).toEqual([]);
});
