import { expect, test } from 'vitest';
import type { StaircaseShape } from '../../src/model/plan-shape.ts';
import type { Caps } from '../../src/model/script.ts';
import { perSecond, seconds } from '../../src/model/units.ts';
import { layOut } from '../../src/plan/lay-out.ts';
import { laidOut, noObjectives, staircaseShape, wideCaps } from './shapes.ts';

const lay = (shape: Partial<StaircaseShape>, scrape = 1, limits: Partial<Caps> = {}) =>
  laidOut({ ...staircaseShape, ...shape }, seconds(scrape), limits);
const rates = (shape: Partial<StaircaseShape>) => lay(shape).steps.map((step) => step.rate);

test('from 100 to 371.293 is five factors of 1.3, so six steps: 1.3^5 = 3.71293', () => {
  expect(rates({ from: perSecond(100), to: perSecond(371.293) })).toEqual([100, 130, 169, 219.7, 285.6, 371.293]);
});

test('a short climb still has six steps, with a smaller factor: 100 to 200 is 2^(1/5) each', () => {
  expect(rates({ from: perSecond(100), to: perSecond(200) })).toEqual([100, 114.9, 132, 151.6, 174.1, 200]);
});

test('a factor that is given is kept to: 50 to 200 by 2 is three steps', () => {
  expect(rates({ from: perSecond(50), to: perSecond(200), factor: 2 })).toEqual([50, 100, 200]);
});

test('the last step is "to" itself, so a factor that overshoots becomes a smaller one: 100 to 150 by 2', () => {
  expect(rates({ from: perSecond(100), to: perSecond(150), factor: 2 })).toEqual([100, 150]);
});

test('rates one by one are taken as they are', () => {
  expect(rates({ levels: [40, 80, 120].map(perSecond) })).toEqual([40, 80, 120]);
});

test('with nothing said it climbs from a tenth of the rate limit to the limit', () => {
  const climbed = rates({});
  expect(climbed[0]).toBe(100);
  expect(climbed.at(-1)).toBe(1000);
  expect(climbed).toHaveLength(10); // ln 10 / ln 1.3 = 8.78 intervals, so nine
});

test('where nothing is said at all, the plan fits the caps of a configuration without limits: 50/s and 2 min are nine steps of 13 s', () => {
  const { steps } = lay({}, 1, { rate: perSecond(50), duration: seconds(120) });
  expect(steps).toHaveLength(9);
  expect(steps.at(-1)?.rate).toBe(50);
});

test.each([
  [1, 3, 10],
  [5, 10, 25],
  [15, 30, 75],
])('a scrape every %d s asks for %d s to settle and %d s to measure', (scrape, settle, measure) => {
  const [step] = lay({ levels: [perSecond(10)] }, scrape).steps;
  expect(step).toEqual({ index: 0, rate: 10, settle, measure });
});

test.each([
  [
    { settle: seconds(2) },
    1,
    'settle for 2 s, but samples that come every 1 s show a change only after 3 s; set "settle" to 3 s or more',
  ],
  [
    { measure: seconds(6) },
    1,
    'measures each step for 6 s, but samples that come every 1 s need 7 s to show a mean; set "measure" to 7 s or more',
  ],
  [{ measure: seconds(10) }, 15, 'need 75 s to show a mean; set "measure" to 75 s or more'],
  [{ levels: [perSecond(50), perSecond(50)], from: undefined }, 1, 'its rates do not rise: 50/s is followed by 50/s'],
  [{ levels: [perSecond(0)] }, 1, 'its rate 1 is 0/s; a rate is above 0/s'],
  [{ levels: [perSecond(5)], to: perSecond(9) }, 1, 'gives "rates" and also "from", "to" or "factor"'],
  [{ from: perSecond(20), to: perSecond(10) }, 1, 'starts at 20/s, above its end of 10/s'],
  [{ from: perSecond(1), to: perSecond(1000), factor: 1.001 }, 1, '200 are the most'],
  [{ to: perSecond(2000) }, 1, 'its highest step is 2000/s, and limits.rate allows 1000/s'],
] as const)('%j at a scrape every %d s is refused: %s', (shape, scrape, sentence) => {
  expect(() => lay(shape, scrape)).toThrow(
    expect.objectContaining({ code: 'PLAN_INVALID', message: expect.stringContaining(sentence) }),
  );
});

test('six steps of 13 s are 78 s; where 60 s are allowed, four would fit', () => {
  const rising = { levels: [10, 20, 30, 40, 50, 60].map(perSecond) };
  expect(() => lay(rising, 1, { duration: seconds(60) })).toThrow(
    'its 6 steps of 13 s take 78 s, and limits.duration allows 60 s; at most 4 steps of this length fit, or raise the limit to 78 s',
  );
  expect(lay(rising, 1, { duration: seconds(78) }).steps).toHaveLength(6);
});

test('100/s for 13 s are 1300 requests; where 650 are allowed, half the rate would do', () => {
  expect(() => lay({ levels: [perSecond(100)] }, 1, { requests: 650 })).toThrow(
    'it makes 1300 requests, and limits.requests allows 650; lower its rates to 50 % of these, or raise the limit',
  );
});

test('a scrape that was measured a little too long refuses no plan: 4 s settle at 2.2 s, and not at 2.3 s', () => {
  const shape = { settle: seconds(4), measure: seconds(10), levels: [perSecond(10)] };
  expect(lay(shape, 2.2).steps).toEqual([{ index: 0, rate: 10, settle: 4, measure: 10 }]);
  expect(() => lay(shape, 2.3)).toThrow('samples that come every 2.3 s show a change only after 4.6 s');
});

test('where nothing was scraped twice yet, the refusal says that 15 s are assumed and that waiting may help', () => {
  const shape = { ...staircaseShape, settle: seconds(3), measure: seconds(10), levels: [10] };
  expect(() => layOut(shape, { scrape: undefined, caps: wideCaps, objectives: noObjectives })).toThrow(
    'samples that come every 15 s (assumed, since nothing was scraped twice yet: where Prometheus has just started, try again in a minute)',
  );
});
