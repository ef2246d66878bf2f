import { expect, test } from 'vitest';
import { diagnosisInWords } from '../../src/cli/diagnosis-in-words.ts';
import type { Sighted, TargetDiagnosis } from '../../src/model/diagnosis.ts';

const sighted = (change: Partial<Sighted>): Sighted => ({
  component: 'db',
  resource: 'cpu',
  sight: 'saturation',
  instances: 1,
  interval: 15,
  lag: 5,
  sources: [],
  ...change,
});
const target: TargetDiagnosis = {
  target: 'shop',
  answerable: true,
  load: 'may be loaded',
  headroom: 'against 400/s, as expected',
  scrape: 'every 15 s at the slowest',
  sees: [],
  blind: [],
  limits: [],
  verdicts: [],
  notes: [],
};
const told = (change: Partial<TargetDiagnosis>): readonly string[] =>
  diagnosisInWords({ file: 'plimsoll.yaml', prometheus: [], targets: [{ ...target, ...change }], notes: [] }).split(
    '\n',
  );

test('a target of which nothing is seen has only its facts', () => {
  expect(told({})).toEqual([
    'plimsoll.yaml',
    '',
    'shop',
    '  load: may be loaded',
    '  headroom: against 400/s, as expected',
    '  scrapes: every 15 s at the slowest',
  ]);
});

test('components stand in their order, and what is seen best first', () => {
  const sees = [
    sighted({ component: 'api', resource: 'cpu', sight: 'usage' }),
    sighted({ component: 'api', resource: 'pool', interval: 30 }),
    sighted({ component: 'api', resource: 'quota', instances: 3 }),
    sighted({ component: 'db', resource: 'memory', sight: 'fullness' }),
  ];
  expect(told({ sees }).slice(6)).toEqual([
    '  seen',
    '    api: how full, and whether work waits: pool, quota (3); every 15 s to 30 s',
    '    api: how much is used, but not of how much: cpu; every 15 s',
    '    db: how full, but not whether work waits: memory; every 15 s',
  ]);
});

test('samples that come more than a minute late are told', () => {
  expect(told({ sees: [sighted({ interval: 60, lag: 119 })] }).at(-1)).toMatch(/cpu; every 60 s$/);
  expect(told({ sees: [sighted({ interval: 60, lag: 300 })] }).at(-1)).toMatch(/cpu; every 60 s, 5 min late$/);
});
