import { expect, test } from 'vitest';
import { headroomLine, headroomMarkdown } from '../../src/api/headroom-in-words.ts';
import { headroomView } from '../../src/api/views.ts';
import type { Report } from '../../src/model/report.ts';
import { anInvalidReport, aReport } from '../store/a-report.ts';

const report = aReport('r1');
const view = headroomView(report, report);

test('a line says when it was, as far as 200 characters go', () => {
  expect(headroomLine('shop: fine.', view)).toBe('shop: fine. Run r1, 2026-11-21T03:05:00.000Z.');
  const long = `shop: ${'x'.repeat(180)}.`;
  expect(headroomLine(long, view)).toBe(long);
});

test('a line is never longer than 200 characters, nor more than one line', () => {
  const line = headroomLine(`shop: ${'é😀'.repeat(150)}\nand more`, view);
  expect([...line]).toHaveLength(200);
  expect(line).toMatch(/…$/);
  expect(headroomLine('one\n  two', view)).toMatch(/^one two Run r1/);
});

test('Markdown tells capacity, headroom and what is next, and no name becomes markup', () => {
  const verdict = { ...report.verdict, sentence: '[db](http://evil) | `pool`\n# saturated' };
  const rate = { kind: 'at-least', low: 700 } as const;
  const next = {
    component: 'a_b',
    resource: '<cpu>',
    capacity: { rate, provenance: 'extrapolated', extrapolation: 1.4 },
  } as const;
  const told = aReport('r1', { verdict, next: { ...next } });
  expect(headroomMarkdown(headroomView(told, anInvalidReport('r2')))).toBe(
    [
      '**shop**: \\[db\\](http://evil) \\| \\`pool\\` \\# saturated',
      '',
      '- Capacity: 500/s (475/s to 525/s), reached',
      '- Headroom: 20 % (19 % to 21 %) at 400/s',
      '- Right now: 40 % (38 % to 42 %) at 300/s',
      '- Next: a\\_b / \\<cpu\\> at at least 700/s',
      '- A later run gave no answer (data-invalid): No answer: data.',
      '- [Report](/api/v1/runs/r1/report) of run r1, 2026-11-21T03:05:00.000Z',
      '',
    ].join('\n'),
  );
});

test('a next resource that would end below what is carried already has no end', () => {
  const rate = { kind: 'at-most', high: 450 } as const;
  const next = { component: 'db', resource: 'cpu', capacity: { rate, provenance: 'upper-bound', extrapolation: 1 } };
  const told = aReport('r1', { next: next as NonNullable<Report['next']> });
  expect(headroomMarkdown(headroomView(told, told))).toContain('- Next: db / cpu; where it ends cannot be told\n');
});

test('what a bound leaves open is said, not as "at least 0 %"', () => {
  const open = { kind: 'at-least', low: 0 } as const;
  const bound = { kind: 'at-least', low: 1 } as const;
  const now = { load: 258, reference: 'current', ratio: open, multiplier: bound, spare: open } as const;
  const none = { ...now, ratio: { kind: 'at-most', high: 0 }, multiplier: { kind: 'at-most', high: 1 } } as const;
  const linesOf = (current: Parameters<typeof aReport>[1]) => {
    const told = aReport('r1', current);
    return headroomMarkdown(headroomView(told, told)).split('\n');
  };
  expect(linesOf({ current: now })).toContain('- Right now: not known at 258/s');
  expect(linesOf({ current: none })).toContain('- Right now: none at 258/s');
  expect(linesOf({ current: { ...none, because: 'a_b / pool was full' } })).toContain(
    '- Right now: none at 258/s: a\\_b / pool was full',
  );
});
