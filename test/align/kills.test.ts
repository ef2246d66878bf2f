import { expect, test } from 'vitest';
import { killsIn } from '../../src/align/kills.ts';
import type { Change } from '../../src/model/collected.ts';
import { epoch } from '../../src/model/units.ts';

const at = (time: string): number => Date.parse(`2026-12-01T${time}Z`) / 1000;
const change = (component: string, time: string, what: Change['what'] = 'out-of-memory'): Change => ({
  at: epoch(at(time)),
  component,
  what,
  labels: {},
  text: `container ${component} of ${component}-1 was killed at its memory limit`,
});

test('of each component it is told how often something was killed, and when', () => {
  const changes = [change('api', '01:05:00'), change('api', '01:02:30'), change('db', '01:03:00')];
  expect(killsIn(changes).map(({ text }) => text)).toEqual([
    'api: 2 times something was killed for want of memory, from 01:02:30 to 01:05:00 UTC; the first: container api of api-1 was killed at its memory limit',
    'db: container db of db-1 was killed at its memory limit, at 01:03:00 UTC',
  ]);
});

test('a restart alone is no kill', () => expect(killsIn([change('api', '01:02:00', 'restart')])).toEqual([]));
