import fc from 'fast-check';
import { expect, test } from 'vitest';
import { studentTProbability } from '../../src/stats/student-t-probability.ts';
import { usl } from '../../src/stats/usl.ts';
import { uslBounded } from '../../src/stats/usl-bounded.ts';
import { uslPrediction } from '../../src/stats/usl-prediction.ts';
import { uslThroughput } from '../../src/stats/usl-throughput.ts';

type Fitted = Extract<ReturnType<typeof usl>, { kind: 'fitted' }>;

function fitted(load: readonly number[], throughput: readonly number[]): Fitted {
  const fit = usl(load, throughput);
  if (fit.kind === 'refused') throw new Error(fit.because);
  return fit;
}

const lawOf = (fit: Fitted) => ({
  contention: fit.contention.value,
  coherency: fit.coherency.value,
  unit: fit.unit.value,
});

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
  expect(fit.limit).toMatchObject({ value: expect.closeTo(378.2, 1) });
  expect(1 / fit.contention.value).toBeCloseTo(17.31, 2);
  expect(uslThroughput(lawOf(fit), 1 / fit.contention.value)).toBeCloseTo(194.7, 1);
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
  expect(fit.retrograde).toBe(true);
});

const specsdm91 = {
  load: [1, 18, 36, 72, 108, 144, 216],
  throughput: [64.9, 995.9, 1652.4, 1853.2, 1828.9, 1775.0, 1702.2],
};

test('specsdm91: standard errors, t and p, fitted values, residuals and efficiencies as R usl prints them', () => {
  const fit = fitted(specsdm91.load, specsdm91.throughput);
  const law = lawOf(fit);
  const names = ['contention', 'coherency', 'unit'] as const;
  const errors = names.map((name) => Math.sqrt(fit.covariances[name][name]));
  expect(errors).toEqual([expect.closeTo(0.0091217, 7), expect.closeTo(0.0000199, 7), expect.closeTo(14.2135, 3)]);
  const ts = names.map((name, i) => fit[name].value / (errors[i] ?? 1));
  expect(ts).toEqual([expect.closeTo(3.04, 2), expect.closeTo(5.25, 2), expect.closeTo(6.33, 2)]);
  const ps = ts.map((t) => 2 * studentTProbability(-t, 4));
  expect(ps).toEqual([expect.closeTo(0.0384, 4), expect.closeTo(0.0063, 4), expect.closeTo(0.0032, 4)]);
  const values = specsdm91.load.map((n) => uslThroughput(law, n));
  expect(values.map(Math.round)).toEqual([90, 1078, 1541, 1850, 1879, 1822, 1646]);
  const residuals = [-25.1, -81.66, 111.09, 3.05, -49.99, -46.6, 56.0];
  for (const [i, left] of residuals.entries())
    expect((specsdm91.throughput[i] ?? 0) - (values[i] ?? 0)).toBeCloseTo(left, 1);
  const efficiencies = [0.7211, 0.6148, 0.51, 0.286, 0.1882, 0.137, 0.0876];
  for (const [i, efficiency] of efficiencies.entries())
    expect((specsdm91.throughput[i] ?? 0) / (law.unit * (specsdm91.load[i] ?? 0))).toBeCloseTo(efficiency, 4);
});

test('specsdm91: the limit 3245.59, the optimum 36.064 → 1542.4, and what other coefficients would give', () => {
  const fit = fitted(specsdm91.load, specsdm91.throughput);
  const law = lawOf(fit);
  expect(fit.limit).toMatchObject({ kind: 'interval', value: expect.closeTo(3245.589, 1) });
  expect(1 / law.contention).toBeCloseTo(36.06401, 3);
  expect(uslThroughput(law, 1 / law.contention)).toBeCloseTo(1542.4, 1);
  const peak = (contention: number, coherency: number) => Math.sqrt((1 - contention) / coherency);
  expect(peak(0.001, 1e-5)).toBeCloseTo(316.0696, 4);
  expect(peak(law.contention, 0.00005)).toBeCloseTo(139.45, 2);
});

test('specsdm91: at a load of 1 the band is 50.5 to 129.5, where the constant band of R usl reaches −41', () => {
  const fit = fitted(specsdm91.load, specsdm91.throughput);
  expect(uslPrediction(fit, 1)).toMatchObject({
    value: expect.closeTo(89.995, 3),
    low: expect.closeTo(50.5, 1),
    high: expect.closeTo(129.5, 1),
  });
  const width = (load: number) => uslPrediction(fit, load).high - uslPrediction(fit, load).low;
  expect(width(100)).toBeLessThan(width(1000));
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
  expect(Math.sqrt(fit.covariances.coherency.coherency)).toBeCloseTo(8.65e-5, 7);
  expect(Math.sqrt(fit.covariances.unit.unit)).toBeCloseTo(28.7, 1);
  expect(fit.limit).toMatchObject({ value: expect.closeTo(37268, 0) });
  expect(fit.retrograde).toBe(true);
});

test('Cisco: contention and coherency are hard to tell apart, their correlation is −0.92, but predictions are sure', () => {
  const fit = fitted(upTo(32), cisco);
  const { contention, coherency } = fit.covariances;
  expect(contention.coherency / Math.sqrt(contention.contention * coherency.coherency)).toBeCloseTo(-0.92, 2);
  const { low, high, value } = uslPrediction(fit, 20);
  expect((high - low) / value).toBeLessThan(0.02);
});

test('Cisco at 1, 5, 10 … 30: coefficients and peak to the digits, but seven points do not carry a downturn', () => {
  const at = [1, 5, 10, 15, 20, 25, 30];
  const fit = fitted(
    at,
    at.map((n) => cisco[n - 1] ?? 0),
  );
  expect(fit.contention.value).toBeCloseTo(0.0273462, 7);
  expect(fit.coherency.value).toBeCloseTo(0.00077036, 8);
  expect(fit.unit.value).toBeCloseTo(1001.103, 3);
  expect(fit.peak?.load).toBeCloseTo(35.533, 3);
  expect(fit.peak?.throughput).toBeCloseTo(12310, 0);
  expect(fit.retrograde).toBe(false);
});

/** R usl warns of few values here, and we refuse them; the search itself is right all the same. */
test('raytracer, first 5 points: α 0.027895, β 0.0014608, γ 21.059', () => {
  const start = { contention: 0.01, coherency: 0.001, unit: 20 };
  const { at } = uslBounded(raytracer.load.slice(0, 5), raytracer.throughput.slice(0, 5), start);
  expect(at.contention).toBeCloseTo(0.027895, 6);
  expect(at.coherency).toBeCloseTo(0.0014608, 7);
  expect(at.unit).toBeCloseTo(21.059, 3);
});

test('the first 10 points of Cisco put the peak 30 % too high, and say that they carry no downturn', () => {
  const fit = fitted(upTo(10), cisco.slice(0, 10));
  expect(fit.peak?.load).toBeCloseTo(46.92, 2);
  expect(fit.peak?.throughput).toBeCloseTo(16052, 0);
  expect(fit.retrograde).toBe(false);
  expect(fit.coherency.low).toBeLessThan(0);
  expect(fit.coherency.high).toBeGreaterThan(7.69e-4);
});

test('data that rise faster than load are refused, not clipped', () => {
  expect(usl([1, 2, 3, 4, 5, 6], [10, 21, 33, 46, 60, 75])).toEqual({
    kind: 'refused',
    because: 'throughput rises faster than load, which the law does not know',
  });
});

test('data that rise as load does, but for noise, have both penalties at 0 and no limit', () => {
  const fit = fitted([1, 2, 3, 4, 5, 6, 7], [10, 20.3, 29.8, 40.2, 50.1, 59.8, 70.3]);
  expect(fit.contention.value).toBeLessThan(0.01);
  expect(fit.coherency.value).toBe(0);
  expect(fit.peak).toBeUndefined();
  expect(fit.retrograde).toBe(false);
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
