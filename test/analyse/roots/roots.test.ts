import { expect, test } from 'vitest';
import { judgeCases } from '../../../src/analyse/roots/roots.ts';
import type { Resource } from '../../../src/model/resource.ts';
import { caseWith, viewWith } from '../windows.ts';

const view = viewWith([
  { load: 10 },
  { load: 20 },
  { load: 30 },
  { load: 40 },
  { load: 50, goodput: 44 },
  { load: 60, goodput: 44 },
]);

/** How processors of two stand whose use was read like this, and nothing else. */
function standingOf(usage: readonly (number | undefined)[], resource: Partial<Resource> = {}) {
  const queue = [0, 0, 0, 0.5, 5, 8];
  const one = caseWith({ usage, of: 2, queue, queueFloor: 0.1 }, { kind: 'servers', ...resource });
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

// seen with Puma, whose five threads keep idle connections, so that all of them are busy at any load: 0.7, 10 and 39 waited
test('workers that are all busy at any load are filled by this one where ever more wait for them', () => {
  const workers = { resource: 'workers', layer: 'hold', unit: 'threads' } as const;
  expect(standingOf([2, 2, 2, 2, 2, 2], workers)).toBe('root');
  expect(standingOf([2, 2, 2, 2, 2, 2], { ...workers, layer: 'leaf' })).toBe('bystander');
});

test('where nobody says what waits for what, a hold with fewer units in use waits for no other that has more', () => {
  const hold = (name: string, usage: readonly number[], of: number) =>
    caseWith(
      { usage, of, queue: [0, 0, 0, 0, 5, 8], queueFloor: 0.5 },
      { component: name, resource: 'pool', kind: 'pool', layer: 'hold', unit: 'connections' },
    );
  const view = viewWith([
    { load: 10 },
    { load: 20 },
    { load: 30 },
    { load: 40 },
    { load: 50, goodput: 48 },
    { load: 60, goodput: 48 },
  ]);
  // 0.1 s, and at last 20 ÷ 48/s; 0.25 s all the way, and as many
  const held = (of: number): string | undefined => {
    const cases = [hold('bouncer', [1, 2, 3, 4, of, of], of), hold('api', [2.5, 5, 7.5, 10, 12, 12], 12)];
    const judged = judgeCases(cases, view, {
      waitsFor: (above, below) => above.layer === 'hold' && below.layer !== 'hold',
      components: [],
      around: cases,
      undeclared: true,
      waits: () => view.windows.map(() => 0),
      beside: () => undefined,
      leaks: () => false,
      plateau: 4,
      blind: [],
    });
    return judged[0]?.standing.kind;
  };
  expect(held(20)).toBe('symptom');
  expect(held(10)).toBe('held');
});
