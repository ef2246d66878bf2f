import { expect, test } from 'vitest';
import { dearerInside, withDearer } from '../../../src/analyse/cost/dearer-inside.ts';
import { caseWith, component, viewWith } from '../windows.ts';

const loads = [10, 20, 30, 40, 50];
const view = viewWith(loads.map((load) => ({ load })));
const sustained = loads.map(() => true);
const components = [component('api', ['db']), component('db')];

/** So many connections in use where each is kept 0.1 s, and works 0.02 s besides and `more` for each of them: N = X · (0.12 + more · N). */
const insideAt = (load: number, more: number): number => (load * 0.12) / (1 - load * more);

const pool = (more: number) =>
  caseWith(
    { usage: loads.map((load) => insideAt(load, more)), of: 10 },
    { component: 'api', resource: 'pool', kind: 'pool', layer: 'hold', unit: 'connections' },
  );
const processors = (more: number, cores: number) =>
  caseWith({ usage: loads.map((load) => load * (0.02 + more * insideAt(load, more))), of: cores }, { component: 'db' });

test('where each connection in use makes a request dearer, ten of them carry what they do with all ten in use', () => {
  const cases = [pool(0.002), processors(0.002, 100)];
  const [hold, leaf] = cases.map((one) => dearerInside(cases, { view, sustained, components }).get(one));
  // nobody waits for 100 cores: 10 ÷ (0.12 + 0.002 · 10); and with 15 connections 15 ÷ (0.12 + 0.002 · 15)
  expect(hold?.rate).toMatchObject({ value: expect.closeTo(71.43, 1) });
  expect(leaf?.rate).toMatchObject({ value: expect.closeTo(100, 1) });
  // 8 % of what is not seen yet
  expect(hold?.rate).toMatchObject({ low: expect.closeTo(71.43 * (1 - 1.96 * 0.08), 0) });
});

test('few processors end what many connections would carry', () => {
  const cases = [pool(0.002), processors(0.002, 4)];
  const ends = dearerInside(cases, { view, sustained, components });
  // 4 cores ÷ (0.02 + 0.002 · 15) = 80, and they are never all in use
  const rate = ends.get(cases[1] ?? pool(0))?.rate;
  expect(rate?.kind === 'interval' ? rate.value : undefined).toBeLessThan(80);
  expect(ends.get(cases[0] ?? pool(0))?.rate).toMatchObject({ kind: 'interval' });
});

test('what costs the same at any load, and what fell behind, keeps its own end', () => {
  const even = [pool(0), processors(0, 2)];
  expect(dearerInside(even, { view, sustained, components }).size).toBe(0);
  const dear = [pool(0.002), processors(0.002, 100)];
  expect(dearerInside(dear, { view, sustained: [true, true, true, true, false], components }).size).toBe(0);
});

test('an end that comes sooner takes the place of one’s own', () => {
  const cases = [pool(0.002), processors(0.002, 100)];
  const ends = dearerInside(cases, { view, sustained, components });
  const own = (value: number) =>
    ({
      demand: undefined,
      capacity: {
        rate: { kind: 'interval', value, low: value, high: value },
        provenance: 'extrapolated',
        extrapolation: 1,
      },
    }) as const;
  const [hold = pool(0)] = cases;
  expect(withDearer(new Map([[hold, own(80)]]), ends).get(hold)?.capacity).toBe(ends.get(hold));
  expect(withDearer(new Map([[hold, own(60)]]), ends).get(hold)?.capacity?.rate).toMatchObject({ value: 60 });
});
