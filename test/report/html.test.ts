import vm from 'node:vm';
import { describe, expect, test } from 'vitest';
import { html } from '../../src/report/html.ts';
import { pageScript } from '../../src/report/page-script.ts';
import { dataInvalid } from './fixtures/data-invalid.ts';
import { hostile, nasty } from './fixtures/hostile.ts';
import { notReached } from './fixtures/not-reached.ts';
import { saturated } from './fixtures/saturated.ts';
import { unobservedLimit } from './fixtures/unobserved-limit.ts';

const assets = { script: 'var uPlot = 1;</script>', style: 'a { color: red }</style>', nonce: 'n0nce' };

const islandOf = (page: string, id: string): unknown =>
  JSON.parse(new RegExp(`<script type="application/json" id="${id}">([^<]*)</script>`, 'u').exec(page)?.[1] ?? 'null');

/** Elements that a parser would see; scripts and styles are raw text up to their end tag. */
function elementsOf(page: string): readonly string[] {
  const withoutRaw = page.replaceAll(/(<(script|style)\b[^>]*>)[\s\S]*?(<\/\2)/gu, '$1$3');
  return [...withoutRaw.matchAll(/<([a-z][a-z0-9]*)\b([^>]*)>/gu)].map(
    ([, name = '', attributes = '']) => `${name}${attributes}`,
  );
}

describe('the page of a saturated target', () => {
  const page = html(saturated, assets);

  test('begins with the verdict', () => {
    expect(page.replaceAll('\u00a0', ' ')).toContain(`<h1>${saturated.verdict.sentence}</h1>`);
    expect(page).toContain('97\u00a0%)'); // a number stays with its unit
  });

  test('fetches nothing and allows only its own scripts and styles', () => {
    expect(page).toContain('content="default-src &#39;none&#39;; script-src &#39;nonce-n0nce&#39;;');
    const fetching = elementsOf(page).filter((element) => /\b(src|href|action|srcset)=(?!"data:,")/u.test(element));
    expect(fetching).toEqual([]);
    for (const element of elementsOf(page).filter((each) => /^(script|style)(?!.*application\/json)/u.test(each)))
      expect(element).toContain('nonce="n0nce"');
    expect(page).not.toMatch(/ style="/u);
  });

  test('carries its report, so that a machine can read the page', () => {
    expect(islandOf(page, 'document')).toEqual(JSON.parse(JSON.stringify(saturated)));
  });

  test('shows the PromQL and the readings of every claim', () => {
    expect(page).toContain('sum(rate(node_cpu_seconds_total{mode!=&quot;idle&quot;}[1m]))');
    expect(page).toContain('60/s: 0.62 connections · 90/s: 0.93 connections');
  });

  test('says every number of the usage chart in a table too', () => {
    const row = /<tr><th scope="row">db \/ cpu<\/th>(.*?)<\/tr>/su.exec(page)?.[1] ?? '';
    // 0.12 ÷ 2, 0.17 ÷ 2 … 0.33 ÷ 2
    expect(row.match(/[\d.]+ %/gu)).toEqual(['6 %', '8.5 %', '11 %', '13 %', '15.5 %', '16.5 %', '16.5 %']);
  });
});

test('its own script and style cannot end their elements', () => {
  const page = html(saturated, assets);
  expect(page).toContain('var uPlot = 1;<\\/script>');
  expect(page).toContain('a { color: red }<\\/style>');
});

test('the script of the page is a script', () => {
  expect(() => new vm.Script(pageScript)).not.toThrow();
});

test('label values with markup add no element and no attribute', () => {
  const harmless = html(
    JSON.parse(JSON.stringify(hostile), (_, value: unknown) =>
      typeof value === 'string' ? value.replaceAll(nasty, 'x') : value,
    ),
    assets,
  );
  const shape = (page: string) => elementsOf(page).map((element) => element.replaceAll(/"[^"]*"/gu, '""'));
  expect(shape(html(hostile, assets))).toEqual(shape(harmless));
});

test.each([notReached, dataInvalid, unobservedLimit])('$verdict.kind has a page', (report) => {
  expect(html(report, assets).replaceAll('\u00a0', ' ')).toContain(`<h1>${report.verdict.sentence}</h1>`);
});

test('a run without any window has a page without charts', () => {
  const report = {
    ...dataInvalid,
    resources: [],
    load: { ...dataInvalid.load, steps: [] },
    sheet: { windows: [], rows: [] },
  };
  expect(html(report, assets)).not.toContain('id="charts"');
});
