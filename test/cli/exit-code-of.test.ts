import { expect, test } from 'vitest';
import { exitCodeOf } from '../../src/cli/exit-code-of.ts';
import type { Report } from '../../src/model/report.ts';
import { type Changes, reportWith } from '../support/report-with.ts';

type Headroom = NonNullable<Report['headroom']>;
type Interval = Headroom['ratio'];

const point = (value: number): Interval => ({ kind: 'interval', value, low: value, high: value });
const headroom = (ratio: Interval, reference: Headroom['reference'] = 'expected'): Headroom => ({
  load: 200,
  reference,
  ratio,
  multiplier: point(1),
  spare: point(0),
});
const crossed = (upTo: number) => [{ text: 'p99 below 300 ms', crossed: true, upTo }];
const missed = (load: number) => [
  { text: 'errors ≤ 1 %', crossed: false, upTo: null, missed: { load, text: 'in 2 of 12 windows' } },
];

const rows: readonly (readonly [string, number, Changes])[] = [
  ['saturated', 0, { kind: 'saturated' }],
  ['near-tie', 0, { kind: 'near-tie' }],
  ['objective-limited without an expected load', 0, { kind: 'objective-limited', objectives: crossed(150) }],
  ['not-reached', 0, { kind: 'not-reached' }],
  ['unobserved-limit', 4, { kind: 'unobserved-limit' }],
  ['data-invalid', 4, { kind: 'data-invalid' }],
  ['generator-limited', 4, { kind: 'generator-limited' }],
  ['unstable-config', 4, { kind: 'unstable-config' }],
  ['capacity above what is expected', 0, { headroom: headroom(point(0.2)) }],
  ['capacity below what is expected', 3, { headroom: headroom(point(0)) }],
  ['capacity at most what is expected', 3, { headroom: headroom({ kind: 'at-most', high: 0 }) }],
  ['a lower bound of capacity below what is expected', 0, { headroom: headroom({ kind: 'at-least', low: 0 }) }],
  ['capacity below what was seen in 14 days', 0, { headroom: headroom(point(0), 'history') }],
  ['an objective crossed below what is expected', 3, { headroom: headroom(point(0.2)), objectives: crossed(180) }],
  ['an objective crossed beyond what is expected', 0, { headroom: headroom(point(0.2)), objectives: crossed(230) }],
  [
    'an objective crossed at 200.3/s, which reads as 200',
    3,
    { headroom: headroom(point(0.2)), objectives: crossed(200.3) },
  ],
  [
    'an objective missed for a while below what is expected',
    3,
    { headroom: headroom(point(0.2)), objectives: missed(180) },
  ],
  [
    'an objective missed for a while beyond what is expected',
    0,
    { headroom: headroom(point(0.2)), objectives: missed(230) },
  ],
  ['no answer although a gate is breached', 4, { kind: 'data-invalid', headroom: headroom(point(0)) }],
  ['stopped for safety', 5, { stopped: { why: 'more than half fail', safety: true } }],
  ['stopped for safety without an answer', 5, { kind: 'data-invalid', stopped: { why: 'x', safety: true } }],
  ['stopped by a request', 4, { state: 'aborted', stopped: { why: 'asked to', safety: false } }],
];

test.each(rows)('%s exits with %d', (_, code, changes) => {
  expect(exitCodeOf(reportWith(changes))).toBe(code);
});
