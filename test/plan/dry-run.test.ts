import { expect, test } from 'vitest';
import { perSecond, seconds } from '../../src/model/units.ts';
import { tell } from '../../src/plan/dry-run.ts';

test('a dry run tells where to, what, the steps, the sums, the stops and the queries', () => {
  const steps = [50, 100].map((rate, index) => ({
    index,
    rate: perSecond(rate),
    settle: seconds(3),
    measure: seconds(7),
  }));
  const lines = tell(
    { name: 'staircase', model: 'open', arrivals: 'uniform', seed: 1, steps, scrape: seconds(1) },
    {
      target: 'shop',
      run: 'r1',
      origin: 'http://shop:8080',
      address: '10.0.0.7',
      classes: [
        {
          name: 'browse',
          weight: 3,
          method: 'GET',
          path: [
            { kind: 'text', text: '/i/' },
            { kind: 'random', low: 1, high: 9 },
          ],
          headers: {},
          body: undefined,
        },
        { name: 'home', weight: 1, method: 'GET', path: [{ kind: 'text', text: '/' }], headers: {}, body: undefined },
      ],
      arrivals: 'uniform',
      seed: 1,
      timeout: seconds(5),
      caps: { rate: perSecond(200), inFlight: 100, requests: 5000, duration: seconds(60) },
      workers: 1,
    },
    { guards: { lagging: 'lag > 5' }, promql: ['up'] },
  );
  expect(lines).toEqual([
    'Load for "shop" would go to http://shop:8080 (10.0.0.7) and nowhere else.',
    'Requests:',
    '  75 % browse: GET /i/{{random 1 9}}',
    '  25 % home: GET /',
    'Steps of plan "staircase" (uniform arrivals, seed 1, laid out for a scrape every 1 s):',
    '  1. 50/s: settle 3 s, measure 7 s',
    '  2. 100/s: settle 3 s, measure 7 s',
    'In all 1500 requests in 20 s, and up to 5 s after each step for the last answers.',
    'At most 200/s, 100 in flight, 5000 requests, 60 s.',
    'It would stop by itself when:',
    '  more than 50 % of at least 50 requests fail within 10 s',
    '  at least 5 connections fail within 5 s and nothing else happens',
    '  Prometheus does not answer for 30 s',
    '  the guard "lagging" turns true: lag > 5',
    'Queries:',
    '  up',
  ]);
});
