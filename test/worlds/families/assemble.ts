import type { Random } from '../../../src/model/random.ts';
import type { Act, Happening, Part } from '../world.ts';
import { type Around, actsOf, type Factors } from './acts-of.ts';
import { chance, rounded } from './draw.ts';
import { nodeOfDatabase, partsOf } from './parts-of.ts';
import { type Sizes, sizesOf } from './sizes.ts';
import type { Sketch, Tier } from './sketch.ts';

/** A sketch with its numbers. */
export type Assembly = {
  readonly sketch: Sketch;
  readonly parts: readonly Part[];
  readonly happenings: readonly Happening[];
  /** The acts of one kind of request. */
  readonly request: (factors: Factors) => readonly Act[];
  /** Who keeps the pool of connections. */
  readonly owner: Tier;
  readonly sizes: Sizes;
};

/** What others use of the nodes and of the database's machine, from the start on. */
function strangersOf(sketch: Sketch, parts: readonly Part[]): readonly Happening[] {
  const shareOf = (name: string): number => {
    if (name === 'nodes') return sketch.nodes.background;
    return name === nodeOfDatabase(sketch) ? sketch.database.background : 0;
  };
  return parts.flatMap((one) => {
    const machine = one.resources.find((resource) => resource.kind === 'cpu');
    const cores = shareOf(one.name) * (machine?.kind === 'cpu' ? machine.cores : 0);
    return cores > 0 ? [{ at: 0, what: 'strangers', part: one.name, cores: rounded(cores) } as const] : [];
  });
}

/** Where the bouncer would take most of what the database may use, it runs elsewhere; a database in a container has no machine of its own. */
function settled(sketch: Sketch): Sketch {
  const { bouncer, database, nodes } = sketch;
  const background = database.quota ? 0 : database.background;
  const room = (database.use - background) * database.cores;
  return {
    ...sketch,
    nodes: database.quota ? { ...nodes, replicas: 1 } : nodes,
    database: { ...database, background },
    bouncer: bouncer && { ...bouncer, beside: bouncer.beside && !database.quota && room > 2.5 * bouncer.thread },
  };
}

/** Gives a sketch its numbers: demands and sizes such that everything is as full at the rate as the sketch says. */
export function assemble(random: Random, drawn: Sketch, around: Around = {}): Assembly {
  const sketch = settled(drawn);
  const owner = sketch.middle && chance(random, 0.6) ? sketch.middle : sketch.front;
  const sizes = sizesOf(random, sketch, owner);
  const parts = partsOf(random, sketch, sizes, owner);
  return {
    sketch,
    parts,
    owner,
    sizes,
    happenings: strangersOf(sketch, parts),
    request: (factors) => actsOf(sketch, sizes, owner, around, factors),
  };
}
