import { expect, test } from 'vitest';
import { buildWorld } from './families/build-world.ts';
import { type Seen, toldBy } from './oracle.ts';

/** Any world to which load is offered in steps. */
const world = buildWorld(2, 1);
const stretch = (load: number, good: number, use: number): Seen => ({
  load,
  came: load,
  good,
  time: 100,
  blocks: [good, good, good, good],
  uses: [use],
  isPressed: use > 0.93,
});

test('a plateau is what the stretches give that stay behind what came, beyond the chance of so many that fail', () => {
  const seen = [stretch(50, 50, 0.5), stretch(99, 98, 0.98), stretch(120, 100, 1), stretch(140, 100, 1)];
  expect(toldBy(world, 1, seen)).toMatchObject({ shows: true, capacity: { value: 100 } });
});

test('a stretch that came to a little less by chance is no plateau: 2 % of a hundred seconds', () => {
  const seen = [stretch(10, 10, 0.1), stretch(20, 19.6, 0.2), stretch(30, 30, 0.3), stretch(40, 40, 0.4)];
  const { capacity, shows } = toldBy(world, 1, seen);
  expect(shows).toBe(false);
  expect(capacity).toMatchObject({ kind: 'interval', value: expect.closeTo(100, 0) });
});

test('where ways to go on disagree none of them is known: 77/s on from the last slope, 80/s as requests cost at the top', () => {
  const uses = [0.1, 0.2, 0.3, 0.45, 0.6, 0.75];
  const seen = uses.map((use, i) => stretch(10 * (i + 1), 10 * (i + 1), use));
  const { capacity } = toldBy(world, 1, seen);
  // by the upper half 60 + 0.25 ÷ 0.015 = 76.7; 60 ÷ 0.75 = 80; along all of them about 79
  expect(capacity?.kind === 'interval' && capacity.low).toBeLessThan(76.7);
  expect(capacity?.kind === 'interval' && capacity.high).toBeGreaterThan(80);
});
