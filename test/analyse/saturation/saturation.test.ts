import { describe, expect, test } from 'vitest';
import { saturationOf } from '../../../src/analyse/saturation/saturation.ts';
import type { Case } from '../../../src/analyse/seen/cases.ts';
import { caseWith, viewWith } from '../windows.ts';

const view = viewWith([100, 200, 300, 400, 500, 600].map((load) => ({ load })));

test('full and waiting from the fifth window on', () => {
  const found = saturationOf(
    caseWith({ usage: [0.4, 0.8, 1.2, 1.6, 2, 2], of: 2, queue: [0, 0, 0.1, 0.3, 4, 9], queueFloor: 0.5 }),
    view,
  );
  expect(found.onset).toBe(4);
  expect(found.saturated).toEqual([false, false, false, false, true, true]);
});

test('full without waiting is not saturated', () => {
  expect(
    saturationOf(caseWith({ usage: [2, 2, 2, 2, 2, 2], of: 2, queue: [0, 0, 0, 0, 0, 0] }), view).onset,
  ).toBeUndefined();
});

test('waiting that is as high at low load as at high load is not its own waiting', () => {
  const flat = caseWith({ usage: [0.4, 0.8, 1.2, 1.6, 2, 2], of: 2, queue: [5, 5, 5, 5, 5, 5] });
  expect(saturationOf(flat, view).onset).toBeUndefined();
});

test('a pool of 2 that refuses at once is full from the lowest load on where all that fails at the door was refused by it', () => {
  const failing = viewWith([
    { load: 30, goodput: 28.7, errors: 0.043 },
    { load: 40, goodput: 37, errors: 0.075 },
    { load: 55, goodput: 48, errors: 0.127 },
    { load: 70, goodput: 56, errors: 0.2 },
  ]);
  const refusing = (refusals: readonly number[]): Case =>
    caseWith(
      { usage: [0.5, 0.6, 0.8, 1], of: 2, refusals, completions: [28.7, 37, 48, 56] },
      { kind: 'pool', layer: 'hold' },
    );
  expect(saturationOf(refusing([1.3, 3, 7, 14]), failing).onset).toBe(0);
  // a third of what fails is not why it does
  expect(saturationOf(refusing([0.4, 1, 2.3, 4.7]), failing).onset).toBeUndefined();
});

const quota = (usage: readonly number[], queue: readonly number[]) =>
  caseWith({ usage, of: 1, queue }, { kind: 'quota' });

test('a quota that throttles bursts in a third of its periods at 60 % mean usage slows, and does not limit yet', () => {
  expect(
    saturationOf(quota([0.1, 0.2, 0.3, 0.4, 0.5, 0.6], [0, 0, 0.02, 0.05, 0.3, 0.35]), view).onset,
  ).toBeUndefined();
});

test('it limits where most periods are throttled and little of it is left, though its mean never comes to 95 %', () => {
  expect(saturationOf(quota([0.2, 0.4, 0.6, 0.8, 0.9, 0.92], [0, 0.02, 0.2, 0.45, 0.7, 0.9]), view).onset).toBe(4);
});

describe('a collected heap', () => {
  const heap = (usage: readonly number[], queue: readonly number[], queueReads = '$ratio of the time in collections') =>
    caseWith({ usage, of: 134, queue, queueFloor: 0.1, queueReads }, { kind: 'space' });

  // A JVM with the G1 collector and -Xmx128m, read by jmx_exporter: it collected for 38 and 75 % of the time, and its old generation was never fuller than this.
  test('is full where collecting takes most of the time, though its old generation is never full', () => {
    expect(saturationOf(heap([48, 56, 70, 87, 108, 110], [0.03, 0.04, 0.08, 0.12, 0.38, 0.75]), view).onset).toBe(5);
  });

  test('is not full where it is a third full, or where collecting takes less of the time, or is told in processors', () => {
    expect(saturationOf(heap([48, 56, 60, 60, 60, 60], [0.03, 0.04, 0.08, 0.2, 0.6, 0.7]), view).onset).toBeUndefined();
    expect(saturationOf(heap([48, 56, 70, 87, 108, 110], [0, 0.1, 0.1, 0.2, 0.4, 0.45]), view).onset).toBeUndefined();
    const many = heap([48, 56, 70, 87, 108, 110], [0, 0.1, 0.1, 0.2, 0.6, 0.9], '$number processors that collect');
    expect(saturationOf(many, view).onset).toBeUndefined();
  });
});

test('a loop that is busy only because it is kept from running is starved', () => {
  const loop = caseWith({
    usage: [0.1, 0.2, 0.4, 1, 1, 1],
    of: 1,
    queue: [0, 0, 0, 1, 2, 3],
    stall: [0, 0, 0.05, 0.7, 0.7, 0.7],
  });
  const found = saturationOf(loop, view);
  expect(found.onset).toBeUndefined();
  expect(found.starved).toEqual([false, false, false, true, true, true]);
});

test('a hard limit needs refusals: waiting alone is none', () => {
  const usage = [0.2, 0.4, 0.6, 0.9, 1, 1];
  const queue = [0, 0, 0, 1, 5, 9];
  expect(saturationOf(caseWith({ usage, of: 1, queue }, { hard: true }), view).onset).toBeUndefined();
  const refused = caseWith({ usage, of: 1, refusals: [0, 0, 0, 0, 4, 40] }, { hard: true });
  expect(saturationOf(refused, view).onset).toBe(4);
});

test('an unknown ceiling shows as usage that stays where it is while load grows and work waits', () => {
  const disk = caseWith({ usage: [100, 200, 300, 310, 312, 311], queue: [0, 0, 1, 8, 30, 60], queueFloor: 2 });
  expect(saturationOf(disk, view).onset).toBe(4);
});

test('a gap in the readings says nothing, in neither direction', () => {
  const gap = caseWith({
    usage: [0.4, 0.8, 1.2, undefined, 2, 2],
    of: 2,
    queue: [0, 0, 0.1, undefined, 4, 9],
    queueFloor: 0.5,
  });
  expect(saturationOf(gap, view).onset).toBe(4);
});

test('a quota that is throttled in 40 % of its periods even at low load binds where the odds have tripled, at two thirds', () => {
  // odds 0.4 ÷ 0.6 = 0.67; three times that is 2, a share of 0.667
  const quota = caseWith(
    { usage: [0.5, 0.6, 0.8, 0.96, 1, 1], of: 1, queue: [0.4, 0.4, 0.6, 0.65, 0.7, 0.99] },
    { kind: 'quota' },
  );
  expect(saturationOf(quota, view).onset).toBe(4);
});

test('exporters that fall silent at the top, where they are needed most, do not make what was saturated free again', () => {
  const silent = caseWith({
    usage: [0.4, 0.8, 2, 2, undefined, undefined],
    of: 2,
    queue: [0, 0, 4, 9, undefined, undefined],
    queueFloor: 0.5,
  });
  expect(saturationOf(silent, view).onset).toBe(2);
});

test('a pool whose use was not read at the top, while more wait for it than it has units, was full there', () => {
  const unread = (waiting: number) =>
    caseWith(
      {
        usage: [0.4, 0.8, 1.2, 1.6, undefined, undefined],
        of: 2,
        queue: [0, 0, 0.1, 0.4, waiting, waiting],
        queueFloor: 0.3,
      },
      { kind: 'pool', layer: 'hold' },
    );
  expect(saturationOf(unread(5), view).onset).toBe(4);
  expect(saturationOf(unread(1.5), view).onset).toBeUndefined();
});

test('a pool of 4 of which a few samples find 3.7 in use is full where on average as many wait as it has units; not where fewer do, nor at 3.5', () => {
  const read = (used: number, waiting: number) =>
    caseWith(
      {
        usage: [0.4, 0.8, 1.2, 2.5, used, used],
        of: 4,
        queue: [0, 0, 0.1, 0.4, waiting, 2 * waiting],
        queueFloor: 0.3,
      },
      { kind: 'pool', layer: 'hold' },
    );
  expect(saturationOf(read(3.7, 4), view).onset).toBe(4);
  expect(saturationOf(read(3.7, 1.5), view).onset).toBeUndefined();
  expect(saturationOf(read(3.5, 4), view).onset).toBeUndefined();
});

describe('killed at the limit of its memory', () => {
  const memory = (refusedAtLimit: boolean): Case =>
    caseWith({
      usage: [0.3, 0.4, 0.5, 0.6, undefined, undefined],
      of: 1,
      refusals: [0, 0, 0, 0, 0.05, 0.1],
      refusedAtLimit,
    });

  test('it was there, though what came after it is empty, or not read at all', () => {
    expect(saturationOf(memory(true), view).onset).toBe(4);
  });

  test('what fills with time and is killed begins anew, empty: it was full from then on, however much room it has again', () => {
    const anew = caseWith(
      { usage: [0.2, 0.4, 0.6, 0.8, 0.2, 0.4], of: 1, refusals: [0, 0, 0, 0, 0.05, 0], refusedAtLimit: true },
      { kind: 'space', unit: 'bytes' },
    );
    expect(saturationOf(anew, view, { leaks: true }).onset).toBe(4);
    // what does not grow with time was killed for another reason: it had room before, and has
    expect(saturationOf(anew, view).onset).toBeUndefined();
    // where only answers are counted they become fewer because of it
    expect(saturationOf(anew, { ...view, answersOnly: true }).onset).toBe(4);
    // what restarts empty now and then, at whatever load, tells of no load
    expect(saturationOf(anew, { ...view, answersOnly: true }, { leaks: true, restarted: true }).onset).toBeUndefined();
  });

  test('what is still killed when less is asked for again is left over from when it was full first', () => {
    const loop = caseWith(
      {
        usage: [0.5, 0.5, 0.6, 0.7, undefined, undefined],
        of: 1,
        refusals: [0, 0.01, 0, 0, 0.1, 0.2],
        refusedAtLimit: true,
      },
      { kind: 'space', unit: 'bytes' },
    );
    // the second lowest load came last
    const watched = { ...view, answersOnly: true, low: [0], index: [0, 5, 1, 2, 3, 4] };
    expect(saturationOf(loop, watched).onset).toBe(4);
  });

  test('a refusal that may have another reason does not tell that usage had come to the ceiling', () => {
    expect(saturationOf(memory(false), view).onset).toBeUndefined();
  });
});

test('a lock has no ceiling: that as many wait as before says nothing yet', () => {
  const lock = caseWith({ usage: [0, 1, 4, 4, 4, 4], queue: [0, 1, 4, 4, 4, 4] }, { kind: 'servers' });
  expect(saturationOf(lock, view).onset).toBeUndefined();
});

test('a cache that was still filling at the lowest load and drops as much of what is asked at any other is busy', () => {
  const cache = (queue: readonly number[]): Case =>
    caseWith({ usage: [0.8, 1, 1, 1, 1, 1], of: 1, queue, queueFloor: 0 }, { kind: 'space', resource: 'maxmemory' });
  expect(saturationOf(cache([0.04, 0.15, 0.14, 0.15, 0.14, 0.16]), view).onset).toBeUndefined();
  expect(saturationOf(cache([0.04, 0.15, 0.2, 0.25, 0.3, 0.4]), view).onset).toBe(1);
});

const three = (usages: readonly (readonly number[])[], error: number): readonly Case[] =>
  usages.map((usage) => ({
    ...caseWith(
      { usage, of: 7, queue: [0, 0, 0, 0.1, 1, 4] },
      { resource: 'pool', kind: 'pool', layer: 'hold', unit: 'connections' },
    ),
    usageError: usage.map(() => error),
  }));
const lastOf = (...last: readonly number[]) => last.map((used) => [1, 2, 3, 4, 5, used]);

test('one of three alike that a few samples found at 6.8 of 7 is as full as all three, 6.3 of 7', () => {
  const alike = three(lastOf(6.8, 6.3, 5.8), 0.4);
  expect(alike.map((one) => saturationOf(one, view, { alike }).onset)).toEqual([undefined, undefined, undefined]);
});

test('one that is fuller than the others by more than its sampling may show is full, and one beside others that are', () => {
  const hot = three(lastOf(6.8, 4, 4), 0.4);
  expect(hot.map((one) => saturationOf(one, view, { alike: hot }).onset)).toEqual([5, undefined, undefined]);
  const all = three(lastOf(6.8, 6.7, 6.6), 0.4);
  expect(saturationOf(all[0] ?? caseWith({ usage: [] }), view, { alike: all }).onset).toBe(5);
});

test('under a pool of 4 that is full no operation can wait three times as long as alone: half as long again shows that it waits', () => {
  const disk = caseWith(
    { usage: [8, 18, 27, 40, 51, 51], of: 52, queue: [0.019, 0.025, 0.029, 0.037, 0.053, 0.052] },
    { resource: 'disk-operations', unit: 'operations/s' },
  );
  const pool = (last: number) =>
    caseWith({ usage: [0.4, 1, 2, 3, last, last], of: 4 }, { resource: 'pool', kind: 'pool', layer: 'hold' });
  expect(saturationOf(disk, view, { under: [pool(4)] }).onset).toBe(4);
  expect(saturationOf(disk, view, { under: [pool(3)] }).onset).toBeUndefined();
  expect(saturationOf(disk, view).onset).toBeUndefined();
});

test('a pool that one of three windows of about one load finds 0.83 full, and the others full, is full from the first on; one that is half free there is not', () => {
  const loads = viewWith([60, 88, 122, 174, 184, 189].map((load) => ({ load })));
  const pool = (last: number) =>
    caseWith(
      { usage: [1, 1.3, 1.1, 2, 2, last], of: 2, queue: [0, 0, 0, 2, 40, 30] },
      { resource: 'pool', kind: 'pool', layer: 'hold', unit: 'connections' },
    );
  expect(saturationOf(pool(1.66), loads).onset).toBe(3);
  expect(saturationOf(pool(1), loads).onset).toBeUndefined();
});

test('a full window in which nobody read what waits does not end a saturation', () => {
  const loads = [10, 20, 30, 40, 50, 60];
  const view = viewWith(loads.map((load) => ({ load })));
  const pool = { resource: 'pool', kind: 'pool', layer: 'hold' } as const;
  const usage = [1, 2, 3, 10, 10, 10];
  const onset = (queue: readonly (number | undefined)[]) =>
    saturationOf(caseWith({ usage, of: 10, queue, queueFloor: 1 }, pool), view).onset;
  expect(onset([0, 0, 0, 5, 6, undefined])).toBe(3);
  // read, and nothing waits: in one of three
  expect(onset([0, 0, 0, 5, 6, 0])).toBeUndefined();
});

describe('workers of which nobody tells how many there are', () => {
  const workers = (given: Pick<Case, 'usage' | 'peaks' | 'queue' | 'backlog'>): Case =>
    caseWith({ ...given, queueFloor: 1 }, { kind: 'servers', layer: 'hold', unit: 'messages' });
  const queue = [0, 0, 0, 40, 160, 475];

  test('are full from where ever more waits within a window while they do the most that they ever do', () => {
    // 5.4 of 6 just below: usage is not flat there yet
    const given = { usage: [1, 2, 4, 5.4, 6, 6], peaks: [1, 2, 4, 5.5, 6, 6], queue };
    expect(saturationOf(workers({ ...given, backlog: [0, 0, 0, 0, 15, 40] }), view).onset).toBe(4);
    // what only waited there without growing shows nothing before usage is flat
    expect(saturationOf(workers({ ...given, backlog: [0, 0, 0, 0, 0, 40] }), view).onset).toBe(5);
  });

  test('are told late where an exporter is: its first part of a window is still the load before', () => {
    const late = { usage: [1, 2, 3, 4, 5, 6], peaks: [1, 2, 3, 4, 6, 6], queue, backlog: [0, 0, 0, 0, 15, 40] };
    expect(saturationOf(workers(late), view).onset).toBe(4);
  });

  test('are not full because more waits at one load alone', () => {
    const once = { usage: [1, 2, 3, 4, 5, 6], peaks: [1, 2, 3, 4, 5, 6], queue, backlog: [0, 0, 0, 0, 15, 40] };
    expect(saturationOf(workers(once), view).onset).toBeUndefined();
  });
});
