import { fits } from '../model/labels.ts';
import type { Reading } from '../model/reading.ts';
import type { Row } from '../model/sheet.ts';

/** The two must agree within so many standard errors of the looks, or within this share. */
const deviations = 2;
const nearly = 0.05;
/** By so much at most booking loses. */
const lessByBooking = 1.1;
/** In one window alone. */
const deviationsOfOne = 4;
/** Looks that leave more than this open (relative) tell nothing about whether they agree. */
const vague = 0.2;

type Value = Extract<Reading, { readonly kind: 'value' }>;
type Pair = { readonly looked: Value; readonly counted: Value };

/**
 * The rows with the usage of holds as a counter of their time tells it, where it tells the same as looks at the gauge do: seconds kept a second are how many were kept on
 * average (Little 1961), and nothing falls between two scrapes. Where it tells less (sessions keep what no work uses, units are taken and never given back) the looks
 * stand: what is kept is in use, whoever works in it; a counter that books the whole time when a unit is given back stays beside them then.
 */
export function withCountedUsage(rows: readonly Row[]): readonly Row[] {
  const busy = rows.filter(({ role }) => role === 'busy');
  if (busy.length === 0) return rows;
  const usages = rows.filter(({ role, resource }) => role === 'usage' && resource.layer === 'hold');
  const pairs = busy.flatMap((row) => {
    const [usage, another] = usages.filter((one) => isOf(one, row));
    return usage && another === undefined ? [{ usage, row, isSame: agree(usage, row) }] : [];
  });
  const counted = new Map(pairs.filter(({ isSame }) => isSame).map(({ usage, row }) => [usage, row]));
  const apart = new Set(pairs.filter(({ row, isSame }) => row.whole && !isSame).map(({ row }) => row));
  return rows.flatMap((row) => {
    if (row.role === 'busy') return apart.has(row) ? [row] : [];
    const clock = counted.get(row);
    if (!clock) return [row];
    const readings = row.readings.map((looked, i) => inStead(looked, clock.readings[i]));
    return [{ ...row, readings, evidence: { ...clock.evidence, role: row.role } }];
  });
}

const isOf = (usage: Row, { resource, at }: Row): boolean =>
  usage.resource.component === resource.component &&
  usage.resource.resource === resource.resource &&
  fits(at, usage.at);

/** Looks that all found the same number, and more than is booked, found all there is: time is booked in whole milliseconds here and there, and little by little less than it was. */
function inStead(looked: Reading, counted: Reading | undefined): Reading {
  if (counted?.kind !== 'value') return looked;
  const isMore =
    looked.kind === 'value' && looked.value > counted.value && looked.value <= lessByBooking * counted.value;
  return isMore && looked.blocks.length > 0 && scatterOf(looked) === 0
    ? looked
    : { ...counted, error: scatterOf(counted) };
}

/** Nothing is missed between two scrapes; what is booked when a unit is given back still falls into one window or the next by chance. */
function scatterOf({ value, blocks }: Value): number {
  const squares = blocks.reduce((total, block) => total + (block - value) ** 2, 0);
  return blocks.length < 2 ? 0 : Math.sqrt(squares / (blocks.length - 1) / blocks.length);
}

function agree(usage: Row, clock: Row): boolean {
  const pairs = usage.readings.flatMap((looked, i): readonly Pair[] => {
    const counted = clock.readings[i];
    return looked.kind === 'value' && counted?.kind === 'value' ? [{ looked, counted }] : [];
  });
  const [looked, counted] = [sum(pairs.map((pair) => pair.looked.value)), sum(pairs.map((pair) => pair.counted.value))];
  const error = Math.hypot(...pairs.map(errorOf));
  const isKnown = counted > 0 && error <= vague * counted;
  const isSame = Math.abs(looked - counted) <= Math.max(deviations * error, nearly * counted);
  return isKnown && isSame && pairs.every(isNear);
}

const isNear = (pair: Pair): boolean =>
  Math.abs(pair.looked.value - pair.counted.value) <= deviationsOfOne * errorOf(pair) + nearly * pair.counted.value;

/** What looks leave open, if the counter tells the truth: √(n × what is in use) ÷ n (Poisson), and no less than they scatter. */
const errorOf = ({ looked, counted }: Pair): number =>
  Math.max(looked.error ?? 0, Math.sqrt(Math.max(1, counted.value * looked.samples)) / Math.max(1, looked.samples));

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
