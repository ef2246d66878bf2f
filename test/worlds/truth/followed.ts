import { line } from '../../../src/stats/line.ts';
import { type Climbs, follows, together } from './climb.ts';

/** Levels that lose between these shares of what comes tell where the one that counts lies: fewer lost are chance, and more follow another law. */
const fewest = 0.0075;
const most = 0.06;
const enough = 3;

/**
 * Goodput at the load from which on it no longer follows, in the mean of all repetitions: where a share is lost that rises by a power of the load, on the straight line of its logarithm through
 * the levels around it; where it rises at once, between the two levels. A single climb's first level that stays behind tells of its luck: of a share that rises slowly it is 5 to 15 % too high or too low.
 *
 * @returns undefined where all levels follow, or none
 */
export function followedUpTo(climbs: Climbs): number | undefined {
  const levels = together(climbs).map(({ came, good }) => ({ load: came, lost: 1 - good / came }));
  const at = levels.findLastIndex(({ lost }) => lost < allowed);
  const [before, here] = [levels[at], levels[at + 1]];
  if (!before || !here) return undefined;
  const around = levels.filter(({ lost }) => lost >= fewest && lost <= most);
  return follows * (around.length < enough ? between(before, here) : onLine(around));
}

type Lossy = { readonly load: number; readonly lost: number };

const between = (before: Lossy, here: Lossy): number =>
  before.load + ((here.load - before.load) * (allowed - before.lost)) / (here.lost - before.lost);

/** Of a count the logarithm is known by its root. */
function onLine(levels: readonly Lossy[]): number {
  const { slope, intercept } = line(
    levels.map(({ load }) => Math.log(load)),
    levels.map(({ lost }) => Math.log(lost)),
    levels.map(({ lost }) => lost),
  );
  return Math.exp((Math.log(allowed) - intercept) / slope);
}

const allowed = 1 - follows;
