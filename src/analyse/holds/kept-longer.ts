import { median } from '../../stats/median.ts';
import { sum } from '../../stats/sum.ts';
import { type Case, isSame, known, type Track } from '../seen/cases.ts';
import type { View } from '../seen/view.ts';
import { doneBy, lowHoldTime } from './hold-time.ts';

type Placed = { readonly view: View; readonly plateau: number; readonly around: readonly Case[] };

/** Units in use in all instances of a hold, beyond those at low load. */
export function keptIn(hold: Case, { view, plateau, around }: Placed): number {
  const alike = around.filter(({ resource }) => isSame(resource, hold.resource));
  return alike.reduce((sum, { usage }) => sum + (rise(usage, view, plateau) ?? 0), 0);
}

/** Units in use in all instances of a hold beyond what so much work would keep if it took as long as at low load (Little 1961); what is done is counted, or else what is answered. */
export function keptLonger(hold: Case, { view, plateau, around }: Placed): number {
  const alike = around.filter(({ resource }) => isSame(resource, hold.resource));
  const late = from(view, plateau).flatMap((i) => {
    const longer = alike.flatMap((one) => {
      const [used, low] = [one.usage[i], lowHoldTime(one, view)];
      const work = doneBy(one, view, i);
      return used === undefined || low === undefined || work === undefined ? [] : [used - work * low];
    });
    return longer.length === alike.length ? [sum(longer)] : [];
  });
  return late.length === 0 ? keptIn(hold, { view, plateau, around }) : median(late);
}

/** From low load to the windows in which goodput no longer follows. */
export function rise(track: Track | undefined, view: View, plateau: number): number | undefined {
  const [low, late] = [known(track, view.low), known(track, from(view, plateau))];
  return low.length === 0 || late.length === 0 ? undefined : median(late) - median(low);
}

/** The positions from one on. */
export const from = (view: View, start: number): readonly number[] =>
  view.windows.map((_, i) => i).filter((i) => i >= start);
