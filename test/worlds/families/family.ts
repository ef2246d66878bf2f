import type { Random } from '../../../src/model/random.ts';
import type { Part, World } from '../world.ts';
import type { Around } from './acts-of.ts';
import { type Assembly, assemble } from './assemble.ts';
import { rounded } from './draw.ts';
import { roughCapacity } from './rough-capacity.ts';
import type { Setting } from './setting.ts';
import { drawSketch, type Sketch } from './sketch.ts';
import { worldOf } from './world-of.ts';

/** A kind of situation (analysis, 5.1): from draws and a setting to a world. */
export type Family = {
  readonly number: number;
  readonly name: string;
  /** Whether something of the target is meant to saturate when the load reaches beyond its capacity. */
  readonly saturates: boolean;
  /** Present where time fills it, whatever the load. */
  readonly byTime?: true;
  readonly build: (random: Random, setting: Setting) => World;
};

/** How a family departs from a system in which nothing is full. */
export type Recipe = {
  readonly number: number;
  readonly name: string;
  /** Unless told otherwise it does. */
  readonly saturates?: boolean;
  readonly byTime?: true;
  readonly sketch?: (random: Random, sketch: Sketch, setting: Setting) => Sketch;
  readonly around?: (random: Random, sketch: Sketch) => Around;
  readonly parts?: (random: Random, assembly: Assembly) => readonly Part[];
  /** How far the load goes instead, as a share of the capacity. */
  readonly reach?: (random: Random) => number;
  readonly mend?: (random: Random, world: World, assembly: Assembly, setting: Setting) => World;
};

/** The same load in proportion to another capacity. */
function rescaled(world: World, factor: number): World {
  const { load } = world;
  if (load.kind !== 'steps' || Math.abs(factor - 1) < 0.01) return world;
  return { ...world, load: { ...load, rates: load.rates.map((rate) => rounded(rate * factor)) } };
}

/** A family from its recipe. */
export function familyOf(recipe: Recipe): Family {
  const { number, name, saturates = true, byTime } = recipe;
  const build = (random: Random, given: Setting): World => {
    const drawn = drawSketch(random, given);
    const sketch = recipe.sketch?.(random, drawn, given) ?? drawn;
    const assembled = assemble(random, sketch, recipe.around?.(random, sketch));
    const assembly = { ...assembled, parts: recipe.parts?.(random, assembled) ?? assembled.parts };
    const least = recipe.reach?.(random) ?? given.reach;
    const setting = { ...given, reach: Math.min(given.reach, least) };
    const world = worldOf(random, setting, { number, name }, assembly);
    const mended = recipe.mend?.(random, world, assembly, setting) ?? world;
    return rescaled(mended, roughCapacity(mended) / roughCapacity(world));
  };
  return { number, name, saturates, build, ...(byTime ? { byTime } : {}) };
}

/** A family that takes a world of one of others and changes what happens to it or what is seen of it. */
export function familyOver(
  named: { readonly number: number; readonly name: string; readonly saturates?: boolean },
  bases: readonly [Family, ...Family[]],
  change: (random: Random, world: World) => World,
  reach?: (random: Random) => number,
): Family {
  const { number, name, saturates = true } = named;
  const build = (random: Random, given: Setting): World => {
    const base = bases[Math.floor(random() * bases.length)] ?? bases[0];
    const setting = { ...given, reach: Math.min(given.reach, reach?.(random) ?? given.reach) };
    const world = base.build(random, setting);
    return { ...change(random, world), family: number, name: `${name}: ${world.name}` };
  };
  return { number, name, saturates, build };
}
