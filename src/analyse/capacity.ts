import type { Capacity } from '../model/finding.ts';
import type { Window } from '../model/sheet.ts';
import { lengthOf } from '../model/span.ts';
import { studentTQuantile } from '../stats/student-t-quantile.ts';
import type { Crossing } from './objective.ts';
import type { View } from './view.ts';

/** Overloaded windows this close to the highest goodput show the plateau; lower ones show what overload does beyond it. */
const onPlateau = 0.9;

/**
 * The highest rate of good answers that is sustained: the mean of the plateau where one was reached (never the last step, which may already fall),
 * else at least the best window. The headline is the lower of the physical and the objective's.
 */
export function capacityOf(
  view: View,
  overloaded: readonly boolean[],
  crossing: Crossing | undefined,
): Capacity | undefined {
  if (view.windows.length === 0) return undefined;
  if (crossing?.sustained) return { rate: crossing.rate, binds: 'objective', provenance: 'reached' };
  const best = Math.max(...view.windows.map((window) => window.goodput));
  const over = view.windows.filter((_, i) => overloaded[i]);
  const plateau = over.filter((window) => window.goodput >= onPlateau * best);
  const sustained = Math.max(0, ...view.windows.filter((_, i) => !overloaded[i]).map((window) => window.goodput));
  if (over.length === 0) return { rate: { kind: 'at-least', low: best }, binds: 'physical', provenance: 'lower-bound' };
  if (plateau.length === 0)
    return {
      rate: { kind: 'interval', value: sustained, low: sustained, high: best },
      binds: 'physical',
      provenance: 'reached',
    };
  return { rate: meanRate(plateau, sustained), binds: 'physical', provenance: 'reached' };
}

/** Mean goodput over windows; its interval from their spread by Student's t, never narrower than what counting in one window resolves. */
function meanRate(windows: readonly Window[], sustained: number): Extract<Capacity['rate'], { kind: 'interval' }> {
  const time = windows.reduce((sum, window) => sum + lengthOf(window.span), 0);
  const mean = windows.reduce((sum, window) => sum + window.goodput * lengthOf(window.span), 0) / time;
  const k = windows.length;
  const spread = Math.sqrt(windows.reduce((sum, window) => sum + (window.goodput - mean) ** 2, 0) / Math.max(1, k - 1));
  const between = k > 1 ? (studentTQuantile(0.975, k - 1) * spread) / Math.sqrt(k) : 0;
  const counting = (1.96 * Math.sqrt(mean / time)) / (k > 1 ? 2 : 1);
  const half = Math.max(between, counting);
  const value = Math.max(mean, sustained * 0.99);
  return { kind: 'interval', value, low: Math.max(0, mean - half), high: Math.max(value, mean + half) };
}
