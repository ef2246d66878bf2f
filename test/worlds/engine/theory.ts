import type { World } from '../world.ts';
import { bare, bareWorld, users } from './bare-world.ts';
import { setOff, start } from './start.ts';

/** What queueing theory says of a small world, and where to read it off. */
export type Case = {
  readonly name: string;
  readonly world: World;
  /** Arrivals a second, or users; how long it runs (s) where the sampling error is to be a few per cent. */
  readonly load: number;
  readonly seconds: number;
  readonly says: readonly { readonly what: What; readonly is: number }[];
};

/** Mean time and number inside; mean wait for a worker; answers a second. */
type What = 'R' | 'L' | 'Wq' | 'X';

/** A service whose workers serve a second each in the mean. */
const servers = (count: number, cv: number): World =>
  bareWorld(
    [bare('shop', [{ kind: 'workers', id: 'threads', threads: count }])],
    [{ do: 'hold', of: { part: 'shop', id: 'threads' }, within: [{ do: 'pause', seconds: 1, cv }] }],
  );

/** A CPU that is shared. */
const shared = (cv: number): World =>
  bareWorld([bare('shop', [{ kind: 'cpu', id: 'cpu', cores: 1 }])], [{ do: 'cpu', part: 'shop', seconds: 1, cv }]);

/** Tiers of one core each, worked at one after the other, for users who think a second. */
const tiers = (demands: readonly number[]): World =>
  bareWorld(
    demands.map((_, tier) => bare(`tier-${tier}`, [{ kind: 'cpu', id: 'cpu', cores: 1 }])),
    demands.map((seconds, tier) => ({ do: 'cpu', part: `tier-${tier}`, seconds, cv: 1 })),
    { load: users(1) },
  );

const threeTiers = tiers([0.005, 0.012, 0.008]);

const repairman = bareWorld(
  [bare('shop', [{ kind: 'cpu', id: 'cpu', cores: 4 }])],
  [{ do: 'cpu', part: 'shop', seconds: 0.02, cv: 1 }],
  { load: users(0.5) },
);

/** Erlang, Pollaczek and Khinchine, Kleinrock for shared processors, and mean value analysis for closed ones. */
export const cases: readonly Case[] = [
  {
    name: 'M/M/1 at 0.8',
    world: servers(1, 1),
    load: 0.8,
    seconds: 60_000,
    says: [
      { what: 'Wq', is: 4 },
      { what: 'R', is: 5 },
      { what: 'L', is: 4 },
    ],
  },
  {
    name: 'M/M/2 at 1.9',
    world: servers(2, 1),
    load: 1.9,
    seconds: 100_000,
    says: [
      { what: 'Wq', is: 9.25641 },
      { what: 'L', is: 19.4872 },
    ],
  },
  {
    name: 'M/M/4 at 3.2',
    world: servers(4, 1),
    load: 3.2,
    seconds: 30_000,
    says: [
      { what: 'Wq', is: 0.74554 },
      { what: 'L', is: 3.2 + 2.3857 },
    ],
  },
  {
    name: 'M/M/8 at 6.4',
    world: servers(8, 1),
    load: 6.4,
    seconds: 15_000,
    says: [
      { what: 'Wq', is: 0.28603 },
      { what: 'R', is: 1.28603 },
    ],
  },
  { name: 'M/D/1 at 0.8', world: servers(1, 0), load: 0.8, seconds: 30_000, says: [{ what: 'Wq', is: 2 }] },
  {
    name: 'M/G/1 at 0.8, a service time of variation 2',
    world: servers(1, 2),
    load: 0.8,
    seconds: 60_000,
    says: [{ what: 'Wq', is: 10 }],
  },
  { name: 'shared, exponential work', world: shared(1), load: 0.8, seconds: 30_000, says: [{ what: 'R', is: 5 }] },
  { name: 'shared, even work', world: shared(0), load: 0.8, seconds: 30_000, says: [{ what: 'R', is: 5 }] },
  { name: 'shared, uneven work', world: shared(2), load: 0.8, seconds: 30_000, says: [{ what: 'R', is: 5 }] },
  {
    name: 'three tiers, 50 users',
    world: threeTiers,
    load: 50,
    seconds: 500,
    says: [
      { what: 'X', is: 47.8065 },
      { what: 'R', is: 0.04588 },
    ],
  },
  {
    name: 'three tiers, 80 users',
    world: threeTiers,
    load: 80,
    seconds: 500,
    says: [
      { what: 'X', is: 72.9242 },
      { what: 'R', is: 0.09703 },
    ],
  },
  {
    name: 'three tiers, 100 users',
    world: threeTiers,
    load: 100,
    seconds: 500,
    says: [
      { what: 'X', is: 82.0929 },
      { what: 'R', is: 0.21813 },
    ],
  },
  {
    name: 'repairman, 60 users',
    world: repairman,
    load: 60,
    seconds: 200,
    says: [
      { what: 'X', is: 114.832 },
      { what: 'R', is: 0.0225 },
    ],
  },
  {
    name: 'repairman, 100 users',
    world: repairman,
    load: 100,
    seconds: 200,
    says: [
      { what: 'X', is: 182.7 },
      { what: 'R', is: 0.04735 },
    ],
  },
  { name: 'repairman, 200 users', world: repairman, load: 200, seconds: 100, says: [{ what: 'X', is: 200 }] },
];

/** A mean and its standard error. */
export type Estimate = { readonly what: What; readonly is: number; readonly mean: number; readonly error: number };

const batches = 24;

/** Runs a case, so many times as long as it says, and estimates by batch means what theory tells; the first batch warms up. */
export function estimates({ world, load, seconds, says }: Case, times = 1): readonly Estimate[] {
  const running = start(world, 0);
  running.offer(load);
  const each = (seconds * times) / batches;
  const levels: Readonly<Record<What, number>>[] = [];
  let before = totals();
  for (let batch = 0; batch <= batches; batch += 1) {
    running.advance(running.now + each);
    const after = totals();
    const answers = after.answers - before.answers;
    if (batch > 0)
      levels.push({
        R: (after.took - before.took) / answers,
        L: (after.inside - before.inside) / each,
        Wq: (after.waited - before.waited) / answers,
        X: answers / each,
      });
    before = after;
  }
  return says.map(({ what, is }) => ({ what, is, ...meanOf(levels.map((level) => level[what])) }));

  function totals() {
    const { answers, durationSum, insideTime } = running.client();
    const waited = running.looks()[0]?.waitingTime ?? 0;
    return { answers, took: durationSum, inside: insideTime, waited };
  }
}

function meanOf(values: readonly number[]): { readonly mean: number; readonly error: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares / (values.length - 1) / values.length) };
}

/** How many events a second of CPU time the simulator carries on this machine. */
function speed({ world, load, seconds }: Case): number {
  const { running, events } = setOff(world, 0);
  running.offer(load);
  running.advance(seconds);
  const before = { events: events(), spent: process.cpuUsage().user };
  running.advance(20 * seconds);
  return (events() - before.events) / ((process.cpuUsage().user - before.spent) * 1e-6);
}

if (import.meta.main) {
  for (const one of cases) {
    for (const { what, is, mean, error } of estimates(one, 50)) {
      const found = `${mean.toPrecision(6)} ± ${error.toPrecision(2)}, ${((mean - is) / error).toFixed(1)} errors off`;
      process.stdout.write(`${one.name}: ${what} ${is}, simulated ${found}\n`);
    }
    process.stdout.write(`${(speed(one) * 1e-6).toFixed(1)} million events a second\n`);
  }
}
