import { expect, test } from 'vitest';
import { readRows } from '../../src/config/read-rows.ts';

test('CSV: the first line names the columns, quotes keep commas and new lines, empty lines are nothing', () => {
  expect(readRows('\ufeffname, pass\r\nann,"a,b"\r\n\r\nbob,"c\nd"\r\n', 'users.csv')).toEqual({
    columns: ['name', 'pass'],
    rows: [
      ['ann', 'a,b'],
      ['bob', 'c\nd'],
    ],
  });
});

test('JSON: a list of objects of texts, numbers, and true or false', () => {
  expect(readRows('[{"id":7,"ok":true},{"ok":false,"id":"x"}]', 'a.json')).toEqual({
    columns: ['id', 'ok'],
    rows: [
      ['7', 'true'],
      ['x', 'false'],
    ],
  });
});

test.each([
  ['a,b\n1,2\nsecret\n', 'u.csv:3: this row has 1 field, and the first line names 2 columns'],
  ['a,b\n1,"secret\n', 'u.csv:2: a quote that opens here is never closed'],
  ['a,b\n\n"x\ny",ä\n\n"3,4\n5,6\n7,8\n', 'u.csv:6: a quote that opens here is never closed'],
  ['a,b\n1,secret"x"\n', 'u.csv:2: a quote stands inside a field that does not begin with one'],
  ['', 'u.csv: the file is empty; its first line names the columns'],
  ['a,b\n', 'u.csv: there are no rows in it'],
  ['a,b c\n1,2\n', 'u.csv:1: "b c" is no name for a column; use letters, digits, "_" and "-"'],
  ['a,a\n1,2\n', 'u.csv:1: the column "a" is named twice'],
])('%j is refused, without its values: %s', (text, sentence) => {
  expect(() => readRows(text, 'u.csv')).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID', message: sentence }));
  expect(sentence).not.toContain('secret');
});

test.each([
  ['[', 'u.json: the file is not JSON'],
  ['{}', 'u.json: the file is not a list of objects'],
  ['[{"a":1},{"a":1,"b":2}]', 'u.json: row 2: the key "b" is not in the first row'],
  ['[{"a":1},{}]', 'u.json: row 2: there is no "a", which the first row has'],
  ['[{"a":1},{"a":{}}]', 'u.json: row 2: "a" is neither a text, a number, nor true or false'],
  ['[{"a":1},7]', 'u.json: row 2: this is not an object'],
])('%s is refused: %s', (text, sentence) => {
  expect(() => readRows(text, 'u.json')).toThrow(
    expect.objectContaining({ code: 'CONFIG_INVALID', message: sentence }),
  );
});
