import { expect, test } from 'vitest';
import { judgeCases } from '../../src/analyse/roots.ts';
import { caseWith, viewWith } from './windows.ts';

const view = viewWith([
  { load: 10 },
  { load: 20 },
  { load: 30 },
  { load: 40 },
  { load: 50, goodput: 44 },
  { load: 60, goodput: 44 },
]);

/** How processors of two stand whose use was read like this, and nothing else. */
function standingOf(usage: readonly (number | undefined)[]) {
  const one = caseWith({ usage, of: 2, queue: [0, 0, 0, 0.5, 5, 8], queueFloor: 0.1 }, { kind: 'servers' });
  const [judged] = judgeCases([one], view, {
    waitsFor: () => false,
    components: [],
    around: [one],
    undeclared: false,
    waits: () => view.windows.map(() => 0),
    beside: () => undefined,
    leaks: () => false,
    plateau: 4,
    blind: [],
  });
  return judged?.standing.kind;
}

test('what was read first at a middle load, and filled with it, is filled by this load', () => {
  expect(standingOf([0.4, 0.8, 1.2, 1.6, 2, 2])).toBe('root');
  expect(standingOf([undefined, undefined, 1.2, 1.6, 2, 2])).toBe('root');
});

test('what is as full at low load as at the top is filled by others', () => {
  expect(standingOf([1.95, 1.95, 1.97, 1.99, 2, 2])).toBe('bystander');
  expect(standingOf([undefined, undefined, 1.95, 1.99, 2, 2])).toBe('bystander');
});
