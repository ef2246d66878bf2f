import fc from 'fast-check';
import { expect, test } from 'vitest';
import { uslAtLatency } from '../../src/stats/usl-at-latency.ts';
import { uslConcurrency } from '../../src/stats/usl-concurrency.ts';
import { uslThroughput } from '../../src/stats/usl-throughput.ts';

const firstTen = { contention: 0.0170028, coherency: 0.00044654, unit: 938.379 };

test('the law through the first ten points of Cisco: 1.2, 1.6 and 2 ms at 7.2306, 20.2511 and 29.8889', () => {
  expect(uslAtLatency(firstTen, 0.0012).load).toBeCloseTo(7.2306, 3);
  expect(uslAtLatency(firstTen, 0.0016).load).toBeCloseTo(20.2511, 2);
  expect(uslAtLatency(firstTen, 0.002).load).toBeCloseTo(29.8889, 2);
});

test.each([
  [0.03, 69.388867],
  [0.04, 82.91562],
  [0.05, 84.063468],
])('α = β = 0.06, γ = 40: at %f s it carries %f', (latency, throughput) => {
  expect(uslAtLatency({ contention: 0.06, coherency: 0.06, unit: 40 }, latency).throughput).toBeCloseTo(throughput, 5);
});

test('the latencies of the Cisco law at 1, 20 and 35 lead back to those', () => {
  const cisco = { contention: 0.02671591, coherency: 7.690945e-4, unit: 995.6486 };
  for (const [load, latency] of [
    [1, 0.00100437],
    [20, 0.00180772],
    [35, 0.0028359],
  ] as const) {
    expect(load / uslThroughput(cisco, load)).toBeCloseTo(latency, 8);
    expect(uslAtLatency(cisco, load / uslThroughput(cisco, load)).load).toBeCloseTo(load, 6);
  }
});

test('no request is faster than one alone', () => {
  expect(() => uslAtLatency(firstTen, 0.001)).toThrow(
    /a latency of 0.001 is below that of a single request by the law, 0.001065/,
  );
});

test('without coherency latency grows in a straight line; without contention too it never does', () => {
  expect(uslAtLatency({ contention: 0.1, coherency: 0, unit: 10 }, 0.19).load).toBeCloseTo(10, 9);
  expect(() => uslAtLatency({ contention: 0, coherency: 0, unit: 10 }, 0.19)).toThrow('latency does not grow');
});

test('there and back: from a concurrency to its latency, its throughput, and again to itself', () => {
  const share = fc.double({ min: 0.001, max: 0.5, noNaN: true });
  fc.assert(
    fc.property(share, share, fc.double({ min: 1, max: 200, noNaN: true }), (contention, coherency, load) => {
      const law = { contention, coherency: coherency / 10, unit: 50 };
      const throughput = uslThroughput(law, load);
      expect(uslAtLatency(law, load / throughput).load / load).toBeCloseTo(1, 6);
      const { low, high = low } = uslConcurrency(law, throughput);
      expect(Math.min(Math.abs(low / load - 1), Math.abs(high / load - 1))).toBeLessThan(1e-6);
    }),
    { seed: 1 },
  );
});
