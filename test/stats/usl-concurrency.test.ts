import fc from 'fast-check';
import { expect, test } from 'vitest';
import { uslConcurrency } from '../../src/stats/usl-concurrency.ts';
import { uslThroughput } from '../../src/stats/usl-throughput.ts';

const cisco = { contention: 0.02671595, coherency: 7.690939e-4, unit: 995.6488 };

test('11048 is reached at 19.92 and again at 63.52, 12201 at 29.57 and 42.80, 955 at 0.958 (usl4j says 15.35 and 17.73)', () => {
  expect(uslConcurrency(cisco, 11048).low).toBeCloseTo(19.9239, 3);
  expect(uslConcurrency(cisco, 11048).high).toBeCloseTo(63.516, 2);
  expect(uslConcurrency(cisco, 12201).low).toBeCloseTo(29.569, 3);
  expect(uslConcurrency(cisco, 12201).high).toBeCloseTo(42.798, 2);
  expect(uslConcurrency(cisco, 955).low).toBeCloseTo(0.95807, 4);
});

test('beyond the maximum of 84.215 there is no concurrency', () => {
  const law = { contention: 0.06, coherency: 0.06, unit: 40 };
  expect(() => uslConcurrency(law, 400)).toThrow("a throughput of 400 is beyond the law's maximum of 84.2");
  expect(() => uslConcurrency(law, 84.216)).toThrow(RangeError);
  expect(uslConcurrency(law, 84.21).low).toBeCloseTo(3.958, 0);
});

test('without coherency throughput only nears γ/α: 10/0.1 = 100', () => {
  const law = { contention: 0.1, coherency: 0, unit: 10 };
  expect(uslConcurrency(law, 50)).toEqual({ low: expect.closeTo(9, 10), high: undefined });
  expect(() => uslConcurrency(law, 100)).toThrow('maximum of 100');
});

test('both roots lead back to the throughput', () => {
  const share = fc.double({ min: 0.001, max: 0.5, noNaN: true });
  fc.assert(
    fc.property(share, share, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (contention, coherency, part) => {
      const law = { contention, coherency, unit: 50 };
      const peak = Math.sqrt((1 - contention) / coherency);
      const throughput = part * uslThroughput(law, peak);
      const { low, high = Number.NaN } = uslConcurrency(law, throughput);
      expect(uslThroughput(law, low) / throughput).toBeCloseTo(1, 9);
      expect(uslThroughput(law, high) / throughput).toBeCloseTo(1, 9);
      expect(low).toBeLessThanOrEqual(peak);
      expect(high).toBeGreaterThanOrEqual(peak);
    }),
    { seed: 1 },
  );
});
