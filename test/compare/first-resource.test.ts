import { expect, test } from 'vitest';
import { firstResource } from '../../src/compare/first-resource.ts';
import { runNames } from '../../src/compare/run-names.ts';
import type { Report } from '../../src/model/report.ts';
import { blank, resource, step } from '../report/fixtures/parts.ts';
import { run } from './run.ts';

const first = (id: string, component: string, resource: string): Report =>
  run(id, { verdict: { ...blank.verdict, kind: 'saturated', first: { component, resource, at: {} } } });

const pair = (earlier: readonly Report[], later: readonly Report[]) =>
  firstResource({ earlier, later, called: runNames([...earlier, ...later]) });

test('another first resource is a change, the same is none', () => {
  const [pool, cpu] = [first('a', 'bouncer', 'server-pool'), first('b', 'api', 'cpu')];
  expect(pair([pool], [cpu])).toMatchObject({
    finding: 'changed',
    sentence: 'api / cpu saturates first, before it was bouncer / server-pool',
  });
  expect(pair([cpu], [first('c', 'api', 'cpu')]).finding).toBe('equivalent');
});

test('a run that names none leaves it open', () => {
  expect(pair([first('a', 'api', 'cpu')], [run('b')])).toMatchObject({
    finding: 'cannot-tell',
    sentence: 'which resource saturates first cannot be compared: run 2 names none (not-reached)',
  });
});

test('repeats that disagree leave it open', () => {
  const earlier = [first('a', 'api', 'cpu'), first('b', 'db', 'cpu')];
  expect(pair(earlier, [first('c', 'api', 'cpu')]).sentence).toBe(
    'which resource saturates first cannot be compared: runs 1 and 2 disagree (api / cpu, db / cpu)',
  );
});

test('a run that saw nothing saturate beyond where the first resource had been is a change, there and back', () => {
  const limited: Report = {
    ...first('a', 'api', 'cpu-quota'),
    resources: [
      resource('api', 'cpu-quota', {
        state: 'root',
        onset: { load: { above: 256, upTo: 348 }, time: '2026-11-20T12:05:00.000Z', probability: 0.97 },
      }),
    ],
  };
  const free = (low: number) =>
    run('b', {
      capacity: { rate: { kind: 'at-least', low }, binds: 'physical', provenance: 'lower-bound', fingerprint: 'x' },
    });
  expect(pair([limited], [free(1200)])).toMatchObject({
    finding: 'changed',
    sentence: 'nothing saturates up to 1200/s, before it was api / cpu-quota',
  });
  expect(pair([free(1200)], [limited])).toMatchObject({
    finding: 'changed',
    sentence: 'api / cpu-quota saturates first, before nothing did up to 1200/s',
  });
  expect(pair([limited], [free(300)]).finding).toBe('cannot-tell');
});

test('what a run carried counts, not where a line from there would end', () => {
  const limited: Report = {
    ...first('a', 'api', 'cpu-quota'),
    resources: [
      resource('api', 'cpu-quota', {
        state: 'root',
        onset: { load: { above: 16, upTo: 18 }, time: '2026-11-20T12:05:00.000Z', probability: 0.97 },
      }),
    ],
  };
  const reaching = (goodput: number): Report =>
    run('b', {
      capacity: {
        rate: { kind: 'interval', value: 80, low: 78, high: 82 },
        binds: 'physical',
        provenance: 'extrapolated',
        fingerprint: 'x',
      },
      load: { ...blank.load, steps: [step(0, goodput)] },
    });
  expect(pair([limited], [reaching(60)]).sentence).toBe('nothing saturates up to 60/s, before it was api / cpu-quota');
  expect(pair([limited], [reaching(17)]).finding).toBe('cannot-tell');
});

const silent = (id: string): Report => run(id, { verdict: { ...blank.verdict, kind: 'generator-limited' } });

test('a run without an answer does not disagree with its repeats, and is said to be left out', () => {
  const [one, other] = [first('a', 'api', 'executor'), first('b', 'api', 'executor')];
  expect(pair([silent('x'), one, silent('y')], [silent('z'), other])).toMatchObject({
    finding: 'equivalent',
    sentence: 'api / executor saturates first, as before; runs 1, 3 and 4 have no answer (generator-limited)',
  });
  expect(pair([silent('x')], [other]).sentence).toBe(
    'which resource saturates first cannot be compared: run 1 names none (generator-limited)',
  );
});

test('a tie in which the named one stands is no disagreement, one in which it does not stand is', () => {
  const tie = (id: string, ...names: readonly string[]): Report =>
    run(id, {
      verdict: {
        ...blank.verdict,
        kind: 'near-tie',
        set: names.map((name) => ({ component: 'api', resource: name, at: {}, probability: 0.4 })),
      },
    });
  const cpu = first('a', 'api', 'cpu');
  expect(pair([cpu, tie('t', 'cpu', 'pool')], [cpu])).toMatchObject({
    finding: 'equivalent',
    sentence: 'api / cpu saturates first, as before; in run 2 it cannot be told from others',
  });
  expect(pair([cpu, tie('t', 'lock', 'pool')], [cpu]).sentence).toContain('disagree (api / cpu, none)');
});

test('a run in which something may have saturated does not say that nothing did', () => {
  const found = {
    load: { above: 16, upTo: 18 },
    time: '2026-11-20T12:05:00.000Z',
    probability: 0.97,
  };
  const root = resource('api', 'cpu-quota', { state: 'root', onset: found });
  const limited: Report = { ...first('a', 'api', 'cpu-quota'), resources: [root] };
  const doubtful = run('b', { resources: [root], load: { ...blank.load, steps: [step(0, 60)] } });
  expect(pair([limited], [doubtful]).finding).toBe('cannot-tell');
});
