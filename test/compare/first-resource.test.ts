import { expect, test } from 'vitest';
import { firstResource } from '../../src/compare/first-resource.ts';
import type { Report } from '../../src/model/report.ts';
import { blank } from '../report/fixtures/parts.ts';
import { run } from './run.ts';

const first = (id: string, component: string, resource: string): Report =>
  run(id, { verdict: { ...blank.verdict, kind: 'saturated', first: { component, resource, at: {} } } });

test('another first resource is a change, the same is none', () => {
  const [pool, cpu] = [first('a', 'bouncer', 'server-pool'), first('b', 'api', 'cpu')];
  expect(firstResource({ earlier: [pool], later: [cpu] })).toMatchObject({
    finding: 'changed',
    sentence: 'api / cpu saturates first, before it was bouncer / server-pool',
  });
  expect(firstResource({ earlier: [cpu], later: [first('c', 'api', 'cpu')] }).finding).toBe('equivalent');
});

test('a run that names none leaves it open', () => {
  expect(firstResource({ earlier: [first('a', 'api', 'cpu')], later: [run('b')] })).toMatchObject({
    finding: 'cannot-tell',
    sentence: 'which resource saturates first cannot be compared: b names none (not-reached)',
  });
});

test('repeats that disagree leave it open', () => {
  const earlier = [first('a', 'api', 'cpu'), first('b', 'db', 'cpu')];
  expect(firstResource({ earlier, later: [first('c', 'api', 'cpu')] }).sentence).toBe(
    'which resource saturates first cannot be compared: the repeats a, b disagree (api / cpu, db / cpu)',
  );
});
