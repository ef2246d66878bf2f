const numberWithUnit = /\d+(?:\.\d+)?(?: (?:%|µs|ms|s|min)(?![\p{L}\d]))?/gu;

/**
 * Texts of which those that differ only in their numbers are told once: by the first of them, and how many more there are.
 *
 * @example onceEach(['3 % not sent', 'late', '5 % not sent']) // => ['3 % not sent, and once more alike', 'late']
 */
export function onceEach(texts: readonly string[]): readonly string[] {
  const alike = Map.groupBy(new Set(texts), (text) => text.replace(numberWithUnit, '#'));
  return [...alike.values()].map(([first = '', ...more]) => {
    if (more.length === 0) return first;
    return `${first}, and ${more.length === 1 ? 'once' : `${more.length} times`} more alike`;
  });
}
