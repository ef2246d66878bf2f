import { Errors } from 'typebox/value';
import { expect, test } from 'vitest';
import { ComparisonSchema } from '../../src/model/comparison.ts';
import { comparisonHtml } from '../../src/report/comparison-html.ts';
import { comparisonMarkdown } from '../../src/report/comparison-markdown.ts';
import { comparisonTerminal } from '../../src/report/comparison-terminal.ts';
import { json } from '../../src/report/json.ts';
import { plain } from '../../src/report/paint.ts';
import { comparison } from './fixtures/comparison.ts';
import { notReached } from './fixtures/not-reached.ts';
import { saturated } from './fixtures/saturated.ts';

const text = comparisonTerminal(comparison, { width: 100, paint: plain });

test('the fixture is a comparison as published', () => {
  expect([...Errors(ComparisonSchema, comparison)]).toEqual([]);
});

test('on a terminal the summary comes first, then the runs with a name each, then a sentence for what can be told', () => {
  expect(text).toBe(`${comparison.sentence}

Runs
         verdict      first saturated        capacity                carries
  run 1  saturated    bouncer / server-pool  193/s (191/s to 195/s)  1.29 times 150/s
  run 2  not-reached  –                      at least 240/s          not stated
  run 1 is ${saturated.run.id}, run 2 is ${notReached.run.id}

run 1 → run 2
  ≠ Nothing saturates up to 240/s, before it was bouncer / server-pool.
  ▲ Capacity is at least 1.24 times what it was.
  ▼ p99 at 120/s fell from 27 ms to 20 ms.
  = A request costs nodes / cpu the same in both runs.
  ? Neither run carries a contention, so it cannot be compared.
  ? cannot tell apart: peak goodput, demand of api / cpu, db / cpu; one run each does not show how
    far runs of one set-up lie apart
`);
});

test('the sentence on each pair of runs begins on a line of its own', () => {
  const sentence = 'Run 1 → run 2: more. Run 2 → runs 3 and 4: less. The 3 set-ups after them are compared below.';
  expect(
    comparisonTerminal({ ...comparison, sentence }, { width: 100, paint: plain })
      .split('\n')
      .slice(0, 3),
  ).toEqual(['Run 1 → run 2: more.', 'Run 2 → runs 3 and 4: less.', 'The 3 set-ups after them are compared below.']);
});

test('with repeats what cannot be told apart asks for more of them', () => {
  const [one] = comparison.differences.filter(({ what }) => what === 'peak goodput');
  const many = { ...comparison, differences: one ? [{ ...one, runs: [...one.runs, ...one.runs] }] : [] };
  expect(comparisonTerminal(many, { width: 100, paint: plain })).toContain(
    'runs 1, 2, 1 and 2\n  ? cannot tell apart: peak goodput; more repeats would narrow it down\n',
  );
});

test.each([60, 80, 120])('on a terminal it stays within %i columns', (width) => {
  for (const line of comparisonTerminal(comparison, { width, paint: plain }).split('\n'))
    expect([...line].length).toBeLessThanOrEqual(width);
});

test('in Markdown the first resource is told by its name, or by none', () => {
  expect(comparisonMarkdown(comparison)).toContain('| ≠ changed | first resource | bouncer / server-pool | – |  |');
});

test('in Markdown a bound on the ratio is a bound', () => {
  expect(comparisonMarkdown(comparison)).toContain('| ▲ higher | capacity | 193/s | 240/s | at least 1.24 |');
});

test('a quantity that one run does not have leaves its cell empty', () => {
  const [, first] = comparison.differences;
  const only = {
    ...comparison,
    differences: first === undefined ? [] : [{ ...first, runs: first.runs.slice(1), values: [240] }],
  };
  expect(comparisonMarkdown(only)).toContain('| ▲ higher | capacity |  | 240/s | at least 1.24 |');
});

test('repeats share a column: the least and the most of what they gave', () => {
  const again = { ...saturated, run: { ...saturated.run, id: 'again' } };
  const [pair] = comparison.pairs;
  const [, capacity] = comparison.differences;
  if (!pair || !capacity) throw new Error('the fixture has both');
  const repeats = {
    ...comparison,
    reports: [saturated, again, notReached],
    pairs: [{ ...pair, earlier: [saturated.run.id, 'again'] }],
    differences: [
      { ...capacity, runs: [saturated.run.id, 'again', notReached.run.id], values: [193, 189, 240], effect: 1 },
    ],
  };
  const text = comparisonMarkdown(repeats);
  expect(text).toContain('|  | what | runs 1 and 2 | run 3 | ratio | effect |');
  expect(text).toContain('| ▲ higher | capacity | 189/s to 193/s | 240/s | at least 1.24 | large (δ 1) |');
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
