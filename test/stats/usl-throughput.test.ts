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
