import { expect, test } from 'vitest';
import { chooseFormat } from '../../src/api/choose-format.ts';

const offered = ['json', 'text', 'markdown', 'html'] as const;

test.each([
  [undefined, undefined, 'json'],
  [undefined, '*/*', 'json'],
  [undefined, 'text/plain', 'text'],
  [undefined, 'TEXT/Markdown; charset=utf-8', 'markdown'],
  [undefined, 'text/html,application/xhtml+xml,*/*;q=0.8', 'html'],
  [undefined, 'text/html;q=0.5, text/plain;q=0.9', 'text'],
  [undefined, 'text/*', 'text'],
  [undefined, 'application/json;q=0, text/html', 'html'],
  [undefined, 'image/png', 'json'],
  [undefined, ';;;,,,q=', 'json'],
  ['markdown', 'text/html', 'markdown'],
] as const)('asked for %s with Accept %s it is %s', (asked, accept, format) => {
  expect(chooseFormat(asked, accept, offered)).toBe(format);
});
