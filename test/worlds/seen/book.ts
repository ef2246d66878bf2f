import { type Labels, textOf } from '../../../src/model/labels.ts';
import type { SampleSeries } from '../../../src/model/signal.ts';

/** One series that grows: samples are put at its end; a time that is not later than the last is not put. */
export type Column = { readonly put: (time: number, value: number) => void; readonly read: () => SampleSeries };

/** Every series that a Prometheus would keep, each under its labels once. */
export type Book = {
  readonly column: (labels: Labels) => Column;
  readonly series: () => readonly SampleSeries[];
};

export function openBook(): Book {
  const columns = new Map<string, Column>();
  return {
    column(labels) {
      const key = textOf(labels);
      const known = columns.get(key);
      if (known) return known;
      const made = columnOf(labels);
      columns.set(key, made);
      return made;
    },
    series: () =>
      [...columns.values()]
        .map((column) => column.read())
        .filter(({ times }) => times.length > 0)
        .map((series) => ({ series, pairs: Object.entries(series.labels).sort(byText) }))
        .sort((one, other) => inOrder(one.pairs, other.pairs))
        .map(({ series }) => series),
  };
}

type Pair = readonly [label: string, value: string];

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
const byText = ([one]: Pair, [other]: Pair): number => compare(one, other);

/** Prometheus sorts series by their labels, one after the other: sums are added up in that order. */
function inOrder(some: readonly Pair[], others: readonly Pair[]): number {
  for (const [index, [label, value]] of some.entries()) {
    const [otherLabel, otherValue] = others[index] ?? [];
    if (otherLabel === undefined || otherValue === undefined) return 1;
    const order = compare(label, otherLabel) || compare(value, otherValue);
    if (order !== 0) return order;
  }
  return some.length - others.length;
}

function columnOf(labels: Labels): Column {
  let times = new Float64Array(64);
  let values = new Float64Array(64);
  let count = 0;
  let last = Number.NEGATIVE_INFINITY;
  const grown = (full: Float64Array): Float64Array<ArrayBuffer> => {
    const larger = new Float64Array(2 * full.length);
    larger.set(full);
    return larger;
  };
  return {
    put(time, value) {
      if (time <= last) return;
      if (count === times.length) {
        times = grown(times);
        values = grown(values);
      }
      times[count] = time;
      values[count] = value;
      last = time;
      count += 1;
    },
    read: () => ({ labels, times: times.slice(0, count), values: values.slice(0, count) }),
  };
}
