import { describe, expect, test } from 'vitest';
import { shareInDoubt, shareUnused } from '../../../src/analyse/roots/doubts.ts';
import { fullOfCollecting } from '../../../src/analyse/saturation/full-of-collecting.ts';
import type { Case } from '../../../src/analyse/seen/cases.ts';
import type { BlindSpot } from '../../../src/model/blind-spot.ts';
import { caseWith, viewWith } from '../windows.ts';

const view = viewWith([{ load: 10 }, { load: 20 }, { load: 30 }, { load: 40, goodput: 30 }, { load: 50, goodput: 30 }]);
/** 0.02 cores a request: 50/s by that, and yet full at 40/s. */
const dear = caseWith({ usage: [0.2, 0.4, 0.6, 1, 1], of: 1 });
const heap = (share: number): Case =>
  caseWith(
    {
      usage: [0.5, 0.6, 0.7, 1, 1],
      of: 1,
      queue: [0.01, 0.02, 0.03, share, share],
      queueReads: '$ratio of the time in collections',
    },
    { resource: 'heap', kind: 'space', unit: 'ratio' },
  );

describe('a processor that fills before its line says so', () => {
  const given = { view, components: [] };

  test('is full of collections where a heap is full and they take half of it', () => {
    expect(fullOfCollecting({ one: dear, onset: 3 }, { one: heap(0.5), onset: 3 }, given)).toBe(true);
  });

  test('is not where collections take a tenth, where the heap filled later, or in another component', () => {
    expect(fullOfCollecting({ one: dear, onset: 3 }, { one: heap(0.1), onset: 3 }, given)).toBe(false);
    expect(fullOfCollecting({ one: dear, onset: 3 }, { one: heap(0.5), onset: 4 }, given)).toBe(false);
    const other = { ...heap(0.5), resource: { ...heap(0.5).resource, component: 'db' } };
    expect(fullOfCollecting({ one: dear, onset: 3 }, { one: other, onset: 3 }, given)).toBe(false);
  });

  test('is full of its own work where its line ends at this load: 0.025 cores a request, 40/s', () => {
    const own = caseWith({ usage: [0.25, 0.5, 0.75, 1, 1], of: 1 });
    expect(fullOfCollecting({ one: own, onset: 3 }, { one: heap(0.5), onset: 3 }, given)).toBe(false);
  });

  test('is believed by half where something of its component cannot be seen', () => {
    const hidden: BlindSpot = { component: 'api', resource: 'heap', why: 'no data', cure: 'scrape it' };
    const scene = { view, plateau: 3, components: [], blind: [hidden] };
    expect(shareInDoubt({ one: dear, onset: 3 }, scene)).toBe(0.5);
    expect(shareInDoubt({ one: dear, onset: 3 }, { ...scene, blind: [] })).toBe(1);
  });

  test('is believed by half where the thread of a runtime works on it and nobody tells what that collects', () => {
    const loop = caseWith({ usage: [0.2, 0.4, 0.6, 1, 1], of: 1 }, { unit: 'event loops', layer: 'thread' });
    const scene = { view, plateau: 3, components: [], blind: [] };
    expect(shareInDoubt({ one: dear, onset: 3 }, { ...scene, around: [dear, loop] })).toBe(0.5);
    expect(shareInDoubt({ one: dear, onset: 3 }, { ...scene, around: [dear, loop, heap(0.1)] })).toBe(1);
  });
});

describe('where goodput stops at 30/s of 40/s, a processor of which 0.023 cores go to each request', () => {
  const scene = { view, plateau: 3, components: [], blind: [] };
  const told = (there: number): Case => caseWith({ usage: [0.23, 0.46, 0.69, there, 1], of: 1 });

  test('did its work for all 40, 0.92 cores, and was not what stopped it', () => {
    expect(shareInDoubt({ one: told(0.92), onset: 4 }, scene)).toBe(0.3);
  });

  test('is as likely as before where it did more than that, or where 40 of 25 ms would have been all it has', () => {
    expect(shareInDoubt({ one: told(0.99), onset: 4 }, scene)).toBe(1);
    const full = caseWith({ usage: [0.25, 0.5, 0.75, 0.94, 1], of: 1 });
    expect(shareInDoubt({ one: full, onset: 4 }, scene)).toBe(1);
  });
});

test('what works and limits has always something to do: 0.93 used of it while ever more waits is half of the truth', () => {
  const scene = { view, plateau: 3, components: [], blind: [] };
  const used = (...late: readonly number[]): Case => caseWith({ usage: [0.2, 0.4, 0.7, ...late], of: 1 });
  expect(shareUnused({ one: used(0.97, 0.89) }, scene)).toBe(0.5);
  expect(shareUnused({ one: used(0.97, 0.95) }, scene)).toBe(1);
  expect(shareUnused({ one: used(0.97, 0.89) }, { ...scene, plateau: undefined })).toBe(1);
  const pool = caseWith({ usage: [1, 2, 3, 9, 9], of: 10 }, { kind: 'pool', layer: 'hold', unit: 'connections' });
  expect(shareUnused({ one: pool }, scene)).toBe(1);
});

test('what still had room when goodput stopped following is hardly what stopped it', () => {
  const scene = { view, plateau: 3, components: [], blind: [] };
  const later = (there: number): Case => caseWith({ usage: [0.2, 0.4, 0.6, there, 1], of: 1 });
  expect(shareInDoubt({ one: later(0.8), onset: 4 }, scene)).toBe(0.3);
  expect(shareInDoubt({ one: later(0.93), onset: 4 }, scene)).toBe(1);
});

test('space that filled in the middle of that window, in any instance, had no room at its end', () => {
  const space = (peak: number): Case => ({
    ...caseWith({ usage: [0.4, 0.5, 0.6, 0.7, 1], of: 1 }, { resource: 'heap', kind: 'space', unit: 'ratio' }),
    peaks: [0.4, 0.5, 0.6, peak, 1],
  });
  const [calm, filled] = [space(0.75), space(0.98)];
  const scene = { view, plateau: 3, components: [], blind: [] };
  expect(shareInDoubt({ one: calm, onset: 4 }, scene)).toBe(0.3);
  expect(shareInDoubt({ one: calm, onset: 4 }, { ...scene, around: [calm, filled] })).toBe(1);
});

test('a later window of about the same load is the same plateau: 185/s is not further than 178/s', () => {
  const answered = viewWith([{ load: 100 }, { load: 150 }, { load: 178 }, { load: 185 }]);
  const pool = caseWith({ usage: [1, 1.5, 1.7, 2], of: 2 }, { kind: 'pool', layer: 'hold' });
  const scene = { view: answered, plateau: 2, components: [], blind: [] };
  expect(shareInDoubt({ one: pool, onset: 3 }, scene)).toBe(1);
});

test('a full pool that lends plainly more often than all that was ever carried needs is asked again and again, and is not what stopped goodput', () => {
  // family 43, seed 1502: a retry storm on processors that nobody sees; 12 connections lend 100 and 133/s where 73/s at the most were carried
  const stormy = viewWith([20, 40, 63, 78, 99].map((load, i) => ({ load, goodput: [20, 40, 63, 73, 1][i] ?? 0 })));
  const lending = (completions: readonly number[]): Case =>
    caseWith(
      { usage: [1.9, 3.2, 6.2, 12, 12], of: 12, completions: [...completions] },
      { resource: 'pool', kind: 'pool', layer: 'hold', unit: 'connections' },
    );
  const shareOf = (one: Case): number =>
    shareInDoubt({ one, onset: 3 }, { view: stormy, plateau: 3, components: [], blind: [], around: [one] });
  expect(shareOf(lending([20, 40, 63, 100, 133]))).toBe(0.3);
  // what it carried it did: all that is given up behind it would be lent no more often than before
  expect(shareOf(lending([20, 40, 63, 74, 75]))).toBe(1);
  // two for each request from the beginning
  expect(shareOf(lending([40, 80, 126, 146, 150]))).toBe(1);
});

test('a quota that did its work for all that came, carried or not, is not what stopped goodput, however much of it was throttled; one that stayed behind that may be', () => {
  const scene = { view, plateau: 3, components: [], blind: [] };
  // 0.014 cores a request: 0.56 for all 40 and 0.7 for all 50; 0.42 is what was carried
  const [all, carried] = [
    [0.14, 0.28, 0.42, 0.56, 0.7],
    [0.14, 0.28, 0.42, 0.42, 0.42],
  ].map((usage) => caseWith({ usage, of: 1 }));
  if (!all || !carried) throw new Error('two quotas');
  expect(shareInDoubt({ one: all, onset: 3 }, scene)).toBe(0.3);
  expect(shareInDoubt({ one: carried, onset: 3 }, scene)).toBe(1);
});

test('what leaves a twelfth unused has always something to do hardly; of several instances one has less at times', () => {
  const scene = { view, plateau: 3, components: [], blind: [] };
  const one = caseWith({ usage: [0.2, 0.4, 0.6, 0.92, 0.92], of: 1 });
  expect(shareUnused({ one }, { ...scene, around: [one] })).toBe(0.5);
  expect(shareUnused({ one }, { ...scene, around: [one, { ...one, at: { pod: 'b' } }] })).toBe(0.75);
});
