import { expect, test } from 'vitest';
import { remarksOf } from '../../src/report/remarks-of.ts';
import { about, blank, step } from './fixtures/parts.ts';

test('a crossed objective is a policy limit, told beside what the machine carried', () => {
  const report = {
    ...blank,
    load: {
      ...blank.load,
      steps: [step(0, 100), step(1, 200, { goodput: 190 }), step(2, 300, { aside: 'cut short' })],
    },
    objectives: [{ text: 'p99 ≤ 300 ms', crossed: true, upTo: 200, met: 100, open: null }],
  };
  expect(remarksOf(report)).toContain(
    'objective crossed by 200/s (met up to 100/s): p99 ≤ 300 ms; a policy limit: good answers went up to 190/s',
  );
});

test('what does not count is told with its reason, each once, unless the verdict says it', () => {
  const because = 'api: rollout of version 2; what was before it is another set-up';
  const steps = [step(0, 100, { aside: because }), step(1, 200, { aside: because }), step(2, 300)];
  const report = { ...blank, load: { ...blank.load, steps } };
  expect(remarksOf(report)).toContain(`2 of 3 windows do not count: ${because}`);
  const verdict = { ...blank.verdict, kind: 'unstable-config' as const };
  expect(remarksOf({ ...report, verdict }).join()).not.toContain('do not count');
});

test('one that cannot be told says why', () => {
  const open = 'at 200/s it lies between 250 ms and 500 ms';
  const objectives = [{ text: 'p99 ≤ 300 ms', crossed: false, upTo: null, open }];
  expect(remarksOf({ ...blank, objectives })).toContain(
    'whether the objective p99 ≤ 300 ms is met cannot be told: at 200/s it lies between 250 ms and 500 ms',
  );
});

test.each([
  ['seen', 7, '; throughput peaks at a concurrency of 7'],
  [
    'extrapolated',
    24.5,
    '; throughput peaks at a concurrency of 25, beyond that of every window that kept up (only those are fitted)',
  ],
  ['not-supported', null, '; the points carry no downturn'],
] as const)('a downturn that is %s', (downturn, peak, words) => {
  const scalability = {
    kind: 'fitted' as const,
    contention: about(0.1, 0.09, 0.11),
    coherency: about(0.001, 0, 0.002),
    unit: about(100, 99, 101),
    limit: about(1000, 900, 1100),
    peak,
    downturn,
  };
  expect(remarksOf({ ...blank, scalability }).at(0)).toBe(
    `contention 10 % (9 % to 11 %), coherency 0.1 % (0 % to 0.2 %); contention alone would leave 1000/s (900/s to 1100/s)${words}`,
  );
});

test('one that was missed in some windows is told so, and not as crossed from there on', () => {
  const missed = { load: 40, text: 'in 2 of 12 windows, at 40/s (the worst 22.4 %)' };
  const report = { ...blank, objectives: [{ text: 'errors ≤ 1 %', crossed: true, upTo: 40, missed, open: null }] };
  const told = remarksOf(report).filter((text) => text.startsWith('objective'));
  expect(told).toEqual(['objective missed in 2 of 12 windows, at 40/s (the worst 22.4 %): errors ≤ 1 %']);
});

test('what changes the answer stands before what changes nothing', () => {
  const load = { ...blank.load, recovery: 'latency was back at once after the load ended' };
  const notes = [
    'api: not looked at, because nothing here limits it or tells of it: heap',
    'it took 40 s after the spike',
  ];
  const generator = { ...blank.generator, verdict: 'suspect' as const, because: ['late'] };
  const told = remarksOf({ ...blank, load, notes, generator });
  const places = [/40 s/u, /generator suspect/u, /scalability/u, /at once/u, /not looked at/u].map((words) =>
    told.findIndex((text) => words.test(text)),
  );
  expect(places).toEqual([0, 1, 2, 3, 4]);
  const slow = { ...load, recovery: 'latency was back 40 s after the load ended' };
  expect(remarksOf({ ...blank, load: slow, notes, generator })[0]).toBe(
    'recovery: latency was back 40 s after the load ended',
  );
});

test('objectives that were crossed at the same load are told together, and no load that is as good as that one met them', () => {
  const crossed = (text: string, upTo: number, met: number) => ({ text, crossed: true, upTo, met, open: null });
  const both = [crossed('p95 ≤ 300 ms', 50.02, 49.98), crossed('errors ≤ 1 %', 50.02, 49.98)];
  expect(remarksOf({ ...blank, objectives: both })[0]).toMatch(
    /^objectives crossed by 50\/s: p95 ≤ 300 ms, errors ≤ 1 %/u,
  );
  const apart = [crossed('p95 ≤ 300 ms', 50, 40), crossed('errors ≤ 1 %', 60, 50)];
  expect(remarksOf({ ...blank, objectives: apart }).slice(0, 2)).toEqual([
    expect.stringMatching(/^objective crossed by 50\/s \(met up to 40\/s\): p95/u),
    expect.stringMatching(/^objective crossed by 60\/s \(met up to 50\/s\): errors/u),
  ]);
});
