import fc from 'fast-check';
import { expect, test } from 'vitest';
import { usl } from '../../src/stats/usl.ts';
import { uslThroughput } from '../../src/stats/usl-throughput.ts';

type Fitted = Extract<ReturnType<typeof usl>, { kind: 'fitted' }>;

function fitted(load: readonly number[], throughput: readonly number[]): Fitted {
  const fit = usl(load, throughput);
  if (fit.kind === 'refused') throw new Error(fit.because);
  return fit;
}

const raytracer = {
  load: [1, 4, 8, 12, 16, 20, 24, 28, 32, 48, 64],
  throughput: [20, 78, 130, 170, 190, 200, 210, 230, 260, 280, 310],
};

test('raytracer, first 6 points: the coefficients of R usl, but intervals by t(3), which contention does not clear', () => {
  const fit = fitted(raytracer.load.slice(0, 6), raytracer.throughput.slice(0, 6));
  expect(fit.contention.value).toBeCloseTo(0.02444, 5);
  expect(fit.contention.low).toBeCloseTo(-0.0023, 4);
  expect(fit.contention.high).toBeCloseTo(0.0511, 4);
  expect(fit.coherency.value).toBeCloseTo(0.00163, 5);
  expect(fit.coherency.low).toBeCloseTo(0.00079, 5);
  expect(fit.coherency.high).toBeCloseTo(0.00246, 5);
  expect(fit.unit.value).toBeCloseTo(20.85605, 4);
  expect(fit.unit.low).toBeCloseTo(18.35, 2);
  expect(fit.unit.high).toBeCloseTo(23.37, 2);
  expect(fit.peak?.load).toBeCloseTo(24.488, 3);
  expect(fit.peak?.throughput).toBeCloseTo(203.49, 2);
  expect(fit.retrograde).toBe(true);
});

test('raytracer, all points: coherency is at its bound, so there is no peak and no downturn to speak of', () => {
  const fit = fitted(raytracer.load, raytracer.throughput);
  expect(fit.contention.value).toBeCloseTo(0.0577708, 6);
  expect(fit.coherency).toMatchObject({ value: 0, low: 0 });
  expect(fit.coherency.high).toBeGreaterThan(0);
  expect(fit.coherency.high).toBeLessThan(0.001);
  expect(fit.unit.value).toBeCloseTo(21.8488, 3);
  expect(fit.residualSd * Math.sqrt(9 / 8)).toBeCloseTo(9.336, 3);
  expect(fit.df).toBe(9);
  expect(fit.peak).toBeUndefined();
  expect(fit.retrograde).toBe(false);
});

test('specsdm91: the coefficients and peak of R usl, intervals by t(4)', () => {
  const fit = fitted([1, 18, 36, 72, 108, 144, 216], [64.9, 995.9, 1652.4, 1853.2, 1828.9, 1775.0, 1702.2]);
  expect(fit.contention.value).toBeCloseTo(0.0277285, 6);
  expect(fit.contention.low).toBeCloseTo(0.0024, 4);
  expect(fit.contention.high).toBeCloseTo(0.0531, 4);
  expect(fit.coherency.value).toBeCloseTo(0.0001044, 7);
  expect(fit.coherency.low).toBeCloseTo(4.92e-5, 7);
  expect((fit.coherency.high - fit.coherency.value) / 2.776445).toBeCloseTo(1.99e-5, 7);
  expect(fit.unit.value).toBeCloseTo(89.9952, 3);
  expect(fit.unit.low).toBeCloseTo(50.5, 1);
  expect(fit.unit.high).toBeCloseTo(129.5, 1);
  expect(fit.residualSd).toBeCloseTo(82.85, 2);
  expect(fit.peak?.load).toBeCloseTo(96.51956, 3);
  expect(fit.peak?.throughput).toBeCloseTo(1883.9, 1);
});

test('the exact example of R usl: α = β = 0.02, γ = 1, peak at 7', () => {
  const fit = fitted([1, 2, 4, 6, 8, 10], [1, 1.8868, 3.0769, 3.5294, 3.5398, 3.3557]);
  expect(fit.contention.value).toBeCloseTo(0.02, 4);
  expect(fit.coherency.value).toBeCloseTo(0.02, 4);
  expect(fit.unit.value).toBeCloseTo(1, 4);
  expect(fit.peak?.load).toBeCloseTo(7, 3);
});

const cisco = [
  955.16, 1878.91, 2688.01, 3548.68, 4315.54, 5130.43, 5931.37, 6531.08, 7219.8, 7867.61, 8278.71, 8646.7, 9047.84,
  9426.55, 9645.37, 9897.24, 10097.6, 10240.5, 10532.39, 10798.52, 11151.43, 11518.63, 11806, 12089.37, 12075.41,
  12177.29, 12211.41, 12158.93, 12155.27, 12118.04, 12140.4, 12074.39,
];
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

test('Cisco: the coefficients of usl4j to six digits, peak 12342.85 at 35.57', () => {
  const fit = fitted(upTo(32), cisco);
  expect(fit.contention.value).toBeCloseTo(0.02671595, 7);
  expect(fit.coherency.value).toBeCloseTo(7.690939e-4, 9);
  expect(fit.unit.value).toBeCloseTo(995.6488, 3);
  expect(fit.peak?.load).toBeCloseTo(35.5738, 3);
  expect(fit.peak?.throughput).toBeCloseTo(12342.85, 1);
  expect((fit.contention.high - fit.contention.value) / 2.045229642).toBeCloseTo(0.00449, 5);
});

test('the first 10 points of Cisco put the peak 30 % too high, and say that they carry no downturn', () => {
  const fit = fitted(upTo(10), cisco.slice(0, 10));
  expect(fit.peak?.load).toBeCloseTo(46.92, 2);
  expect(fit.peak?.throughput).toBeCloseTo(16052, 0);
  expect(fit.retrograde).toBe(false);
  expect(fit.coherency.low).toBeLessThan(0);
  expect(fit.coherency.high).toBeGreaterThan(7.69e-4);
});

test('data that rise faster than load have both penalties at 0', () => {
  const fit = fitted([1, 2, 3, 4, 5, 6], [10, 21, 33, 46, 60, 75]);
  expect(fit.contention.value).toBe(0);
  expect(fit.coherency.value).toBe(0);
  expect(fit.peak).toBeUndefined();
});

test.each([
  [[1, 2, 3, 4, 5], [1, 2, 3, 4, 5], 'the law needs 6 different loads, and there are 5'],
  [[1, 1, 1, 2, 2, 2], [1, 1, 1, 2, 2, 2], 'the law needs 6 different loads, and there are 2'],
  [[0.5, 1, 2, 3, 4, 5], [1, 1, 1, 2, 2, 2], 'the law says nothing below a concurrency of 1, and the lowest is 0.5'],
  [[1, 2, 3, 4, 5, 6], [1, 2, 3, 0, 2, 2], 'the law needs throughput above 0 everywhere'],
  [[1, 2], [1], 'there are 2 loads but 1 throughputs'],
])('%j → %j is refused', (load, throughput, because) => {
  expect(usl(load, throughput)).toEqual({ kind: 'refused', because });
});

test('a law is found again from its own points, in any unit', () => {
  const share = fc.double({ min: 0.005, max: 0.2, noNaN: true });
  fc.assert(
    fc.property(share, share, fc.double({ min: 0.01, max: 1e6, noNaN: true }), (contention, tenfold, unit) => {
      const law = { contention, coherency: tenfold / 10, unit };
      const load = [1, 2, 4, 8, 12, 16, 24, 32];
      const fit = fitted(
        load,
        load.map((n) => uslThroughput(law, n)),
      );
      expect(fit.contention.value).toBeCloseTo(contention, 6);
      expect(fit.coherency.value).toBeCloseTo(tenfold / 10, 7);
      expect(fit.unit.value / unit).toBeCloseTo(1, 6);
    }),
    { seed: 1 },
  );
});
