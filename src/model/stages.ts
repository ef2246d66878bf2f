import type { Stage, Step, Windows } from './plan.ts';
import { seconds } from './units.ts';

/** How the level of a step moves, from its beginning to its end. */
export const stagesOf = ({ rate, users, settle, measure, stages }: Step): readonly Stage[] =>
  stages ?? [{ lasts: seconds(settle + measure), from: users ?? rate, to: users ?? rate }];

/** The windows of a step. */
export const windowsOf = ({ settle, measure, windows }: Step): Windows =>
  windows ?? [{ from: settle, to: seconds(settle + measure) }];

/** How long all stages take together (s). */
export const lengthOf = (stages: readonly Stage[]): number => stages.reduce((sum, { lasts }) => sum + lasts, 0);

/** The area under the stages: of rates, how many requests are due in all. */
export const areaOf = (stages: readonly Stage[]): number => stages.reduce((sum, stage) => sum + whole(stage), 0);

/** The highest level of the stages. */
export const highestOf = (stages: readonly Stage[]): number =>
  Math.max(0, ...stages.flatMap(({ from, to }) => [from, to]));

/** The level so many seconds after the beginning, 0 or more; of a jump what comes after it, beyond the last stage what that ended at. */
export function levelAt(stages: readonly Stage[], time: number): number {
  let left = time;
  for (const { lasts, from, to } of stages) {
    if (left < lasts) return from + ((to - from) * left) / lasts;
    left -= lasts;
  }
  return stages.at(-1)?.to ?? 0;
}

/** The stage that there is so many seconds after the beginning, and since how long (s); the last one beyond that. */
export function stageAt(stages: readonly Stage[], time: number): Stage & { readonly since: number } {
  let left = time;
  for (const stage of stages) {
    if (left < stage.lasts) return { ...stage, since: left };
    left -= stage.lasts;
  }
  const last = stages.at(-1) ?? { lasts: seconds(0), from: 0, to: 0 };
  return { ...last, since: left + last.lasts };
}

/** The mean level from one time (s) to another. */
export function meanBetween(stages: readonly Stage[], from: number, to: number): number {
  let before = 0;
  let area = 0;
  for (const { lasts, ...stage } of stages) {
    const [low, high] = [Math.max(0, from - before), Math.min(lasts, to - before)];
    const middle = stage.from + ((stage.to - stage.from) * (low + high)) / 2 / lasts;
    if (high > low) area += middle * (high - low);
    before += lasts;
  }
  return area / (to - from);
}

/** When (s), not before `from`, the stages first rise above a level; Infinity where they do not. */
export function reachedAt(stages: readonly Stage[], level: number, from: number): number {
  let before = 0;
  for (const stage of stages) {
    const at = before + crossing(stage, level, from - before);
    if (at < before + stage.lasts) return at;
    before += stage.lasts;
  }
  return Number.POSITIVE_INFINITY;
}

/** Within a stage, not before `from` (s from its beginning, maybe negative). */
function crossing({ lasts, from: low, to: high }: Stage, level: number, from: number): number {
  const begin = Math.max(0, from);
  if (begin >= lasts) return Number.POSITIVE_INFINITY;
  if (low + ((high - low) * begin) / lasts > level) return begin;
  return high > level ? ((level - low) * lasts) / (high - low) : Number.POSITIVE_INFINITY;
}

/**
 * When (s) the area under the stages has grown to `area`: the inverse of the number of arrivals N(t) = ∫ rate dt. On a line from a to b over D seconds
 * a·x + (b − a)·x² ÷ 2D = area is solved for x, in the form that stays exact where the line is level. Infinity beyond the last stage.
 *
 * @example timeOf([{ lasts: 60, from: 0, to: 100 }], 750) // => 30: half way up, a quarter of the 3000
 */
export function timeOf(stages: readonly Stage[], area: number): number {
  let left = area;
  let before = 0;
  for (const stage of stages) {
    if (left < whole(stage)) return before + within(stage, left);
    left -= whole(stage);
    before += stage.lasts;
  }
  return Number.POSITIVE_INFINITY;
}

const whole = ({ lasts, from, to }: Stage): number => (lasts * (from + to)) / 2;

function within({ lasts, from, to }: Stage, area: number): number {
  if (area <= 0) return 0;
  if (from === to) return area / from;
  return (2 * area) / (from + Math.sqrt(Math.max(0, from ** 2 + (2 * (to - from) * area) / lasts)));
}
