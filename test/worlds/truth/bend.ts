/** What came and what of it was answered well, a second. */
type Flow = { readonly came: number; readonly good: number };

/** From which load on something is lost, and how much of each further request. */
export type Bend = { readonly from: number; readonly lost: number };

const places = 200;
const earliest = 0.8;

/**
 * The load from which on not everything is carried: what is lost is fitted by 0 up to it and by a line beyond it, by least squares. What passes a cache is a small
 * part of all that comes, and nine in ten may be answered well while what lies behind the cache is asked for far more than it can do.
 *
 * @param levels rising, without what has broken down
 */
export function bendOf(levels: readonly Flow[]): Bend | undefined {
  const [first, last] = [levels[0], levels.at(-1)];
  if (!first || !last || levels.length < 3) return undefined;
  const low = earliest * first.came;
  const bends = Array.from({ length: places }, (_, i) => fitted(levels, low + ((last.came - low) * i) / places));
  const best = bends.reduce((least, one) => (one.residual < least.residual ? one : least));
  return best.lost > 0 ? best : undefined;
}

function fitted(levels: readonly Flow[], from: number): Bend & { readonly residual: number } {
  const points = levels.map(({ came, good }) => ({ over: Math.max(0, came - from), lost: came - good }));
  const square = points.reduce((sum, { over }) => sum + over ** 2, 0);
  const slope = square > 0 ? points.reduce((sum, { over, lost }) => sum + over * lost, 0) / square : 0;
  const lost = Math.max(0, Math.min(1, slope));
  return { from, lost, residual: points.reduce((sum, point) => sum + (point.lost - lost * point.over) ** 2, 0) };
}

/** The levels up to the one after which goodput rises no more. */
export function beforeTheFall(levels: readonly Flow[]): readonly Flow[] {
  let best = 0;
  const end = levels.findIndex(({ good }) => {
    best = Math.max(best, good);
    return good < best;
  });
  return end < 0 ? levels : levels.slice(0, end);
}
