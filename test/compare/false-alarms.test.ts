import { expect, test } from 'vitest';
import { compare } from '../../src/compare/compare.ts';
import type { Comparison } from '../../src/model/comparison.ts';
import { seeded } from '../../src/model/random.ts';
import { about, resource, step } from '../report/fixtures/parts.ts';
import { normalDraws } from '../support/normal-draws.ts';
import { times } from '../support/tried.ts';
import { run } from './run.ts';

type Truth = { readonly seed: number; readonly scatter: number; readonly ratio: number };

/** Runs of one set-up: capacity, latency and three demands scatter from run to run, each run knowing itself to half a percent. */
function runsOf(normal: () => number, { scatter, ratio }: Omit<Truth, 'seed'>) {
  const draw = (value: number, times = 1) => value * Math.exp(times * scatter * normal());
  return (id: string) => {
    const known = (value: number) => about(value, value * 0.995, value * 1.005);
    const slow = draw(1, 1.5);
    return run(id, {
      capacity: { rate: known(draw(400 * ratio)), binds: 'physical', provenance: 'reached', fingerprint: 'same' },
      resources: ['api', 'db', 'cache'].map((name) =>
        resource(name, 'cpu', {
          state: 'busy',
          demand: { perRequest: known(draw(0.004)), background: 0, method: 'utilisation-law' },
        }),
      ),
      load: {
        axis: 'arrivals',
        steps: [200, 300].map((load, i) => step(i, load, { p50: 0.01 * slow, p95: 0.03 * slow, p99: 0.05 * slow })),
        stopped: null,
        recovery: null,
      },
    });
  };
}

function* comparisons(count: number, repeats: number, { seed, scatter, ratio }: Truth): Generator<Comparison> {
  const normal = normalDraws(seeded(seed));
  const [before, after] = [runsOf(normal, { scatter, ratio: 1 }), runsOf(normal, { scatter, ratio })];
  for (let i = 0; i < count; i++) {
    const ids = Array.from({ length: repeats }, (_, k) => k);
    const groups = [ids.map((k) => before(`a${k}`)), ids.map((k) => after(`b${k}`))];
    yield compare(groups.flat(), groups);
  }
}

const share = (all: readonly Comparison[], holds: (comparison: Comparison) => boolean): number =>
  all.filter(holds).length / all.length;
const answers = (answer: string) => (comparison: Comparison) => comparison.pairs[0]?.answer === answer;
const finds = (what: string) => (comparison: Comparison) =>
  comparison.differences.some((one) => one.what.startsWith(what) && ['higher', 'lower'].includes(one.finding));

const pairs = times(250, 100);
/** Of a rate of 5 % in so many pairs no more than this comes by chance, 999 times in 1000 (three standard deviations of the binomial). */
const mostAlarms = 0.05 + 3.1 * Math.sqrt((0.05 * 0.95) / pairs);

test.each([
  [1, 0.03],
  [1, 0.1],
  [2, 0.03],
  [3, 0.03],
  [5, 0.1],
])(
  '%i runs a side of one and the same set-up, scattering by %d: different at most once in twenty (seed 7)',
  (repeats, scatter) => {
    const all = [...comparisons(pairs, repeats, { seed: 7, scatter, ratio: 1 })];
    expect(share(all, answers('different'))).toBeLessThan(mostAlarms);
    for (const what of ['capacity', 'p50', 'p95', 'p99', 'demand'])
      expect(share(all, finds(what))).toBeLessThan(mostAlarms);
  },
);

test('five repeats that scatter by 2 % show a gain of 10 % nearly always, and one run each never pretends to', () => {
  expect(share([...comparisons(100, 5, { seed: 8, scatter: 0.02, ratio: 1.1 })], finds('capacity'))).toBeGreaterThan(
    0.97,
  );
  expect(share([...comparisons(100, 1, { seed: 8, scatter: 0.02, ratio: 1.1 })], finds('capacity'))).toBe(0);
});

test('five repeats that scatter by 1 % show that nothing changed; a change just beyond 3 % is called none at most once in forty', () => {
  expect(share([...comparisons(200, 5, { seed: 9, scatter: 0.01, ratio: 1 })], answers('equivalent'))).toBeGreaterThan(
    0.9,
  );
  const beyond = share([...comparisons(pairs, 5, { seed: 9, scatter: 0.01, ratio: 1.0301 })], answers('equivalent'));
  expect(beyond).toBeLessThan(0.025 + 3.1 * Math.sqrt((0.025 * 0.975) / pairs));
});
