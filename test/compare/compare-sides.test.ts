import { expect, test } from 'vitest';
import { compareSides } from '../../src/compare/compare-sides.ts';
import { run } from './run.ts';

const reports = ['a1', 'a2', 'b1'].map((id) => run(id));

test('repeats that were told are one side, whatever the reports say of themselves', () => {
  expect(compareSides(reports, [2, 1]).pairs).toMatchObject([{ earlier: ['a1', 'a2'], later: ['b1'] }]);
});

test('runs told one by one are put together by what the reports say', () => {
  expect(compareSides(reports, [1, 1, 1]).pairs).toMatchObject([
    { earlier: ['a1'], later: ['a2'] },
    { earlier: ['a2'], later: ['b1'] },
  ]);
});
