import { expect, test } from 'vitest';
import { alsoNamed, isToldItself, toldAs } from '../../../src/analyse/roots/told-as.ts';
import { caseWith } from '../windows.ts';

const told = { component: 'dbhost', resource: 'cpu', at: {} };
const twins = [{ told, also: { component: 'hosts', resource: 'cpu', at: { instance: 'db' } } }];
const on = (component: string, at = {}) => ({ ...caseWith({ usage: [1] }, { component, resource: 'cpu' }), at });

test('what two components name is told by one name, and all else by its own', () => {
  expect(toldAs(on('hosts', { instance: 'db' }), twins)).toEqual(told);
  expect(toldAs(on('hosts', { instance: 'a' }), twins)).toMatchObject({ component: 'hosts' });
  expect(isToldItself(on('hosts', { instance: 'db' }), twins)).toBe(false);
  expect(isToldItself(on('dbhost'), twins)).toBe(true);
  expect(isToldItself(on('hosts', { instance: 'db' }))).toBe(true);
  expect(alsoNamed(told, twins)).toEqual([twins[0]?.also]);
  expect(alsoNamed({ component: 'hosts', resource: 'cpu' }, twins)).toEqual([]);
});
