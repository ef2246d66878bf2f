import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noneOf, oneOf, passes, printSelection, printSelector } from '../../src/collect/selector.ts';

test('values are escaped, names beyond the old letters are quoted', () => {
  expect(printSelector({ name: 'up', tests: [{ label: 'job', op: '=', value: 'a"\\b\n' }] })).toBe(
    'up{job="a\\"\\\\b\\n"}',
  );
  expect(printSelector({ name: 'http.requests', tests: [{ label: 'http.route', op: '!=', value: '/' }] })).toBe(
    '{"http.requests", "http.route"!="/"}',
  );
});

test('several metrics are one pattern on the name', () => {
  expect(printSelection({ names: ['b', 'a.c'], tests: [{ label: 'x', op: '=', value: 'y' }] })).toBe(
    '{__name__=~"a\\\\.c|b", x="y"}',
  );
});

test('a label that is not there is an empty one', () => {
  expect(passes([{ label: 'a', op: '!=', value: 'x' }], {})).toBe(true);
  expect(passes([{ label: 'a', op: '=~', value: '.+' }], {})).toBe(false);
  expect(passes([{ label: 'a', op: '=', value: '' }], {})).toBe(true);
});

test('one of several values is just that, whatever letters they have', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 4 }), fc.string(), (values, other) => {
      for (const value of values) {
        expect(passes([oneOf('a', values)], { a: value })).toBe(true);
        expect(passes([noneOf('a', values)], { a: value })).toBe(false);
      }
      expect(passes([oneOf('a', values)], { a: other })).toBe(values.includes(other));
    }),
    { seed: 7 },
  );
});
