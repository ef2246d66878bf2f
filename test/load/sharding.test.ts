import { expect, test } from 'vitest';
import { seconds } from '../../src/model/units.ts';
import { classOf, scriptOf, simulate, stepOrder } from './target.ts';

const text = (words: string) => ({ kind: 'text', text: words }) as const;
const classes = [
  classOf({ name: 'browse', path: [text('/items/'), { kind: 'random', low: 1, high: 5000 }] }, 8),
  classOf({ name: 'search', path: [text('/search?q='), { kind: 'random', low: 1, high: 99 }] }, 2),
];
const stages = [
  { lasts: seconds(4), from: 20, to: 120 },
  { lasts: seconds(4), from: 40, to: 40 },
];
const windows = [{ from: seconds(1), to: seconds(8) }] as const;

test.each(['uniform', 'poisson'] as const)(
  'one worker and four send the same requests of the same classes to the same paths (%s arrivals)',
  (arrivals) => {
    const sentBy = (worker: number, workers: number): readonly string[] =>
      simulate({
        answering: () => ({ after: 0.01, status: 200 }),
        script: scriptOf({ classes, arrivals, seed: 11 }),
        order: stepOrder({ stages, windows, worker, workers }),
      }).asked.map(({ path }) => path);
    const alone = sentBy(0, 1);
    const shared = [0, 1, 2, 3].flatMap((worker) => sentBy(worker, 4));
    expect(shared.toSorted()).toEqual(alone.toSorted());
    if (arrivals === 'uniform') expect(alone).toHaveLength(440); // (20 + 120) ÷ 2 · 4 and 40 · 4
    const browsing = alone.filter((path) => path.startsWith('/items/')).length / alone.length;
    expect(Math.abs(browsing - 0.8)).toBeLessThan(4 * Math.sqrt((0.8 * 0.2) / alone.length));
  },
);
