import type { Window } from '../../model/sheet.ts';
import { shortfall } from '../../model/shortfall.ts';
import { perSecond } from '../../model/units.ts';
import { median } from '../../stats/median.ts';
import { ratioInterval } from '../../stats/ratio-interval.ts';
import { type Case, isSame, sumAt } from '../seen/cases.ts';
import { countedRate, type Range } from '../seen/plateau.ts';
import { selective } from '../seen/selective.ts';
import type { View } from '../seen/view.ts';

/** The share of the work that goes to one of several instances, and how many of its size these all are together. */
export type Hot = { readonly share: number; readonly instances: number };

/** One that has less than so many times what would be even for its size is not hot. */
const hot = 1.25;
const fewestWindows = 3;
/** Windows of one kind tell the same of what the hot instance carries, and no less than it did before, within this. */
const agree = 0.1;

/** The instance that is first and has clearly more of the work for its size than the others, while the target kept up: a small one to which as much comes as to each is hot. */
export function hotInstanceOf(
  one: Case,
  around: readonly Case[],
  view: View,
  sustained: readonly boolean[],
): Hot | undefined {
  const alike = around.filter(({ resource }) => isSame(resource, one.resource));
  const shares = view.windows.flatMap((_, i) => {
    const [all, own] = [sumAt(alike, 'usage', i), one.usage[i]];
    return sustained[i] && all !== undefined && all > 0 && own !== undefined ? [{ x: all, y: own }] : [];
  });
  const known = shares.length < fewestWindows ? undefined : ratioInterval(shares, 0.95);
  const instances = sizesOfIt(one, alike);
  return known && known.low * instances >= hot ? { share: known.value, instances } : undefined;
}

/** As many as there are, where they are of one size or nobody tells it. */
function sizesOfIt(one: Case, alike: readonly Case[]): number {
  const last = one.usage.findLastIndex((usage) => usage !== undefined);
  const [all, own] = [sumAt(alike, 'ceiling', last), one.ceiling[last]];
  return all === undefined || !own ? alike.length : all / own;
}

/**
 * What is carried whole where one instance is full and the others go on: of each further request its share fails and the rest is answered, so goodput rises on beyond the load that counts. What the hot one carries is what
 * comes to it less what fails; all falls behind where what fails is `shortfall` of everything. Undefined where the windows do not agree on that (overload broke it down), or where even instances would carry
 * hardly more, so that what all carry at best is the plateau.
 */
export function carriedBeside(over: readonly Window[], { share, instances }: Hot, kept: Range): Range | undefined {
  const carried = over.map(({ load, goodput }) => share * load - (load - goodput));
  const own = median(carried);
  if (share <= 2 * shortfall || own < (1 - agree) * share * kept.value) return undefined;
  if (carried.some((each) => Math.abs(each / own - 1) > agree)) return undefined;
  const load = own / (share - shortfall);
  const value = Math.max(kept.value, (1 - shortfall) * load);
  if (instances * own <= selective * selective * value) return undefined;
  const [window] = over;
  const { low, high } = window ? countedRate({ ...window, goodput: perSecond(value) }) : kept;
  return { value, low: Math.max(low, Math.min(kept.low, value)), high };
}
