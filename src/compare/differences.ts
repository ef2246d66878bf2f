import type { Difference } from '../model/comparison.ts';
import type { Interval } from '../model/interval.ts';
import { holm } from '../stats/holm.ts';
import { mannWhitney } from '../stats/mann-whitney.ts';
import { negligible } from './negligible.ts';
import { type Quantity, quantities } from './quantities.ts';
import { type Ratio, ratioOf } from './ratio-of.ts';
import { repeatsToDecide } from './repeats-to-decide.ts';
import { sentenceOf } from './sentence-of.ts';
import type { Pair } from './set-ups.ts';
import { withinBounds } from './within-bounds.ts';

type Side = readonly (Interval | undefined)[];

/** One quantity as every run of both sides gives it, and what the sides come to. */
type Measured = {
  readonly quantity: Quantity;
  readonly earlier: Side;
  readonly later: Side;
  readonly found: Ratio | undefined;
};

/** A difference, and whether it would also be one if everything compared between the two sides were corrected for at once. */
export type Found = { readonly difference: Difference; readonly stands: boolean };

/** Every quantity that a run of the pair gives, compared. Of several demands compared at once one may differ by chance: Holm's correction. */
export function differences(pair: Pair): readonly Found[] {
  const measured = quantities(pair)
    .map((quantity) => measure(quantity, pair))
    .filter(({ earlier, later }) => [...earlier, ...later].some((value) => value !== undefined));
  const overall = holm(measured.map(chance));
  return measured.map((one, i) => {
    const family = measured.filter(({ quantity }) => quantity.family === one.quantity.family);
    const corrected = holm(family.map(chance))[family.indexOf(one)] ?? 0;
    const difference = differenceOf(one, pair, { size: family.length, p: corrected });
    return { difference, stands: isReal(difference.finding) && (overall[i] ?? 1) < 0.05 };
  });
}

/** Where only a bound is known there is no p: the bound itself says it. */
const chance = ({ found }: Measured): number => found?.p ?? 0;
const isReal = (finding: Difference['finding']): boolean => finding === 'higher' || finding === 'lower';

function measure(quantity: Quantity, pair: Pair): Measured {
  const [earlier, later] = [pair.earlier.map(quantity.read), pair.later.map(quantity.read)];
  const before = tellingOf(earlier);
  const after = tellingOf(later);
  const told = before.length > 0 && after.length > 0;
  return { quantity, earlier, later, found: told ? ratioOf(before, after, quantity.scatter) : undefined };
}

const tellingOf = (side: Side): readonly Interval[] => withinBounds(side.filter((value) => value !== undefined));

/** Which readings of a side took no part in its ratio, because they say nothing against the others. */
function leftOut(side: Side): readonly boolean[] {
  const telling = tellingOf(side);
  return side.map((value) => value !== undefined && !telling.includes(value));
}

function differenceOf(
  measured: Measured,
  pair: Pair,
  family: { readonly size: number; readonly p: number },
): Difference {
  const { quantity, earlier, later, found } = measured;
  const runs = [...pair.earlier, ...pair.later];
  const readings = [...earlier, ...later];
  const finding = findingOf(found?.ratio, family.p);
  const silent = runs.filter((_, i) => readings[i] === undefined).map((report) => pair.called([report]));
  const beside = [...leftOut(earlier), ...leftOut(later)];
  const bounds = runs.filter((_, i) => found && beside[i]);
  const repeats = finding === 'cannot-tell' ? repeatsOf(found, quantity.typical) : undefined;
  const told = {
    quantity,
    earlier: found ? tellingOf(earlier) : earlier,
    later: found ? tellingOf(later) : later,
    ratio: found?.ratio,
    finding,
    silent,
    bounds: bounds.length > 0 ? pair.called(bounds) : undefined,
    family: family.size,
    repeats,
  };
  return {
    what: quantity.what,
    unit: quantity.unit,
    runs: runs.map(({ run }) => run.id),
    values: readings.map(pointOf),
    ratio: found?.ratio ?? null,
    effect: effectOf(earlier, later),
    finding,
    repeats: repeats ?? null,
    sentence: sentenceOf(told),
  };
}

/** At the scatter that the repeats show; of one run each, which show none, at that of most systems. */
function repeatsOf(found: Ratio | undefined, typical: number): number | undefined {
  if (found?.ratio.kind !== 'interval') return undefined;
  return repeatsToDecide(Math.log(found.ratio.value), found.spread ?? typical, Math.log(1 + negligible));
}

/** Two runs a side lie apart by chance one time in three. */
const fewestForEffect = 3;

function effectOf(earlier: Side, later: Side): number | null {
  const [before, after] = [earlier, later].map((side) =>
    side.flatMap((value) => (value?.kind === 'interval' ? [value.value] : [])),
  );
  if (!before || !after || Math.min(before.length, after.length) < fewestForEffect) return null;
  return mannWhitney(before, after).delta;
}

/** The one number of a reading: its point, else the side that is known. */
function pointOf(value: Interval | undefined): number | null {
  if (value === undefined) return null;
  if (value.kind === 'interval') return value.value;
  return value.kind === 'at-least' ? value.low : value.high;
}

function findingOf(ratio: Interval | undefined, p: number): Difference['finding'] {
  if (ratio === undefined) return 'cannot-tell';
  const low = ratio.kind === 'at-most' ? Number.NEGATIVE_INFINITY : ratio.low;
  const high = ratio.kind === 'at-least' ? Number.POSITIVE_INFINITY : ratio.high;
  if (low >= 1 / (1 + negligible) && high <= 1 + negligible) return 'equivalent';
  if (p >= 0.05) return 'cannot-tell';
  if (low > 1) return 'higher';
  return high < 1 ? 'lower' : 'cannot-tell';
}
