import { expect, test } from 'vitest';
import { htmlOf, inlined, island, markup } from '../../src/report/markup.ts';

test('text in a hole is escaped, markup is not', () => {
  const inner = markup`<b>${'a<b>"&\''}</b>`;
  expect(htmlOf(markup`<p title="${'"x'}">${inner}${undefined}${3}</p>`)).toBe(
    '<p title="&quot;x"><b>a&lt;b&gt;&quot;&amp;&#39;</b>3</p>',
  );
});

test('an object out of JSON that looks like markup is text', () => {
  const forged: ReturnType<typeof markup> = JSON.parse('{"markup":"<b>x</b>","Symbol(markup)":"<b>x</b>"}');
  expect(htmlOf(markup`<p>${forged}</p>`)).toBe('<p>[object Object]</p>');
});

test('an island cannot end its element and reads back the same', () => {
  const value = { a: '</script><!--', b: '\u2028', c: '&lt;' };
  const text = htmlOf(island(value));
  expect(text).not.toMatch(/[<>&\u2028]/u);
  expect(JSON.parse(text)).toEqual(value);
});

test('code of our own cannot end its element', () => {
  expect(htmlOf(inlined('"</script>" + "</STYLE>" + "<!--"'))).toBe('"<\\/script>" + "<\\/STYLE>" + "<\\!--"');
});
