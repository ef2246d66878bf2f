import { describe, expect, test } from 'vitest';
import { turnsAway } from '../../../src/analyse/saturation/turns-away.ts';
import { caseWith, viewWith } from '../windows.ts';

/** A tenth of the answers fails. */
const view = viewWith([{ load: 50, errors: 0.1 }]);

describe('a pool that lends at once or not at all', () => {
  const pool = (refused: number, done = 45) =>
    caseWith(
      { usage: [1.7], of: 3, refusals: [refused], completions: [done] },
      { kind: 'pool', layer: 'hold', resource: 'pool' },
    );

  test('is full at moments where what it turns away is what fails: 5 of 50', () => {
    expect(turnsAway(pool(5), view, 0)).toBe(true);
  });

  test('is not where it turns away a few of them, or where nothing fails', () => {
    expect(turnsAway(pool(1), view, 0)).toBe(false);
    expect(turnsAway(pool(5), viewWith([{ load: 50 }]), 0)).toBe(false);
  });
});

describe('a hard limit that counts no refusals', () => {
  const connections = (usage: number, of: number) =>
    caseWith({ usage: [usage], of }, { kind: 'pool', layer: 'hold', hard: true });

  test('of 20 turns a tenth away where 15.9 are in use, by the tables of Erlang: 17.6 erlangs × 0.9', () => {
    expect(turnsAway(connections(16, 20), view, 0)).toBe(true);
    expect(turnsAway(connections(15, 20), view, 0)).toBe(false);
  });

  test('of 22 sampled eleven times may show 16.5 where 17.6 are in use: a standard error of 1.2; and must come near its end at the highest', () => {
    const failing = viewWith([
      { load: 60, errors: 0.09 },
      { load: 100, errors: 0.35 },
    ]);
    const sampled = (last: number) => ({
      ...caseWith({ usage: [16, last], of: 22 }, { kind: 'pool', layer: 'hold', hard: true }),
      usageError: [1.2, 0.5],
    });
    expect(turnsAway(sampled(20.6), failing, 0)).toBe(true);
    expect(turnsAway(sampled(16), failing, 0)).toBe(false);
  });

  test('of 300 turns nobody away before it is nearly full', () => {
    expect(turnsAway(connections(270, 300), view, 0)).toBe(false);
    expect(turnsAway(connections(290, 300), view, 0)).toBe(true);
  });
});

test('a table that counts what it refuses and not what it lets in is full at moments where all instances refuse what fails, and it is as full as that says', () => {
  // Four tables of 153 of which each refuses 1.3 of the 5 that fail of 50 a second; where a tenth is refused 0.98 of 153 are in use (Erlang's B).
  const table = (usage: number, refused: number) =>
    caseWith({ usage: [usage], of: 153, refusals: [refused] }, { kind: 'space', resource: 'conntrack', hard: true });
  const four = (usage: number, refused: number) => Array.from({ length: 4 }, () => table(usage, refused));
  const full = (usage: number, refused: number) => turnsAway(table(usage, refused), view, 0, four(usage, refused));
  expect(full(144, 1.3)).toBe(true);
  expect(full(144, 0.3)).toBe(false);
  expect(full(100, 1.3)).toBe(false);
});
