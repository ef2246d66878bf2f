import fc from 'fast-check';
import { expect, test } from 'vitest';
import { yamlDocument } from '../../src/config/yaml-document.ts';
import { flow, remark } from '../../src/survey/flow.ts';

test('a value stands on one line, in quotes only where it must', () => {
  expect(
    flow({ name: 'shop', rate: '50/s', path: '/items/{{random 1 9}}', on: true, none: undefined, list: ['a b', 3] }),
  ).toBe('{ name: shop, rate: 50/s, path: "/items/{{random 1 9}}", "on": true, list: ["a b", 3] }');
  expect(flow({})).toBe('{}');
});

test('whatever the value, a reader of YAML reads the same from its one line', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3, noUnicodeString: false }), (value) => {
      const text = flow({ value });
      expect(text).not.toMatch(/[\n\r\u2028\u2029]/);
      expect(JSON.stringify(yamlDocument(text, 'x').value)).toBe(JSON.stringify({ value }));
    }),
    { seed: 7, numRuns: 100 },
  );
});

test('whatever the words, a comment stays on its line', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (words) => {
      const { value } = yamlDocument(`a: 1\n${remark(words)}\nb: 2`, 'x');
      expect(value).toEqual({ a: 1, b: 2 });
    }),
    { seed: 7, numRuns: 100 },
  );
});
