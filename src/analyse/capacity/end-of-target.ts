import type { Capacity, Findings } from '../../model/finding.ts';
import type { Judged } from '../roots/judged.ts';
import type { View } from '../seen/view.ts';
import { carriedBy, noLessThan } from './capacity.ts';
import { backlogOf, behindIn, piledUpOf, workedOff } from './piled-up.ts';

type Ending = {
  readonly judged: readonly Judged[];
  readonly view: View;
  readonly plateau: number | undefined;
  readonly overloaded: readonly boolean[];
  /** What was answered well in windows that are not judged. */
  readonly beside: number;
  /** Something was away where goodput stopped following. */
  readonly isCutShort: boolean;
};

/** What the target carries, and in a window in which it kept up; where work piles up that nobody waits for, no more than is worked off. */
export function endOfTarget(
  told: Capacity | undefined,
  { judged, view, plateau, overloaded, beside, isCutShort }: Ending,
): Pick<Findings, 'capacity' | 'backlog' | 'carried'> {
  const piledUp = isCutShort ? undefined : piledUpOf(judged, view, plateau);
  if (!piledUp) return { capacity: noLessThan(told, beside), carried: carriedBy(view, overloaded) };
  return {
    capacity: lesser(told, workedOff(piledUp, judged, view)),
    backlog: backlogOf(piledUp, view),
    carried: carriedBy(view, behindIn(piledUp, judged, view)),
  };
}

/** An objective that is crossed before work piles up binds before that does. */
function lesser(told: Capacity | undefined, backlog: Capacity): Capacity {
  const most = backlog.rate.kind === 'interval' ? backlog.rate.value : Number.POSITIVE_INFINITY;
  const isBefore = told?.binds === 'objective' && told.rate.kind === 'interval' && told.rate.value < most;
  return isBefore ? told : backlog;
}
