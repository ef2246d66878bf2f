import { expect, test } from 'vitest';
import { uslThroughput } from '../../src/stats/usl-throughput.ts';

test('at a load of one it is the unit throughput', () => {
  expect(uslThroughput({ contention: 0.3, coherency: 0.1, unit: 42 }, 1)).toBe(42);
});

test('the Cisco model of usl4j gives 11063.63 at 20 and 12341.75 at 35', () => {
  const cisco = { contention: 0.02671591, coherency: 7.690945e-4, unit: 995.6486 };
  expect(uslThroughput(cisco, 20)).toBeCloseTo(11063.63, 1);
  expect(uslThroughput(cisco, 35)).toBeCloseTo(12341.75, 1);
});

test('specsdm91: what a request at load 1, 18, 72, 216 costs ideally, by contention, by coherency, as R usl prints it (which counts coherency half)', () => {
  const [contention, coherency] = [0.0277285, 0.0001044];
  const overhead = (n: number) => [1 / n, (contention * (n - 1)) / n, (coherency * (n - 1)) / 2];
  const printed = [
    [1, 1, 0, 0],
    [18, 0.05556, 0.0262, 0.000887],
    [72, 0.01389, 0.0273, 0.003705],
    [216, 0.00463, 0.0276, 0.011219],
  ] as const;
  for (const [n, ideal, waiting, agreeing] of printed) {
    const [a = 0, b = 0, c = 0] = overhead(n);
    expect(a).toBeCloseTo(ideal, 5);
    expect(b).toBeCloseTo(waiting, 4);
    expect(c).toBeCloseTo(agreeing, 5);
    expect(uslThroughput({ contention, coherency, unit: 1 }, n)).toBeCloseTo(1 / (a + b + 2 * c), 9);
  }
});
