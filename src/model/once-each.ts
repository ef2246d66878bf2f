const numberWithUnit = /(\d+(?:\.\d+)?)( (?:%|µs|ms|s|min)(?![\p{L}\d]))?/gu;

/** Seconds in those that are not alone of their kind. */
const scales: Readonly<Record<string, number>> = { ' µs': 1e-6, ' ms': 1e-3, ' min': 60 };

/**
 * Texts of which those that differ only in their numbers are told once: with the range that each number had, or, where they are names (a port, a pod), by the first of them and how many more there are.
 *
 * @example onceEach(['3 % not sent', 'late', '5 % not sent']) // => ['3–5 % not sent', 'late']
 * @example onceEach(['pod-1 is new', 'pod-2 is new']) // => ['pod-1 is new, and once more alike']
 */
export function onceEach(texts: readonly string[]): readonly string[] {
  const alike = Map.groupBy(new Set(texts), (text) => text.replace(numberWithUnit, '#'));
  return [...alike.values()].map((group) => {
    const [first = ''] = group;
    const numbers = group.map((text) => [...text.matchAll(numberWithUnit)]);
    const columns = numbers[0]?.map((_, i) => numbers.map((each) => each[i])) ?? [];
    if (columns.some(differsInName))
      return `${first}, and ${group.length > 2 ? `${group.length - 1} times` : 'once'} more alike`;
    const ranges = columns.map((column) => rangeOf(column.filter((each) => each !== undefined)));
    return first.replace(numberWithUnit, () => ranges.shift() ?? '');
  });
}

/** Whether numbers that differ are part of a name or an address, and no amount. */
const differsInName = (column: readonly (RegExpExecArray | undefined)[]): boolean =>
  new Set(column.map((each) => each?.[0])).size > 1 && column.some((each) => each && isInName(each));

const isInName = ({ 0: text, index, input }: RegExpExecArray): boolean =>
  /[\p{L}\d.:/_-]$/u.test(input.slice(0, index)) || /^(?:[\p{L}:_-]|\.\d)/u.test(input.slice(index + text.length));

/** From the lowest to the highest, each as it stands in its text, with one unit where they have the same. */
function rangeOf(found: readonly RegExpExecArray[]): string {
  const inOrder = found.toSorted((a, b) => amountOf(a) - amountOf(b));
  const [low, high] = [inOrder[0], inOrder.at(-1)];
  if (!low || !high || low[0] === high[0]) return low?.[0] ?? '';
  return `${low[2] === high[2] ? low[1] : low[0]}–${high[0]}`;
}

const amountOf = ([, value, unit = '']: RegExpExecArray): number => Number(value) * (scales[unit] ?? 1);
