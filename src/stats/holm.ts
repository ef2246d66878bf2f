/**
 * p values corrected for their number (Holm 1979), in the order given; as R's `p.adjust(method = "holm")`.
 *
 * @example holm([0.01, 0.04, 0.03]) // => [0.03, 0.06, 0.06]
 */
export function holm(values: readonly number[]): readonly number[] {
  const order = values.map((_, i) => i).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const corrected = new Map<number, number>();
  let floor = 0;
  for (const [rank, i] of order.entries()) {
    floor = Math.max(floor, Math.min(1, (values.length - rank) * (values[i] ?? 0)));
    corrected.set(i, floor);
  }
  return values.map((_, i) => corrected.get(i) ?? 1);
}
