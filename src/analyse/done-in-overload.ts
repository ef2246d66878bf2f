import { timeIn } from '../model/cell.ts';
import type { Window } from '../model/sheet.ts';
import { perSecond } from '../model/units.ts';
import { type Case, fillOf, isSame } from './cases.ts';
import type { First } from './first.ts';
import { meanRate, type Range } from './plateau.ts';
import type { Judged } from './roots.ts';
import type { View } from './view.ts';

/** In windows in which it is this full it does what it can. */
const asGoodAsFull = 0.9;
const two = 1.96;

type Given = {
  readonly view: View;
  readonly overloaded: readonly boolean[];
  /** Position from which on goodput no longer follows. */
  readonly plateau: number | undefined;
};

/**
 * For how many requests a second what is full does the work while the target falls behind, whatever becomes of their answers: what it completes there ÷ what it completes for a good answer where the
 * target keeps up (the forced flow law, Denning and Buzen 1978). More than were answered well is work in vain: time-outs, retries. Of the first resource (of a cache: of what it leaves too much
 * work) where that counts what it completes, else the least of the pools that wait for it: what they lend for passes through it. Threads answer what is turned away as well, and not what is given up.
 */
export function doneInOverload(judged: readonly Judged[], first: First | undefined, given: Given): Range | undefined {
  const named = first?.judged.one;
  // What fills only later is not what stopped goodput.
  if (!named || (first.judged.saturation.onset ?? 0) > (given.plateau ?? 0)) return undefined;
  const doneIn = (one: Case): Range | undefined =>
    doneBy(
      judged.flatMap((each) => (isSame(each.one.resource, one.resource) ? [each.one] : [])),
      given,
    );
  const waitFor = (below: readonly Case[], by: 'misses' | undefined): readonly Case[] =>
    judged.flatMap(({ one, standing }) =>
      standing.kind === 'symptom' &&
      standing.by === by &&
      below.some(({ resource }) => isSame(standing.of.resource, resource))
        ? [one]
        : [],
    );
  const full = [named, ...waitFor([named], 'misses')];
  const pools = [...full, ...waitFor(full, undefined)].filter(({ resource }) => resource.kind === 'pool');
  return doneIn(named) ?? pools.flatMap((one) => doneIn(one) ?? []).toSorted((a, b) => a.value - b.value)[0];
}

function doneBy(alike: readonly Case[], { view, overloaded }: Given): Range | undefined {
  const counted = view.windows.flatMap((window, i) => {
    const completed = alike.flatMap((one) => one.completions?.[i] ?? []);
    if (completed.length < alike.length || window.goodput <= 0) return [];
    const isFull = alike.some((one) => (fillOf(one, i) ?? 0) >= asGoodAsFull);
    return [{ window, completed: sum(completed), isOver: overloaded[i] === true, isFull }];
  });
  const calm = counted.filter(({ isOver }) => !isOver);
  const over = counted.filter(({ isOver, isFull }) => isOver && isFull);
  if (calm.length < 2 || over.length === 0) return undefined;
  const each = sum(calm.map(({ window, completed }) => completed * timeIn(window))) / answersIn(calm);
  if (each <= 0) return undefined;
  const scatter = calm.reduce((all, { window, completed }) => all + (completed / window.goodput / each - 1) ** 2, 0);
  const error = two * Math.sqrt(scatter / (calm.length - 1) / calm.length);
  const rate = meanRate(
    over.map(({ window, completed }): Window => ({ ...window, goodput: perSecond(completed / each) })),
  );
  return {
    value: rate.value,
    low: rate.value - Math.hypot(rate.value - rate.low, error * rate.value),
    high: rate.value + Math.hypot(rate.high - rate.value, error * rate.value),
  };
}

const answersIn = (counted: readonly { readonly window: Window }[]): number =>
  sum(counted.map(({ window }) => window.goodput * timeIn(window)));

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
