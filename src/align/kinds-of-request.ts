import type { Cell } from '../model/cell.ts';
import type { Traffic } from '../model/collected.ts';
import type { LoadWindow } from '../model/load-record.ts';
import type { SampleSeries } from '../model/signal.ts';
import type { Span } from '../model/span.ts';
import { line } from '../stats/line.ts';
import { median } from '../stats/median.ts';
import { countedIn, reachBack, sumOf } from './measure.ts';
import type { Slot } from './slots.ts';

/** A kind explains something where it leaves no more than this share of its standard deviation. */
const unexplained = 0.5;
const leastSlots = 12;

/** What was asked for of one kind, a second, slot by slot. */
export type Kind = { readonly name: string; readonly rates: readonly number[] };

/** The kinds of request that the target's own account of its traffic tells apart; none where there is but one. */
export function kindsBySlot(traffic: Traffic, slots: readonly Slot[]): readonly Kind[] {
  const groups = seriesOfKinds(traffic);
  const rateIn = (own: readonly SampleSeries[], { from, to }: Slot): number =>
    sumOf(own, 'counter', from - reachBack(traffic.interval), to, traffic.interval)?.value ?? 0;
  return groups.map(([name, own]) => ({ name, rates: slots.map((slot) => rateIn(own, slot)) }));
}

/** Answers a second of each kind in a window; undefined where there is but one. */
export function mixIn(traffic: Traffic, where: { readonly span: Span; readonly cell?: Cell }): LoadWindow['mix'] {
  const groups = seriesOfKinds(traffic);
  if (groups.length === 0) return undefined;
  return Object.fromEntries(groups.map(([name, own]) => [name, countedIn(traffic, own, where) ?? 0]));
}

function seriesOfKinds({ kinds = [], completions }: Traffic): readonly (readonly [string, readonly SampleSeries[]])[] {
  const kindOf = ({ labels }: SampleSeries): string => kinds.flatMap((label) => labels[label] ?? []).join(' ');
  const groups = [...Map.groupBy(completions, kindOf)].filter(([name]) => name !== '');
  return groups.length < 2 ? [] : groups;
}

/** A kind of request that was asked for out of its usual share just where something happened. */
export type Extra = { readonly name: string; readonly share: number; readonly usual: number };

/**
 * The kind of request that brings what the load alone does not explain: the more of it is asked for beyond its usual share, the more is left to be explained, so that hardly anything is without it.
 *
 * @param rest what the load does not explain, slot by slot
 * @param within where it is to be told of
 */
export function broughtBy(
  rest: readonly (number | undefined)[],
  slots: readonly Slot[],
  kinds: readonly Kind[],
  within: readonly number[],
): Extra | undefined {
  const seen = [...slots.keys()].filter((i) => rest[i] !== undefined && (slots[i]?.rate ?? 0) > 0);
  if (seen.length < leastSlots || within.length === 0) return undefined;
  const values = seen.map((i) => rest[i] ?? 0);
  const spread = deviationOf(values);
  const told = kinds.map(({ name, rates }) => {
    const shareAt = (i: number): number => (rates[i] ?? 0) / (slots[i]?.rate ?? 1);
    const usual = median(seen.map(shareAt));
    const extra = seen.map((i) => (rates[i] ?? 0) - usual * (slots[i]?.rate ?? 0));
    const fitted = deviationOf(extra) > 0 ? line(extra, values) : undefined;
    const left = fitted && fitted.slope > 0 ? deviationOf(fitted.residuals) / spread : 1;
    return { name, usual, share: median(within.map(shareAt)), left };
  });
  const [first] = told.toSorted((a, b) => a.left - b.left);
  return first && first.left <= unexplained && first.share > first.usual
    ? { name: first.name, share: first.share, usual: first.usual }
    : undefined;
}

function deviationOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
