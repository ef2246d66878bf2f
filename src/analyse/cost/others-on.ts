import type { Component } from '../../model/component.ts';
import { line } from '../../stats/line.ts';
import { sum } from '../../stats/sum.ts';
import type { Case, Track } from '../seen/cases.ts';
import { ownUsage } from '../seen/strangers.ts';
import type { View } from '../seen/view.ts';

/** The top of the load is a third of the windows, and three at least. */
const leastPoints = 3;
/** What rises by more than this share of the target's own rise may be work of this load that nobody declared. */
const withLoad = 0.1;

/** What a machine does for others in each window, how much that is at the top of the load, and by how much it varies there (a standard deviation). */
export type Others = {
  readonly track: Track;
  readonly atTop: number;
  readonly spread: number;
  /** It rises with the load at its top: it may as well be work of this load that nobody declared. */
  readonly perhaps: boolean;
};

type Given = { readonly cases: readonly Case[]; readonly components: readonly Component[] };

/**
 * The background of machines, measured: their usage less what the target's own components use there (analysis 3.5: measured background is a covariate, the intercept only takes the rest).
 * A neighbour that comes in the middle of a run, or a batch at night, is no demand of a request. Undefined where the target's part is not measured, or where the rest rises with the load at its top: a neighbour
 * does not follow the steps of a load of our own. It may have the same hours as the traffic of others, though: there it is told as `perhaps`.
 */
export function othersOn(
  alike: readonly Case[],
  view: View,
  sustained: readonly boolean[],
  given: Given,
): Others | undefined {
  const [machine] = alike;
  const own = machine && ownUsage(machine, view, given);
  if (!own) return undefined;
  const track = view.windows.map((_, i) => {
    const all = alike.map(({ usage }) => usage[i]);
    const [mine, sum] = [own[i], all.reduce((total, each) => (total ?? 0) + (each ?? 0), 0)];
    return mine === undefined || sum === undefined || all.includes(undefined) ? undefined : Math.max(0, sum - mine);
  });
  const seen = view.windows.flatMap(({ throughput }, i) =>
    sustained[i] && track[i] !== undefined ? [{ x: throughput, rest: track[i], mine: own[i] ?? 0 }] : [],
  );
  const top = seen.slice(-Math.max(leastPoints, Math.ceil(seen.length / leastPoints)));
  if (top.length < leastPoints || new Set(top.map(({ x }) => x)).size < 2) return undefined;
  const slopeOf = (values: readonly number[]): number =>
    line(
      top.map(({ x }) => x),
      values,
    ).slope;
  const rests = top.map(({ rest }) => rest);
  const perhaps = slopeOf(rests) > withLoad * slopeOf(top.map(({ mine }) => mine));
  if (perhaps && !view.windows.every(({ health }) => health.verdict === 'foreign')) return undefined;
  const mean = sum(rests) / rests.length;
  const spread = Math.sqrt(rests.reduce((sum, rest) => sum + (rest - mean) ** 2, 0) / (rests.length - 1));
  return { track, atTop: perhaps ? Math.max(...rests) : mean, spread, perhaps };
}
