import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Encoding } from '../../src/model/script.ts';
import { type Scope, template } from '../../src/plan/template.ts';

const scope: Scope = { feeders: new Map([['row', ['id', 'url']]]), variables: new Set(['token']) };
const encodings: readonly Encoding[] = ['plain', 'part', 'header', 'json'];

test.each([
  ['{{row.id}}', 'part', { kind: 'row', feeder: 'row', column: 'id', as: 'part' }],
  ['{{ raw row.url }}', 'part', { kind: 'row', feeder: 'row', column: 'url', as: 'url' }],
  ['{{session.token}}', 'header', { kind: 'variable', name: 'token', as: 'header' }],
  ['"{{number session.token}}"', 'json', { kind: 'variable', name: 'token', as: 'number' }],
  ['{{sequence}}', 'plain', { kind: 'sequence' }],
  ['{{uuid}}', 'json', { kind: 'uuid' }],
] as const)('%s in a place of the kind %s', (text, as, piece) => {
  expect(template(text, scope, as)).toEqual([piece]);
});

test.each([
  ['{{raw row.url}}', 'json', '"raw" is for paths'],
  ['"no {{number row.id}}"', 'json', '"number" stands alone in a text of a json body'],
  ['{{number row.id}}', 'plain', '"number" stands alone in a text of a json body'],
  ['{{sequence 5}}', 'plain', '"sequence" stands alone'],
  ['{{row.id 5}}', 'plain', '"{{row.id 5}}" is not known here'],
  ['{{row.name}}', 'plain', 'the feeder "row" has no column "name"; it has "id", "url"'],
  ['{{rows.id}}', 'plain', '{{rows.id}} names a feeder that is not under "data"; there is "row"'],
  ['{{session.tokn}}', 'plain', '{{session.tokn}} is extracted by no request before it; before it come "token"'],
  ['{{}}', 'plain', '"{{}}" is not known here'],
] as const)('%s in a place of the kind %s: %s', (text, as, sentence) => {
  expect(template(text, scope, as)).toContain(sentence);
});

test('whatever is written is read or told what is wrong with it, and text without braces stays as it is', () => {
  const words = fc.constantFrom('{{', '}}', 'random 1 5', 'row.id', 'session.token', 'number ', 'raw ', '"', ' ', 'x');
  fc.assert(
    fc.property(fc.array(fc.oneof(words, fc.string())), fc.constantFrom(...encodings), (parts, as) => {
      const text = parts.join('');
      const read = template(text, scope, as);
      if (typeof read === 'string') expect(text).toContain('{{');
      else if (!text.includes('{{'))
        expect(read.map((piece) => (piece.kind === 'text' ? piece.text : ''))).toEqual(text === '' ? [] : [text]);
    }),
  );
});
