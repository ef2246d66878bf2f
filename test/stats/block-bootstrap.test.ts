import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seeded } from '../../src/model/random.ts';
import { blockBootstrap } from '../../src/stats/block-bootstrap.ts';

test('each stratum draws as many indices as it has entries, from its own', () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 5 });
  fc.assert(
    fc.property(sizes, fc.integer({ min: 1, max: 6 }), fc.integer(), (strata, length, seed) => {
      const draw = blockBootstrap(strata, seeded(seed), length);
      expect(draw.map((stratum) => stratum.length)).toEqual(strata);
      draw.forEach((stratum, s) => {
        expect(stratum.every((i) => Number.isInteger(i) && i >= 0 && i < (strata[s] ?? 0))).toBe(true);
      });
    }),
    { seed: 1 },
  );
});

test('runs of 4 are neighbours, wrapped round the end', () => {
  const [draw = []] = blockBootstrap([12], seeded(3), 4);
  for (const i of [0, 1, 2, 4, 5, 6, 8, 9, 10]) expect(draw[i + 1]).toBe(((draw[i] ?? 0) + 1) % 12);
});

test('the same seed draws the same', () => {
  expect(blockBootstrap([5, 9], seeded(42))).toEqual(blockBootstrap([5, 9], seeded(42)));
});

test('every entry is drawn about as often: 3000 draws of 3 from {0, 1, 2} give each about 3000 times', () => {
  const random = seeded(5);
  const drawn = Array.from({ length: 3000 }, () => blockBootstrap([3], random)[0] ?? []).flat();
  for (const entry of [0, 1, 2]) {
    const times = drawn.filter((i) => i === entry).length;
    expect(times).toBeGreaterThan(2800);
    expect(times).toBeLessThan(3200);
  }
});
