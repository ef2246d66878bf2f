import type { Load, World } from '../world.ts';

/** One stretch of a world's own run: what was offered from when to when. */
export type Stretch = { readonly load: number; readonly from: number; readonly to: number };

/** The measured stretches of a world's own run: its steps, or for traffic its points, each with what follows it. */
export function scheduleOf({ load }: World): readonly Stretch[] {
  if (load.kind === 'traffic') return trafficStretches(load);
  const levels = load.kind === 'steps' ? load.rates : load.users;
  const each = load.settle + load.measure;
  return levels.map((level, i) => ({ load: level, from: i * each + load.settle, to: (i + 1) * each }));
}

function trafficStretches({ points }: Load & { readonly kind: 'traffic' }): readonly Stretch[] {
  return points.slice(1).map(({ at, rate }, i) => {
    const before = points[i] ?? { at, rate };
    return { load: (before.rate + rate) / 2, from: before.at, to: at };
  });
}

/** The stretch with the highest load: the last of them, so that what has happened counts. */
export function highestOf(world: World): Stretch {
  const none: Stretch = { load: 0, from: 0, to: 0 };
  return scheduleOf(world).reduce((best, each) => (each.load >= best.load ? each : best), none);
}

/** The moment of its own run that the truth of a world is about: in the middle of its highest load. */
export function momentOf(world: World): number {
  const { from, to } = highestOf(world);
  return (from + to) / 2;
}

/** The highest load that a world's own run offers; of traffic the highest point. */
export function topLoad(world: World): number {
  const { load } = world;
  return load.kind === 'traffic' ? Math.max(...load.points.map(({ rate }) => rate)) : highestOf(world).load;
}
