import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { conclude } from '../../src/run/conclude.ts';
import { asks } from './asks.ts';
import { readScenario } from './read-scenario.ts';

const folder = new URL('./stories/', import.meta.url);
const stories = readdirSync(folder).map((file) => readScenario(readFileSync(new URL(file, folder), 'utf8')));

describe.each(stories)('$title', (story) => {
  const report = conclude(story.order, story.record, story.collected);

  test.each(story.expectations.map((words) => [words.join(' '), words] as const))('%s', (_, [kind = '', ...words]) => {
    const ask = asks[kind];
    if (!ask) throw new Error(`a scenario can expect ${Object.keys(asks).join(', ')}; not "${kind}"`);
    ask(report, words);
  });
});

test('there are stories', () => expect(stories.length).toBeGreaterThan(10));
