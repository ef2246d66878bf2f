import type { Capacity } from '../../model/finding.ts';
import { atCeiling } from '../../model/full.ts';
import type { Interval } from '../../model/interval.ts';
import type { Sheet } from '../../model/sheet.ts';
import { borrows } from '../cost/borrows.ts';
import type { Cost } from '../cost/cost.ts';
import { oneEach } from '../cost/costs.ts';
import { leastWithoutEnd } from '../cost/without-end.ts';
import { type First, firstOf } from '../roots/first.ts';
import type { Judged } from '../roots/judged.ts';
import { type Case, fillOf, isCollected, isSame } from '../seen/cases.ts';
import { isCount } from '../seen/may-grow.ts';
import { plateauFrom } from '../seen/overload.ts';
import type { View } from '../seen/view.ts';
import { capacityOf, carriedBy, carriedCapacity, extrapolated } from './capacity.ts';
import { doneInOverload } from './done-in-overload.ts';
import { hotInstanceOf } from './hot-instance.ts';
import { minimumOf } from './minimum.ts';
import type { Crossing } from './objective.ts';

type Given = {
  readonly view: View;
  readonly axis: Sheet['axis'];
  readonly overloaded: readonly boolean[];
  readonly plateau: number | undefined;
  readonly crossing: Crossing | undefined;
  readonly costs: ReadonlyMap<Case, Cost>;
  readonly leaks: (one: Case) => boolean;
  /** What is carried at most if more goes on to fail as it did. */
  readonly fails: Interval | undefined;
};

/** What the target carries, as the windows and its resources tell: what was reached, else where the least of them ends or too much begins to fail, else what was carried. */
export function targetCapacity(judged: readonly Judged[], given: Given): Capacity | undefined {
  const { view, axis, overloaded, plateau, crossing, costs, leaks, fails } = given;
  if (judged.some(({ one, standing }) => standing.kind === 'root' && leaks(one)))
    return carriedCapacity(view, overloaded);
  const full = axis === 'arrivals' || overloaded.some(Boolean) ? overloaded : fullIn(judged, view, costs);
  const [first] = firstOf(judged, view, plateau);
  const sustained = overloaded.map((over) => !over);
  const reached = capacityOf(view, full, crossing, {
    axis,
    own: ownOfFirst(judged, first, costs),
    passed: passedAt(judged, view),
    lent: first !== undefined && borrows(first.judged.one, sustained),
    done: doneInOverload(judged, first, { view, overloaded: full, plateau: plateauFrom(full, view) }),
    kills: first && isKilling(first.judged.one),
    hot:
      first &&
      hotInstanceOf(
        first.judged.one,
        judged.map(({ one }) => one),
        view,
        sustained,
      ),
    mayFall: first?.judged.one.ceiling.every((ceiling) => ceiling === undefined),
  });
  const own = oneEach(ofThisLoad(judged), costs);
  return extrapolated(
    reached,
    fails ? [...own, fails] : own,
    leastWithoutEnd(ofThisLoad(judged), costs, { carried: carriedBy(view, full) ?? 0, sustained }),
  );
}

/** Space that refused something at its limit, or that is collected without end: at a peak of what is inside. */
const isKilling = (one: Case): boolean =>
  isCollected(one) || (one.resource.kind === 'space' && (one.refusals?.some((refused) => (refused ?? 0) > 0) ?? false));

/**
 * Where only answers are counted and nothing shows that they fall behind (one window that caught more of them than there were hides it), what is full shows where they do, unless they go on all the same; not what made work wait
 * and whose own line ends beyond all that was answered: for certain, or as far as is known where on average it was not all in use there.
 */
function fullIn(judged: readonly Judged[], view: View, costs: ReadonlyMap<Case, Cost>): readonly boolean[] {
  const top = Math.max(0, ...view.windows.map(({ goodput }) => goodput));
  const highest = view.windows.findIndex(({ goodput }) => goodput === top);
  const endsBeyond = (one: Case, rate: Interval | undefined): boolean =>
    rate?.kind === 'interval' &&
    (rate.low > top || (rate.value > top && (fillOf(one, highest) ?? atCeiling) < atCeiling));
  const roots = judged.filter(
    ({ one, standing }) => standing.kind === 'root' && !endsBeyond(one, costs.get(one)?.capacity?.rate),
  );
  const full = view.windows.map((_, i) => roots.some(({ saturation }) => saturation.saturated[i] === true));
  const rates = view.windows.flatMap(({ goodput }, i) => (full[i] ? [goodput] : []));
  return rates.length > 0 && top > goesOn * Math.min(...rates) ? full.map(() => false) : full;
}

/** Where so much more is answered than in the first window in which something was full, answers do not wait for it: workers of a queue, which is asked for more than they do. */
const goesOn = 1.3;

/** What the first saturated resource alone would carry, the least of its instances; a pool of nodes what the instances carry that it has places for, a cache what it feeds. */
function ownOfFirst(
  judged: readonly Judged[],
  first: First | undefined,
  costs: ReadonlyMap<Case, Cost>,
): Interval | undefined {
  const named = first?.judged.one.resource;
  const alike = judged.filter(
    ({ one, standing }) =>
      named &&
      (isSame(one.resource, named)
        ? standing.kind === 'root' && standing.by === undefined && !isCount(one)
        : standing.kind === 'symptom' && standing.by !== undefined && isSame(standing.of.resource, named)),
  );
  return minimumOf(
    oneEach(
      alike.map(({ one }) => one),
      costs,
    ),
  );
}

/** The load at which what a cache feeds was full. */
function passedAt(judged: readonly Judged[], { windows }: View): number | undefined {
  const onsets = judged.flatMap(({ saturation, standing }) =>
    standing.kind === 'symptom' && standing.by === 'misses' ? (saturation.onset ?? []) : [],
  );
  return onsets.length === 0 ? undefined : windows[Math.min(...onsets)]?.load;
}

/** What others fill says nothing about this load. */
const ofThisLoad = (judged: readonly Judged[]): readonly Case[] =>
  judged.filter(({ standing }) => standing.kind !== 'bystander').map(({ one }) => one);
