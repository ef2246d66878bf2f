import { expect, test } from 'vitest';
import { perSecond } from '../../src/model/units.ts';
import { bounded } from '../../src/verdict/bounded.ts';
import { nothing } from './findings.ts';

const extrapolated = {
  ...nothing,
  capacity: {
    rate: { kind: 'interval', value: 1000, low: 900, high: 1100 },
    binds: 'physical',
    provenance: 'extrapolated',
  },
} as const;

test('a run whose generator was the limit claims what it carried, and extrapolates nothing', () => {
  const { capacity } = bounded(extrapolated, { kind: 'generator-limited', because: [] });
  expect(capacity).toEqual({ rate: { kind: 'at-least', low: 600 }, binds: 'physical', provenance: 'lower-bound' });
});

test('where the limit is not seen, where what is seen would end is no capacity', () => {
  const verdict = {
    kind: 'unobserved-limit',
    notIn: [],
    unread: [],
    always: [],
    fits: [],
    below: undefined,
    likely: undefined,
  } as const;
  expect(bounded(extrapolated, verdict).capacity?.rate).toEqual({ kind: 'at-least', low: 600 });
});

test('an answer keeps what it extrapolates, and what was reached stays', () => {
  expect(bounded(extrapolated, { kind: 'not-reached', upTo: perSecond(600), expected: [] })).toBe(extrapolated);
  const reached = { ...extrapolated, capacity: { ...extrapolated.capacity, provenance: 'reached' } } as const;
  expect(bounded(reached, { kind: 'data-invalid', because: [] })).toBe(reached);
});
