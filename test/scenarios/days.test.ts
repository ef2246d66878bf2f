import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { conclude } from '../../src/run/conclude.ts';
import { witnessed } from '../../src/run/witness.ts';
import { asks } from './asks.ts';
import { readDays } from './read-days.ts';

const folder = new URL('./days/', import.meta.url);
const told = readdirSync(folder).map((file) => readDays(readFileSync(new URL(file, folder), 'utf8')));

describe.each(told)('$title', ({ order, span, collected, expectations }) => {
  const report = conclude(order, witnessed(collected, span), collected);

  test.each(expectations.map((words) => [words.join(' '), words] as const))('%s', (_, [kind = '', ...words]) => {
    const ask = asks[kind];
    if (!ask) throw new Error(`days can expect ${Object.keys(asks).join(', ')}; not "${kind}"`);
    ask(report, words);
  });
});

test('there are days', () => expect(told.length).toBeGreaterThan(5));
