const numberWithUnit = /(\d+(?:\.\d+)?)( (?:%|µs|ms|s|min)(?![\p{L}\d]))?/gu;

/** Seconds in those that are not alone of their kind. */
const scales: Readonly<Record<string, number>> = { ' µs': 1e-6, ' ms': 1e-3, ' min': 60 };

/**
 * Texts of which those that differ only in their numbers are told once, with the range that each number had.
 *
 * @example onceEach(['3 % not sent', 'late', '5 % not sent']) // => ['3–5 % not sent', 'late']
 */
export function onceEach(texts: readonly string[]): readonly string[] {
  const alike = Map.groupBy(new Set(texts), (text) => text.replace(numberWithUnit, '#'));
  return [...alike.values()].map((group) => {
    const [first = ''] = group;
    const numbers = group.map((text) => [...text.matchAll(numberWithUnit)]);
    const columns = numbers[0]?.map((_, i) => numbers.map((each) => each[i])) ?? [];
    const ranges = columns.map((column) => rangeOf(column.filter((each) => each !== undefined)));
    return first.replace(numberWithUnit, () => ranges.shift() ?? '');
  });
}

/** From the lowest to the highest, each as it stands in its text, with one unit where they have the same. */
function rangeOf(found: readonly RegExpExecArray[]): string {
  const inOrder = found.toSorted((a, b) => amountOf(a) - amountOf(b));
  const [low, high] = [inOrder[0], inOrder.at(-1)];
  if (!low || !high || low[0] === high[0]) return low?.[0] ?? '';
  return `${low[2] === high[2] ? low[1] : low[0]}–${high[0]}`;
}

const amountOf = ([, value, unit = '']: RegExpExecArray): number => Number(value) * (scales[unit] ?? 1);
