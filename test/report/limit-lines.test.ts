import { expect, test } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { limitLines } from '../../src/report/limit-lines.ts';
import { markdown } from '../../src/report/markdown.ts';
import { plain } from '../../src/report/paint.ts';
import { terminal } from '../../src/report/terminal.ts';
import { limit } from './fixtures/parts.ts';
import { saturated } from './fixtures/saturated.ts';

const exceeded = limit(
  'exceeded',
  '4 pods × 100 connections = 400 may be asked for; db gives 338 (341 less 3 reserved)',
);
const tight = limit('tight', '15 nodes; the address range holds 16', { component: 'nodes', resource: 'address range' });
const fits = limit('fits', 'all is well');
const open = limit('cannot-tell', 'nobody knows');
const withLimits = (...limits: Report['limits']): Report => ({ ...saturated, limits });

test('where all limits go together, or nobody can tell, a report says nothing of them', () => {
  expect(limitLines(withLimits())).toEqual([]);
  expect(limitLines(withLimits(fits, open))).toEqual([]);
});

test('what does not go together is told, and the rest counted', () => {
  expect(limitLines(withLimits(exceeded, tight, open, fits, fits))).toEqual([
    'db / connections is exceeded: 4 pods × 100 connections = 400 may be asked for; db gives 338 (341 less 3 reserved)',
    'nodes / address range is tight: 15 nodes; the address range holds 16',
    'and 2 more fit; of 1 more it cannot be told',
  ]);
  expect(limitLines(withLimits(tight, fits))[1]).toBe('and 1 more fits');
});

test('the terminal and Markdown have a section for it, and only then', () => {
  const look = { width: 100, paint: plain };
  expect(terminal(withLimits(exceeded), look)).toContain('Configured limits\n  · db / connections is exceeded: 4 pods');
  expect(terminal(withLimits(fits), look)).not.toContain('Configured limits');
  expect(markdown(withLimits(exceeded))).toContain('### Configured limits\n\n- db / connections is exceeded');
  expect(markdown(withLimits(fits))).not.toContain('Configured limits');
});
