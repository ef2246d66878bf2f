import type { Headroom } from '../../model/headroom.ts';
import type { Interval } from '../../model/interval.ts';
import type { PerSecond } from '../../model/units.ts';

/** Headroom of a capacity against a load; every interval follows from the capacity's own, since all three rise with it. */
export function headroomOf(
  capacity: Interval,
  load: PerSecond,
  reference: Headroom['reference'],
): Headroom | undefined {
  if (load <= 0) return undefined;
  return {
    load,
    reference,
    ratio: through(capacity, (rate) => Math.max(0, 1 - load / rate)),
    multiplier: through(capacity, (rate) => rate / load),
    spare: through(capacity, (rate) => rate - load),
  };
}

function through(value: Interval, rising: (rate: number) => number): Interval {
  if (value.kind === 'at-least') return { kind: 'at-least', low: rising(value.low) };
  if (value.kind === 'at-most') return { kind: 'at-most', high: rising(value.high) };
  return { kind: 'interval', value: rising(value.value), low: rising(value.low), high: rising(value.high) };
}
