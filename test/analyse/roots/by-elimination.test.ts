import { describe, expect, test } from 'vitest';
import { byElimination, keptByLeaf } from '../../../src/analyse/roots/by-elimination.ts';
import type { Case } from '../../../src/analyse/seen/cases.ts';
import type { View } from '../../../src/analyse/seen/view.ts';
import { waitsForOf } from '../../../src/analyse/seen/waits-for.ts';
import type { BlindSpot } from '../../../src/model/blind-spot.ts';
import { caseWith, component, viewWith } from '../windows.ts';

const components = [
  component('api', ['bouncer', 'partner']),
  component('partner'),
  component('bouncer', ['db']),
  component('db', [], 'db-node'),
];
/** Goodput follows up to 40/s, and the pool of 20 is full from there on: one unit in use at low load. */
const view = viewWith([{ load: 10 }, { load: 20 }, { load: 30 }, { load: 40 }, { load: 50, goodput: 40 }]);
const pool = caseWith({ usage: [1, 2, 4, 20, 20], of: 20 }, { resource: 'pool', kind: 'pool', layer: 'hold' });
const hidden: BlindSpot = { component: 'db', resource: 'cpu', why: 'no data', cure: 'scrape it' };

const left = (cases: readonly Case[], more: { follows?: boolean; held?: boolean; blind?: readonly BlindSpot[] } = {}) =>
  byElimination(cases, {
    view,
    plateau: more.follows ? undefined : 4,
    held: more.held === false ? [] : [{ one: pool, onset: 3 }],
    around: [pool, ...cases],
    waitsFor: waitsForOf(components),
    components,
    blind: more.blind ?? [],
    undeclared: false,
  });

const thread = caseWith(
  { usage: [0.24, 0.48, 0.72, 0.96, 1], of: 1 },
  { component: 'bouncer', resource: 'process-cpu', kind: 'servers' },
);

describe('a thread that is full and cannot show that work waits', () => {
  test('is what holds the pool above it, where nothing else is left', () => {
    expect(left([thread])).toEqual([{ one: thread, onset: 3, own: 0.92 }]);
  });

  test('is less sure for each place that cannot be seen below the pool', () => {
    expect(left([thread], { blind: [hidden] })[0]?.own).toBeCloseTo(0.92 * 0.8);
    // what the application calls besides did not fill the thread
    expect(left([thread], { blind: [{ ...hidden, component: 'partner' }] })[0]?.own).toBeCloseTo(0.92);
  });

  test('is not concluded while goodput follows the load', () => {
    expect(left([thread], { follows: true })).toEqual([]);
  });

  test('is not concluded where answers take no longer and no hold is full', () => {
    expect(left([thread], { held: false })).toEqual([]);
  });

  test('is innocent with room left, or with a wait signal that shows nothing', () => {
    expect(left([{ ...thread, usage: [0.2, 0.4, 0.6, 0.8, 0.9] }])).toEqual([]);
    expect(left([{ ...thread, queue: [0, 0, 0, 0, 0] }])).toEqual([]);
  });

  // a network at 8 requests a second drops less than one packet a second, though it is full and lets senders wait
  test('drops that count as nothing are no sign that it lets nobody wait; more of them are', () => {
    const dropping = { ...thread, refusals: [0, 0, 0, 0.3, 0.9], refusalsFloor: 1 };
    expect(left([dropping])).toHaveLength(1);
    expect(left([{ ...dropping, refusals: [0, 0, 0, 3, 9] }])).toEqual([]);
  });

  test('is innocent where it is kept from running itself: a quota that nobody sees throttles it half of the time', () =>
    expect(left([{ ...thread, stall: [0, 0, 0.1, 0.4, 0.5] }])).toEqual([]));

  test('is innocent above what is held', () => {
    const other = caseWith({ usage: thread.usage, of: 1 }, { component: 'elsewhere', kind: 'servers' });
    expect(left([other])).toEqual([]);
  });
});

describe('a lock, which has no ceiling', () => {
  const locks = (queue: readonly number[]): Case =>
    caseWith({ usage: queue, queue }, { component: 'db', resource: 'locks', kind: 'servers' });

  test('is the limit where those who wait for it are what fills the pool: 17 of the 18.5 more in use', () => {
    expect(left([locks([0, 0, 1, 16, 17])])[0]?.own).toBe(1);
  });

  // MariaDB behind a pool that nobody sees, of 50: 48.7 of 50.6 sessions waited for one row, and 529 requests were inside the service.
  test('is the limit where hardly anything else is done in its component, however many more wait at a door that nobody sees', () => {
    const crowded = viewWith(
      [10, 20, 30, 40, 50].map((load, i) => ({
        load,
        goodput: Math.min(load, 40),
        inside: i < 4 ? 0.5 : 529,
        p99: i < 4 ? 0.03 : 5,
      })),
    );
    const sessions = (used: number): Case =>
      caseWith(
        { usage: [1.5, 1.5, 1.1, 2.1, used] },
        { component: 'db', resource: 'active-sessions', kind: 'servers', layer: 'hold' },
      );
    const found = (waiting: number, used: number) =>
      byElimination([locks([0, 0, 0.01, 0.2, waiting])], {
        view: crowded,
        plateau: 4,
        held: [],
        around: [locks([0, 0, 0.01, 0.2, waiting]), sessions(used)],
        waitsFor: waitsForOf(components),
        components,
        blind: [],
        undeclared: false,
      });
    expect(found(48.7, 50.6)[0]?.own).toBe(1);
    // three that wait of five: it may be idle in between, and what keeps the others is somewhere else
    expect(found(3, 5)).toEqual([]);
    // twelve of fifty
    expect(found(12, 50)).toEqual([]);
  });

  test('explains half of it less surely, and a few not at all', () => {
    expect(left([locks([0, 0, 1, 9, 11])])[0]?.own).toBe(0.92);
    expect(left([locks([0, 0, 1, 3, 4])])).toEqual([]);
  });

  test('may be held longer because of what cannot be seen in its own server', () => {
    expect(left([locks([0, 0, 1, 16, 17])], { blind: [hidden] })[0]?.own).toBe(0.8);
  });
});

test('a disk that does one operation after the other is the limit far below the operations that are stated for it: 40/s × 0.38 s = 15 wait', () => {
  const disk = caseWith(
    { usage: [10, 20, 30, 40, 40], of: 100, queue: [0.02, 0.02, 0.03, 0.3, 0.4], queueReads: '$seconds an operation' },
    { component: 'db-node', resource: 'disk-operations', unit: 'operations/s' },
  );
  expect(left([disk])[0]?.own).toBe(1);
  expect(left([{ ...disk, queue: [0.02, 0.02, 0.02, 0.05, 0.05] }])).toEqual([]);
  // Operations that take as long as ever are at work, however many there are.
  expect(left([{ ...disk, queue: [0.4, 0.4, 0.4, 0.4, 0.4] }])).toEqual([]);
});

describe('a quota of which nobody tells whether it is throttled', () => {
  const quota = (used: number): Case =>
    caseWith({ usage: [0.1, 0.2, 0.3, 0.4, used], of: 0.4 }, { component: 'db', resource: 'quota', kind: 'quota' });

  test('limits where it is used up', () => {
    expect(left([quota(0.39)])).toMatchObject([{ own: 0.92 }]);
    // as full as it gets, for the last period of a burst is cut off late
    expect(left([quota(0.42)])).toHaveLength(1);
    expect(left([quota(0.39)], { blind: [hidden] })[0]?.own).toBeCloseTo(0.92 * 0.8);
  });

  test('does not with room left, where it is told that nothing is throttled, or where nobody holds it to it', () => {
    expect(left([quota(0.3)])).toEqual([]);
    expect(left([{ ...quota(0.39), queue: [0, 0, 0, 0, 0] }])).toEqual([]);
    expect(left([quota(0.6)])).toEqual([]);
  });
});

test('a quota that is throttled in most periods limits what bursts, whatever its mean use', () => {
  const quota = (share: number, component = 'db'): Case =>
    caseWith(
      { usage: [0.1, 0.3, 0.5, 0.7, 0.7], of: 1, queue: [0, 0.1, 0.2, share, share] },
      { component, kind: 'quota' },
    );
  expect(left([quota(0.6)])[0]?.own).toBe(0.92);
  expect(left([quota(0.4)])).toEqual([]);
  // a connection is lent while others work
  expect(left([quota(0.6, 'api')])).toEqual([]);
});

test('where no hold tells who is inside, a quota that leaves some of itself is no limit: threads that nobody sees may let in no more', () => {
  const slow = viewWith(
    [10, 20, 30, 40, 50].map((load) => ({ load, goodput: Math.min(40, load), p99: load < 50 ? 0.1 : 5 })),
  );
  const seen = (used: number): readonly unknown[] =>
    byElimination(
      [
        caseWith(
          { usage: [0.1, 0.3, 0.5, used, used], of: 1, queue: [0, 0.1, 0.2, 0.6, 0.6] },
          { component: 'api', kind: 'quota' },
        ),
      ],
      {
        view: slow,
        plateau: 4,
        held: [],
        around: [],
        waitsFor: waitsForOf(components),
        components,
        blind: [],
        undeclared: false,
      },
    );
  expect(seen(0.9)).toHaveLength(1);
  expect(seen(0.7)).toEqual([]);
});

test('is not it where its own threads keep little of what the pool keeps longer: 20 less 40/s × 0.1 s', () => {
  const quota = caseWith(
    { usage: [0.1, 0.3, 0.5, 0.7, 0.7], of: 1, queue: [0, 0.1, 0.2, 0.6, 0.6] },
    { component: 'db', kind: 'quota' },
  );
  const threads = (late: number): Case =>
    caseWith(
      { usage: [0.5, 1, 1.5, late, late], of: 50 },
      { component: 'db', resource: 'threads', kind: 'servers', layer: 'hold' },
    );
  // 40/s × 0.05 s are 2: 9 more of 16, and 7
  expect(left([quota, threads(11)])[0]?.own).toBe(0.92);
  expect(left([quota, threads(9)])).toEqual([]);
});

test('what waits at a device is held against what the pool keeps longer, not against what more work keeps: 20 less 40/s × 0.1 s', () => {
  const slow = (time: number): Case =>
    caseWith(
      {
        usage: [10, 20, 30, 40, 40],
        of: 1000,
        queue: [0.01, 0.01, 0.01, time, time],
        queueReads: '$seconds an operation',
      },
      { component: 'db-node', resource: 'disk-operations', kind: 'rate', unit: 'operations/s' },
    );
  // 40/s × 0.29 s are 11.6 of 16
  expect(left([slow(0.3)])[0]?.own).toBe(1);
  // 40/s × 0.19 s are 7.6 of 16
  expect(left([slow(0.2)])).toEqual([]);
});

test('of the 18.5 units that a pool keeps more, those that wait at one leaf below: 17 at a lock, none at a machine whose 8 runnable tasks all run', () => {
  const given = { view, plateau: 4, waitsFor: waitsForOf(components) };
  const lock = caseWith({ usage: [0, 0, 0, 5, 17], queue: [0, 0, 0, 5, 17] }, { component: 'db', kind: 'servers' });
  const machine = caseWith(
    { usage: [1, 2, 4, 8, 8], of: 16, queue: [1, 2, 4, 8, 8], queueReads: '$number tasks runnable' },
    { component: 'db-node', kind: 'servers' },
  );
  expect(keptByLeaf(pool, { ...given, around: [pool, lock] })).toBeCloseTo(17 / 18.5);
  expect(keptByLeaf(pool, { ...given, around: [pool, machine] })).toBe(0);
  expect(keptByLeaf(pool, { ...given, plateau: undefined, around: [pool, lock] })).toBeUndefined();
});

test('without a declared graph the hold that keeps the fewest is the one below: what is above keeps all that waits there, and its own', () => {
  const lock = caseWith(
    { usage: [0.1, 0.2, 0.4, 0.9, 1], queue: [0, 0, 1, 17, 17], queueReads: '$number waiting for locks' },
    { component: 'db', resource: 'locks', kind: 'servers' },
  );
  const threads = caseWith(
    { usage: [2, 3, 6, 90, 90], of: 90 },
    { component: 'web', resource: 'threads', kind: 'servers', layer: 'hold' },
  );
  const asked = {
    view,
    plateau: 4,
    held: [
      { one: pool, onset: 3 },
      { one: threads, onset: 3 },
    ],
    around: [pool, threads, lock],
    components: [component('web'), component('api'), component('db')],
    blind: [],
  };
  const waitsFor = (above: Case['resource'], below: Case['resource']): boolean =>
    above.layer === 'hold' && below.layer !== 'hold';
  expect(
    byElimination([lock], { ...asked, waitsFor, undeclared: true }).map(({ one }) => one.resource.resource),
  ).toEqual(['locks']);
  expect(byElimination([lock], { ...asked, waitsFor, undeclared: false })).toEqual([]);
});

describe('what was not read where goodput stopped following', () => {
  const unread = (used: number) =>
    caseWith(
      { usage: [used / 4, used / 2, (3 * used) / 4, used, undefined], of: 1, queue: [0, 0, 0, 0, undefined] },
      { component: 'db-node' },
    );

  test('is concluded where its line ends just there: 0.98 used at 40/s of 40/s carried', () => {
    expect(left([unread(0.98)])).toMatchObject([{ onset: 3, own: 0.92 }]);
  });

  test('is not where its line ends elsewhere: 0.6 used at 40/s ends at 67/s', () => {
    expect(left([unread(0.6)])).toEqual([]);
  });

  test('is not where it has no ceiling to end at', () => {
    const open = { ...unread(0.98), ceiling: [1, 1, 1, 1, undefined] };
    expect(left([open])).toEqual([]);
  });
});

test('processors that are 40 % used on average are full in bursts at most: those that wait for them do not explain that goodput stops', () => {
  const cpu = (used: number) =>
    caseWith(
      { usage: [0.4, 0.8, 1.2, 1.5, used], of: 4, queue: [0, 0.1, 1, 9, 18], queueReads: '$number waiting' },
      { component: 'db-node' },
    );
  expect(left([cpu(1.6)])).toEqual([]);
  expect(left([cpu(2.4)])).toHaveLength(1);
});

/** One resource with nothing around it that is full. */
const alone = (one: Case, seen: View) =>
  byElimination([one], {
    view: seen,
    plateau: 4,
    held: [],
    around: [one],
    waitsFor: waitsForOf(components),
    components,
    blind: [],
    undeclared: false,
  });

// gunicorn tells how many of its workers are busy, and nothing of those who wait for one: 4 of them, 50 ms a request
describe('workers of whom nobody tells who waits for them', () => {
  const crowded = viewWith(
    [15, 27, 49, 66, 89].map((load, i) => ({ load, goodput: Math.min(load, 78), p99: i < 4 ? 0.05 : 2.8 })),
  );
  const workers = (usage: readonly number[], more: Partial<Case> = {}): Case =>
    caseWith({ usage, of: 4, ...more }, { component: 'db', resource: 'workers', kind: 'servers', layer: 'hold' });
  const found = (one: Case) => alone(one, crowded);

  test('limit where all of them are busy and none for longer than at low load', () => {
    const one = workers([0.75, 1.35, 2.45, 3.3, 3.9]);
    expect(found(one)).toEqual([{ one, onset: 4, own: 0.92 }]);
  });

  // HAProxy counts answers and tells no time for them
  test('limit as well where nobody tells how long answers take', () => {
    const untold = { mean: undefined, p50: undefined, p90: undefined, p99: undefined };
    const silent = { ...crowded, windows: crowded.windows.map((window) => ({ ...window, latency: untold })) };
    expect(alone(workers([0.75, 1.35, 2.45, 3.3, 3.9]), silent)).toMatchObject([{ own: 0.92 }]);
    expect(alone(workers([0.68, 1.2, 2.2, 3, 3.5]), silent)).toEqual([]);
  });

  test('do not where something keeps them longer, where one is free, or where what waits is told', () => {
    expect(found(workers([0.5, 0.9, 1.6, 2.2, 3.9]))).toEqual([]);
    expect(found(workers([0.68, 1.2, 2.2, 3, 3.5]))).toEqual([]);
    expect(found(workers([0.75, 1.35, 2.45, 3.3, 3.9], { queue: [0, 0, 0, 0, 0] }))).toEqual([]);
  });

  // seen with Puma 5.6: it accepts a connection only when a thread is free, so that its backlog is 0 whatever waits in the kernel
  test('do as well where only those accepted are told to wait, and none ever is', () => {
    const queueReads = '$number waiting of those accepted';
    const full = [0.75, 1.35, 2.45, 3.3, 3.9];
    expect(found(workers(full, { queue: [0, 0, 0, 0, 0], queueReads }))).toHaveLength(1);
    expect(found(workers(full, { queue: [0, 0, 0, 0, 1], queueReads }))).toEqual([]);
  });
});

// PHP-FPM answers for its status in line with its requests: 6 processes of 50 ms were found in use at 118/s, and nothing was read when 119 of 161/s came through
test('workers that were full at the top and tell nothing beyond are what stopped goodput, unless something kept them longer', () => {
  const crowded = viewWith(
    [25, 47, 87, 118, 161].map((load, i) => ({ load, goodput: Math.min(load, 119), p99: i < 4 ? 0.06 : 7 })),
  );
  const silent = undefined;
  const found = (usage: Case['usage']) => {
    const one = caseWith(
      { usage, of: 6, queue: [0, 0, 0, 0, silent] },
      { component: 'db', resource: 'workers', kind: 'servers', layer: 'hold' },
    );
    return alone(one, crowded).length;
  };
  expect(found([2, 3.1, 5.2, 6, silent])).toBe(1);
  // half of them in use, or each kept twice as long as before
  expect(found([0.6, 1.2, 2.2, 3, silent])).toBe(0);
  expect(found([0.6, 1.2, 2.2, 6, silent])).toBe(0);
});
