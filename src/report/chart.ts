import type { Axis } from './axis.ts';

/** One line of a chart: its points over the chart's loads, each with its words; `tone` names a colour of the page. */
export type Line = {
  readonly name: string;
  readonly tone: string;
  readonly width: number;
  readonly dash: readonly number[];
  readonly points: readonly (number | null)[];
  readonly texts: readonly string[];
  /** Whether the line goes on over loads at which it has no point. */
  readonly spans?: boolean;
};

/** A stretch of load that is marked from top to bottom; `from` equals `to` for a single load. */
export type Mark = { readonly from: number; readonly to: number; readonly tone: string; readonly text: string };

/** A chart over load as data: the page only draws it. Loads rise. */
export type Chart = {
  readonly id: string;
  readonly title: string;
  readonly loads: readonly number[];
  readonly loadTexts: readonly string[];
  readonly x: Axis;
  readonly y: Axis;
  readonly lines: readonly Line[];
  readonly marks: readonly Mark[];
  /** Whether neighbours belong together; a window of other people's traffic has none. */
  readonly isJoined: boolean;
};

/** What stands at every load, sorted by load. */
export function byLoad<T>(
  items: readonly T[],
  loadOf: (item: T) => number,
): readonly { readonly item: T; readonly index: number }[] {
  return items.map((item, index) => ({ item, index })).toSorted((a, b) => loadOf(a.item) - loadOf(b.item));
}
