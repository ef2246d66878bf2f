import { describe, expect, test } from 'vitest';
import { ansi, plain } from '../../src/report/paint.ts';
import { remarksOf } from '../../src/report/remarks-of.ts';
import { terminal } from '../../src/report/terminal.ts';
import { dataInvalid } from './fixtures/data-invalid.ts';
import { hostile } from './fixtures/hostile.ts';
import { notReached } from './fixtures/not-reached.ts';
import { resource, step } from './fixtures/parts.ts';
import { saturated } from './fixtures/saturated.ts';
import { unobservedLimit } from './fixtures/unobserved-limit.ts';

const told = (report: typeof saturated, width = 100) => terminal(report, { width, paint: plain });
const lineWith = (text: string, part: string) => text.split('\n').find((line) => line.includes(part)) ?? '';

describe('a saturated target', () => {
  const text = told(saturated);

  test('is told by the sentence before anything else but the name of the run', () => {
    expect(text.split('\n')[1]).toBe(
      'bouncer / server-pool saturates first, between 180/s and 210/s (probability 97 %): all 2 connections',
    );
  });

  test('has its capacity, headroom and next bottleneck right below', () => {
    expect(lineWith(text, '  capacity')).toBe(
      '  capacity  193/s (191/s to 195/s), reached: goodput follows no further',
    );
    // 1 − 150 ÷ 193 = 0.2228
    expect(lineWith(text, '  headroom')).toContain(
      '22.3 % (21.5 % to 23.1 %) at 150/s, the expected load; 43/s to spare',
    );
    expect(lineWith(text, '  next')).toContain('api / cpu quota, which carries 452/s');
  });

  test('ranks the root before the symptom before what is free; what is blind has its own section', () => {
    const table = text.slice(text.indexOf('\nResources\n'));
    const states = table
      .split('\n')
      .slice(3, 8)
      .map((line) => line.trim().split(' ')[0]);
    expect(states).toEqual(['root', 'symptom', 'free', 'free', 'free']);
  });

  test('rules out the free ones with their numbers', () => {
    expect(lineWith(text, '  free     db / cpu')).toContain('88.6 %    0.33 of 2 cores, 16.5 %');
  });

  test('draws each resource over the loads of its windows', () => {
    const lines = text.split('\n');
    const root = lines.findIndex((line) => line.startsWith('  bouncer / server-pool  ▃'));
    expect(lines[root]).toBe('  bouncer / server-pool  ▃▃▃▃▃ ▄▄▄▄▄ ▅▅▅▅▅ ▇▇▇▇▇ █████ █████ █████  100 %');
    expect(lines[root + 5]).toBe('                         60    90    120   150   180   210   250 requests/s');
  });

  test('names the step in which it began', () => {
    expect(lineWith(text, '210/s  193/s')).toContain('bouncer / server-pool saturated');
    expect(lineWith(text, '180/s  180/s')).not.toContain('saturated');
  });

  test.each([60, 80, 100, 140, 200])('stays within %i columns', (width) => {
    for (const line of told(saturated, width).split('\n')) expect([...line].length).toBeLessThanOrEqual(width);
  });
});

test('colours change nothing but the colours', () => {
  const coloured = terminal(saturated, { width: 100, paint: ansi });
  expect(coloured).toContain('\u001b[31mroot');
  const codes = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'gu');
  expect(coloured.replaceAll(codes, '')).toBe(told(saturated));
});

test('a limit that was not reached is a lower bound, and headroom without a reference load says what is missing', () => {
  const text = told(notReached);
  expect(text).toContain('capacity  at least 240/s, not reached\n');
  expect(text).toContain('headroom  not stated: no load is known to hold it against');
  expect(text).toContain('left at the peak');
});

test('a run without an answer shows its gaps as gaps and what would cure the blind spot', () => {
  const text = told(dataInvalid);
  expect(text).toContain('cut short');
  expect(text).toContain('nodes / cpu  ▁▁▁▁▁ ····· ·····  12 %');
  expect(text).toContain('set aside: no sample of 14 signals');
  expect(text).toContain('db / connections: no series matches the selector. To see it: scrape postgres_exporter.');
  expect(text).toContain('the load was stopped early for safety: Prometheus was not seen for 30 s');
});

test('a load beyond the capacity leaves nothing and says how much is missing', () => {
  expect(told(unobservedLimit)).toContain('0 % at 320/s, the usual peak load; 19/s too little, 0.941 times the load');
});

test('no label value reaches the terminal as a control sequence or turns the reading direction', () => {
  expect(told(hostile)).not.toMatch(/(?!\n)[\p{Cc}\u202a-\u202e]/u);
});

test('of an observed day with many windows and resources the screen holds the busiest windows and the fullest resources', () => {
  const loads = Array.from({ length: 60 }, (_, index) => 100 + ((index * 7) % 60));
  const many = Array.from({ length: 40 }, (_, index) =>
    resource('api', `pool ${index}`, { peak: { usage: index, ceiling: 100, ratio: index / 100 } }),
  );
  const text = told({
    ...notReached,
    resources: many,
    load: { ...notReached.load, steps: loads.map((load, index) => step(index, load)) },
  });
  expect(text).toContain('· and 36 more with less load (-o markdown tells all)');
  expect(text).not.toContain('\n    135/s'); // 60 different loads from 100/s on: the 24 busiest begin at 136/s
  expect(text).toContain('\n    136/s');
  expect(text).toContain('· and 35 more that are freer (-o markdown tells all)');
  expect(text).toContain('api / pool 39');
  expect(text).toContain('api / pool 35 ');
  expect(text).not.toContain('api / pool 34 ');
});

test('everything that is full stands in the table, and of what is free the five fullest', () => {
  const free = [0.1, 0.7, 0.2, 0.6, 0.3, 0.5, 0.4].map((ratio) =>
    resource('db', `part ${ratio}`, { peak: { usage: ratio, ceiling: 1, ratio } }),
  );
  const full = (['busy', 'starved', 'symptom', 'root'] as const).map((state) => resource('api', state, { state }));
  const table = told({ ...notReached, resources: [...free, ...full] });
  const names = table.match(/(?<=^ {2}(?:root|symptom|starved|busy|free) +)(?:api|db) \/ [a-z]+(?: 0\.\d)?/gmu);
  expect(names).toEqual([
    'api / root',
    'api / symptom',
    'api / starved',
    'api / busy',
    'db / part 0.7',
    'db / part 0.6',
    'db / part 0.5',
    'db / part 0.4',
    'db / part 0.3',
  ]);
  expect(table).toContain('· and 2 more that are freer');
});

test('what a network carries is told as it is rated', () => {
  const peak = { usage: 4_944_384, ceiling: 1_250_000_000, ratio: 0.00396 };
  const text = told({ ...notReached, resources: [resource('nodes', 'network-out', { unit: 'bytes/s', peak })] });
  expect(text).toContain('4.94 MB/s of 1.25 GB/s, 0.396 %');
});

test('notes come last and take at most eight lines; the rest is counted', () => {
  const long = `a note of two lines: ${'word '.repeat(20)}`.trim();
  const foot = (notes: readonly string[]) => {
    const text = told({ ...notReached, notes: [...notes] });
    return text
      .slice(text.indexOf('\nNotes\n') + 1)
      .trimEnd()
      .split('\n')
      .slice(1);
  };
  const own = foot([]).length;
  expect(foot(Array.from({ length: 8 - own }, (_, i) => `note ${i}`))).toHaveLength(8);
  const many = foot(Array.from({ length: 9 }, () => long));
  expect(many.length).toBeLessThanOrEqual(8);
  const shown = many.filter((line) => line.includes('a note of two lines')).length;
  const others = remarksOf({ ...notReached, notes: [] }).length;
  expect(many.at(-1)).toBe(`  · and ${9 + others - shown} more (-o markdown tells all)`);
});

test('the same reason of the generator is told once however often it came, and not again below a verdict that rests on it', () => {
  const because = ['requests were sent up to 14.8 ms late', 'requests were sent up to 15.2 ms late'];
  const generator = { verdict: 'suspect' as const, because };
  expect(told({ ...notReached, generator })).toContain(
    'load generator suspect: requests were sent up to 14.8–15.2 ms late',
  );
  const limited = { ...notReached.verdict, kind: 'generator-limited' as const, sentence: because.join('; '), because };
  expect(told({ ...notReached, generator, verdict: limited }).match(/14\.8 ms late/gu)).toHaveLength(1);
});
