import { Errors } from 'typebox/value';
import { expect, test } from 'vitest';
import { ComparisonSchema } from '../../src/model/comparison.ts';
import { comparisonHtml } from '../../src/report/comparison-html.ts';
import { comparisonMarkdown } from '../../src/report/comparison-markdown.ts';
import { comparisonTerminal } from '../../src/report/comparison-terminal.ts';
import { json } from '../../src/report/json.ts';
import { plain } from '../../src/report/paint.ts';
import { comparison } from './fixtures/comparison.ts';

const text = comparisonTerminal(comparison, { width: 100, paint: plain });

test('the fixture is a comparison as published', () => {
  expect([...Errors(ComparisonSchema, comparison)]).toEqual([]);
});

test('on a terminal the sentence comes first and every quantity is told with its runs side by side', () => {
  expect(text.split('\n')[0]).toBe(comparison.sentence);
  expect(text).toMatch(/▼ lower +p99 at 120\/s +27 ms +20 ms {2}0\.74 \(0\.69 to 0\.8\)\n/u);
  expect(text).toMatch(/\? cannot tell +contention +not known +not known\n/u);
});

test.each([60, 80, 120])('on a terminal it stays within %i columns', (width) => {
  for (const line of comparisonTerminal(comparison, { width, paint: plain }).split('\n'))
    expect([...line].length).toBeLessThanOrEqual(width);
});

test('in Markdown a bound on the ratio is a bound', () => {
  expect(comparisonMarkdown(comparison)).toContain('| ▲ higher | capacity | 193/s | 240/s | at least 1.24 |');
});

test('a quantity that one run does not have leaves its cell empty', () => {
  const [first] = comparison.differences;
  const only = {
    ...comparison,
    differences: first === undefined ? [] : [{ ...first, runs: first.runs.slice(1), values: [240] }],
  };
  expect(comparisonMarkdown(only)).toContain('| ▲ higher | capacity |  | 240/s | at least 1.24 |');
});

test('the page draws both runs over the loads of both', () => {
  const page = comparisonHtml(comparison, { script: '', style: '', nonce: 'n' });
  const charts: unknown = JSON.parse(/id="charts">([^<]*)</u.exec(page)?.[1] ?? 'null');
  expect(charts).toMatchObject([
    {
      loads: [60, 90, 120, 150, 180, 210, 240, 250],
      lines: [
        { points: [60, 90, 120, 150, 180, 193, null, 181] },
        { points: [60, null, 120, null, null, null, 240, null] },
      ],
    },
    { id: 'latency' },
  ]);
});

test('as JSON it can be read back', () => {
  expect(JSON.parse(json(comparison))).toEqual(JSON.parse(JSON.stringify(comparison)));
});
