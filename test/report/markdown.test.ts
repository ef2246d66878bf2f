import { expect, test } from 'vitest';
import { markdown } from '../../src/report/markdown.ts';
import { hostile } from './fixtures/hostile.ts';
import { saturated } from './fixtures/saturated.ts';

const lineWith = (text: string, part: string) => text.split('\n').find((line) => line.includes(part)) ?? '';

test('the verdict is the heading and the root is the first row of the resources', () => {
  const text = markdown(saturated);
  expect(text.split('\n')[0]).toMatch(/^## shop: bouncer \/ server-pool saturates first/u);
  expect(lineWith(text, '| **root** |')).toBe(
    '| **root** | bouncer / server-pool | 22.3 % | 2 of 2 connections, 100 % | 180/s to 210/s | 193/s (191/s to 195/s) |',
  );
});

test('a step in which goodput fell behind is set in bold', () => {
  expect(lineWith(markdown(saturated), '| 250/s |')).toBe('| 250/s | **181/s** | 2.1 s | – | 4.9 s | 6.2 % | 410 |  |');
});

test('PromQL stands as code, as it is', () => {
  expect(markdown(saturated)).toContain('`sum(rate(node_cpu_seconds_total{mode!="idle"}[1m]))`');
});

test('every row of a table has as many cells as its head, whatever a label value holds', () => {
  const cells = (line: string) => line.replaceAll('\\|', '').split('|').length;
  for (const table of markdown(hostile)
    .split('\n\n')
    .filter((block) => block.startsWith('|'))) {
    const [head = '', ...rows] = table.split('\n');
    for (const row of rows) expect(cells(row)).toBe(cells(head));
  }
});

test('outside of code, no markup, link or mention of a label value survives', () => {
  const prose = markdown(hostile).replaceAll(/(`+) ?[^\n]*? ?\1(?!`)/gu, '');
  expect(prose).not.toMatch(/<script|<!--|(?<!\\)\[y\]|(?<!&#64;)@all|(?<!\\)\*\*x/u);
});
