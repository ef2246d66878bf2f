import { describe, expect, test } from 'vitest';
import type { Act, Ref, World } from '../world.ts';
import { buildWorld } from './build-world.ts';
import { families } from './families.ts';
import { roughCapacity } from './rough-capacity.ts';

const partsIn = (acts: readonly Act[]): readonly string[] =>
  acts.flatMap((act) => {
    if (act.do === 'cpu') return [act.part];
    if (act.do === 'hold' || act.do === 'try') return partsIn(act.within);
    return act.do === 'look-up' ? [...partsIn(act.hit), ...partsIn(act.miss)] : [];
  });

const refsIn = (acts: readonly Act[]): readonly Ref[] =>
  acts.flatMap((act) => {
    const own = 'of' in act ? [act.of] : [];
    if (act.do === 'hold' || act.do === 'try') return [...own, ...refsIn(act.within)];
    return act.do === 'look-up' ? [...own, ...refsIn(act.hit), ...refsIn(act.miss)] : own;
  });

const numbersIn = (value: unknown): readonly number[] => {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
};

/** What names something that is not there, or is there twice. */
function dangling(world: World): readonly string[] {
  const parts = world.parts.map((part) => part.name);
  const known = world.parts.flatMap((part) => part.resources.map((one) => `${part.name}/${one.id}`));
  const acts = world.classes.flatMap((one) => one.acts);
  const named = [
    ...partsIn(acts),
    ...world.parts.flatMap((part) => [...part.calls, ...(part.on === undefined ? [] : [part.on])]),
    ...world.happenings.flatMap((one) => ('part' in one ? [one.part] : [])),
    ...Object.keys(world.seen.intervals),
  ];
  const twice = [...parts, ...known].filter((name, index, all) => all.indexOf(name) !== index);
  const lost = named.filter((name) => !parts.includes(name));
  const unknown = refsIn(acts)
    .map((of) => `${of.part}/${of.id}`)
    .filter((name) => !known.includes(name));
  return [...twice, ...lost, ...unknown];
}

const seeds = [1, 2, 3] as const;

describe.each(families.map((family) => [family.number, family.name, family] as const))(
  'family %i, %s',
  (number, _, family) => {
    test('names only what is there, in numbers that are numbers', () => {
      for (const seed of seeds) {
        const world = buildWorld(number, seed);
        expect(dangling(world)).toEqual([]);
        expect(numbersIn(world).filter((value) => !Number.isFinite(value))).toEqual([]);
        expect(world.parts.flatMap((part) => part.resources).length).toBeGreaterThan(2);
      }
    });

    test('is plain data, the same each time', () => {
      for (const seed of seeds) {
        const text = JSON.stringify(buildWorld(number, seed));
        expect(JSON.stringify(JSON.parse(text))).toBe(text);
        expect(JSON.stringify(buildWorld(number, seed))).toBe(text);
      }
      expect(buildWorld(number, 1)).not.toEqual(buildWorld(number, 2));
    });

    test('is loaded beyond what it carries only where it is meant to be', () => {
      for (const seed of seeds) {
        const world = buildWorld(number, seed);
        if (world.load.kind !== 'steps') continue;
        const capacity = roughCapacity(world);
        expect(Math.min(...world.load.rates)).toBeLessThan(0.5 * capacity);
        expect(Math.max(...world.load.rates) > capacity).toBe(family.saturates && family.byTime === undefined);
      }
    });
  },
);

test('a reach of one half loads a world to half of what it carries, and changes nothing else of it', () => {
  for (const { number } of families.filter((one) => one.saturates && one.byTime === undefined)) {
    const half = buildWorld(number, 4, { reach: 0.5 });
    const { load: _, ...same } = buildWorld(number, 4);
    const { load, ...rest } = half;
    expect(rest).toEqual(same);
    if (load.kind === 'steps') expect(Math.max(...load.rates)).toBeCloseTo(0.5 * roughCapacity(half), 0);
  }
});
