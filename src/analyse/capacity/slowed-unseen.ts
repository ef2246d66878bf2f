import type { SlowedUnseen } from '../../model/finding.ts';
import { perSecond } from '../../model/units.ts';
import { median } from '../../stats/median.ts';
import { type Case, fillOf, known } from '../seen/cases.ts';
import { slownessIn } from '../seen/slowness.ts';
import type { View } from '../seen/view.ts';

/** The highest loads are those from this share of the highest on, and one alone may be chance. */
const nearTop = 0.9;
const fewest = 2;
/** Answers that take so many times as long wait as long as they work: something is half full at least (M/M/1). */
const slower = 2;
/** What does not tell who waits for it may be what answers wait for, where it is so much used. */
const muchUsed = 0.5;
/** What counts as waiting at the top, and is so many times what it was at low load, may be what answers wait for. */
const grown = 1.5;
/** Of a quota: work that is held back in fewer periods than this is a little slower. */
const somePeriods = 0.3;

/**
 * Whether answers wait at the highest loads for something that nobody sees: they take at least twice as long as at low load, while goodput follows, and in nothing that is observed work waits or so much is in use
 * that it might. What is seen ends where its line does; this ends before that, nobody knows where.
 */
export function slowedUnseen(
  cases: readonly Case[],
  view: View,
  plateau: number | undefined,
): SlowedUnseen | undefined {
  if (plateau !== undefined) return undefined;
  const most = Math.max(...view.windows.map(({ load }) => load));
  const top = view.windows.flatMap(({ load }, i) => (load >= nearTop * most ? [i] : []));
  const { base, of } = slownessIn(view);
  const took = top.flatMap((i) => (view.windows[i] ? (of(view.windows[i]) ?? []) : []));
  if (took.length < fewest || !Number.isFinite(base)) return undefined;
  const times = median(took) / base;
  if (times < slower || cases.some((one) => mayHoldUp(one, view, top))) return undefined;
  return { times, from: perSecond(Math.min(...top.map((i) => view.windows[i]?.load ?? most))) };
}

/** Whether answers may wait for it at the top: its own work waits there, or it is much used and tells nobody who waits. */
function mayHoldUp(one: Case, view: View, top: readonly number[]): boolean {
  if (known(one.refusals, top).some((refused) => refused > one.refusalsFloor)) return true;
  const waiting = known(one.queue, top);
  if (waiting.length === 0) return one.resource.kind !== 'space' && top.some((i) => (fillOf(one, i) ?? 0) >= muchUsed);
  const [late, low] = [median(waiting), known(one.queue, view.low)];
  if (one.resource.kind === 'quota') return late >= somePeriods;
  return late >= one.queueFloor && late > grown * (low.length > 0 ? median(low) : 0);
}
