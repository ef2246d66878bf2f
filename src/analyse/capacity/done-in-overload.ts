import { timeIn } from '../../model/cell.ts';
import type { Window } from '../../model/sheet.ts';
import { perSecond } from '../../model/units.ts';
import { inversePrediction } from '../../stats/inverse-prediction.ts';
import { nonNegativeLine } from '../../stats/non-negative-line.ts';
import { sum } from '../../stats/sum.ts';
import type { First } from '../roots/first.ts';
import type { Judged } from '../roots/judged.ts';
import { type Case, fillOf, isSame, nameOf, sumAt } from '../seen/cases.ts';
import { meanRate, type Range } from '../seen/plateau.ts';
import { varies } from '../seen/points.ts';
import type { View } from '../seen/view.ts';

/** In windows in which it is this full it does what it can. */
const asGoodAsFull = 0.9;
/** More in use than there is: its counters are read late, and run too fast. */
const moreThanAll = 1.05;
const leastPoints = 3;

type Given = {
  readonly view: View;
  readonly overloaded: readonly boolean[];
  /** Position from which on goodput no longer follows. */
  readonly plateau: number | undefined;
};

/** Work for so many requests a second; `again` whether some of them were worked for more than once (retries), undefined where nobody counts them in front of that. */
export type Done = Range & { readonly again?: boolean | undefined };

/**
 * For how many requests a second what is full does the work while the target falls behind, whatever becomes of their answers: what it completes there by the line of what it completes for good answers where the
 * target keeps up (the forced flow law, Denning and Buzen 1978; others may let it do something besides). More than were answered well is work in vain: time-outs, retries. Of the first resource (of a cache: of what it leaves too much
 * work) where that counts what it completes, else the least of the pools that wait for it: what they lend for passes through it. Threads answer what is turned away as well, and not what is given up.
 * Where nothing is first, of the pools that something unseen keeps full. Where that is more than anything else counts, requests are worked for again and again: the least of those counts is how many there are.
 */
export function doneInOverload(judged: readonly Judged[], first: First | undefined, given: Given): Done | undefined {
  const isInTime = ({ saturation: { onset = Number.POSITIVE_INFINITY, since = onset } }: Judged): boolean =>
    since <= (given.plateau ?? 0);
  // What fills only later is not what stopped goodput.
  if (first && !isInTime(first.judged)) return undefined;
  const named = first?.judged.one;
  const told = named ? [named, ...poolsAbove(named, judged)] : keptPools(judged.filter(isInTime));
  const counts = told.flatMap((one) => {
    const alike = judged.flatMap((each) => (isSame(each.one.resource, one.resource) ? [each.one] : []));
    const isFull = given.view.windows.map((_, i) => alike.some((each) => isDoing(fillOf(each, i) ?? 0)));
    const done = doneBy(countOf(alike, given.view), isFull, given);
    return done ? [{ one, done, isFull }] : [];
  });
  const found = counts.find(({ one }) => one === named) ?? counts.toSorted((a, b) => a.done.value - b.done.value)[0];
  return found && againOrNot(found.done, found.isFull, judged, given);
}

const isDoing = (fill: number): boolean => fill >= asGoodAsFull && fill <= moreThanAll;

/** Pools that wait for it, or for what a cache leaves too much work. */
function poolsAbove(named: Case, judged: readonly Judged[]): readonly Case[] {
  const waitFor = (below: readonly Case[], isDirect: boolean): readonly Case[] =>
    judged.flatMap(({ one, standing }) =>
      standing.kind === 'symptom' &&
      (standing.by === undefined) === isDirect &&
      below.some(({ resource }) => isSame(standing.of.resource, resource))
        ? [one]
        : [],
    );
  const full = [named, ...waitFor([named], false)];
  return [...full, ...waitFor(full, true)].filter(isPool);
}

/** Pools that something unseen keeps full. */
const keptPools = (judged: readonly Judged[]): readonly Case[] =>
  judged.flatMap(({ one, standing }) => (standing.kind === 'held' && isPool(one) ? [one] : []));

const isPool = ({ resource }: Case): boolean => resource.kind === 'pool';

/** Held against what else is counted in the same windows: at the door of the target, and by every other resource. */
function againOrNot(done: Range, isFull: readonly boolean[], judged: readonly Judged[], given: Given): Done {
  const { view } = given;
  const door = doneBy(
    view.windows.map(({ answered }) => answered),
    isFull,
    given,
  );
  const groups = [...Map.groupBy(judged, ({ one }) => nameOf(one)).values()];
  const others = groups.flatMap((group) => {
    const alike = group.map(({ one }) => one);
    return doneBy(countOf(alike, view), isFull, given) ?? [];
  });
  const least = [...others, ...(door ? [door] : [])].toSorted((a, b) => a.high - b.high)[0];
  // Without what came again more could be carried, up to all that was worked for.
  if (least && least.high < done.low) return { ...least, high: done.high, again: true };
  return { ...done, again: door ? false : undefined };
}

type Count = readonly (number | undefined)[];

/** What all of some completed in each window. */
export const countOf = (alike: readonly Case[], { windows }: View): Count =>
  windows.map((_, i) => sumAt(alike, 'completions', i));

/** For how many good answers a second that is, in the windows that are too much and in which what counts is full. */
export function doneBy(count: Count, isFull: readonly boolean[], { view, overloaded }: Given): Range | undefined {
  const counted = view.windows.flatMap((window, i) => {
    const completed = count[i];
    return completed === undefined
      ? []
      : [{ window, completed, isOver: overloaded[i] === true, isFull: isFull[i] === true }];
  });
  const calm = counted.filter(({ window, isOver }) => !isOver && window.goodput > 0);
  const over = counted.filter(({ isOver, isFull }) => isOver && isFull);
  if (over.length === 0 || calm.length < leastPoints || !varies(calm.map(({ window }) => window.goodput)))
    return undefined;
  // Counted at random (Poisson): of a longer window, and of a lower rate, a rate is known the better.
  const fitted = nonNegativeLine(
    calm.map(({ window }) => window.goodput),
    calm.map(({ completed }) => completed),
    calm.map(({ window, completed }) => timeIn(window) / Math.max(completed, 1)),
  );
  const time = sum(over.map(({ window }) => timeIn(window)));
  const height = sum(over.map(({ window, completed }) => completed * timeIn(window))) / time;
  const found = inversePrediction(fitted, height);
  if (found?.kind !== 'interval') return undefined;
  const worked = ({ window, completed }: Counted): Window => ({
    ...window,
    goodput: perSecond(Math.max(0, completed - fitted.intercept) / fitted.slope),
  });
  const chance = meanRate(over.map(worked));
  return {
    value: found.value,
    low: found.value - Math.hypot(found.value - found.low, chance.value - chance.low),
    high: found.value + Math.hypot(found.high - found.value, chance.high - chance.value),
  };
}

/** All that was completed in a window, by all instances. */
type Counted = { readonly window: Window; readonly completed: number };
