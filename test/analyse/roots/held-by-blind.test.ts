import { expect, test } from 'vitest';
import { heldByBlind, waitedFor } from '../../../src/analyse/roots/held-by-blind.ts';
import type { Judged, Standing } from '../../../src/analyse/roots/judged.ts';
import type { Case } from '../../../src/analyse/seen/cases.ts';
import { caseWith, viewWith } from '../windows.ts';

const view = viewWith([20, 40, 80, 100, 120, 140].map((load) => ({ load, goodput: Math.min(100, load) })));
const judged = (one: Case, standing: Standing): Judged => ({
  one,
  saturation: { full: [], starved: [], saturated: [], onset: 4 },
  standing,
});
/** Held for 10 ms, then for 0.2 and 0.6 s. */
const pool = caseWith(
  { usage: [0.2, 0.4, 0.8, 1, 20, 60], of: 60 },
  { resource: 'pool', kind: 'pool', layer: 'hold', unit: 'connections' },
);
const held = judged(pool, { kind: 'held', growth: 20 });
const waiting = (kind: string, sessions: readonly number[]): Judged =>
  judged(
    {
      ...caseWith({ usage: [...sessions] }, { component: 'db', resource: 'waits', kind: 'servers', layer: 'hold' }),
      at: { wait_event_type: kind },
    },
    { kind: 'unsaturated' },
  );

test('how many times as long work is held is told for most windows and for the longest', () => {
  expect(heldByBlind([held], view)?.text).toBe(
    'api / pool is full, but work is held there 20 to 60 times as long as at low load',
  );
  expect(heldByBlind([judged(pool, { kind: 'held', growth: 55 })], view)?.text).toContain('55 times as long');
});

test('what most of those wait for that keep it is told, and nothing that few wait for', () => {
  const locks = waiting('LWLock', [0, 0, 1, 1, 15, 55]);
  const few = waiting('IO', [0, 0, 1, 1, 2, 5]);
  expect(waitedFor([held, few, locks], view).map(({ text }) => text)).toEqual([
    'up to 55 sessions of db wait for LWLock where api / pool is full with 60: that is where to look for what keeps them',
  ]);
  expect(waitedFor([held, few], view)).toEqual([]);
  expect(waitedFor([locks], view)).toEqual([]);
});
