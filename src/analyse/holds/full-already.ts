import type { OwnCapacity } from '../../model/finding.ts';
import { atCeiling } from '../../model/full.ts';
import { sum } from '../../stats/sum.ts';
import { type Case, fillOf, known } from '../seen/cases.ts';
import type { View } from '../seen/view.ts';

/** So many wait for it on average, in all its instances, where it is asked for more than it lends. */
const waiting = 1;
/** What a hold carries beyond the load at which it is full already is no more than what a few looks at it leave open. */
const leftOpen = 1.1;

/**
 * What a hold carries that is full at a load that the target still carried, with others waiting for it: hardly more than that, whatever a hold time at low load says. All of its units are in use, and each is held for as long as
 * it is there.
 */
export function fullAlready(
  alike: readonly Case[],
  view: View,
  sustained: readonly boolean[],
): OwnCapacity | undefined {
  const full = view.windows.filter((_, i) => {
    const isFull = alike.length > 0 && alike.every((one) => (fillOf(one, i) ?? 0) >= atCeiling);
    const waits = sum(
      alike.flatMap(({ queue, queueReads = '$number' }) => (queueReads.startsWith('$number') ? known(queue, [i]) : [])),
    );
    return sustained[i] === true && isFull && waits >= waiting;
  });
  if (full.length === 0) return undefined;
  const value = Math.max(...full.map(({ goodput }) => goodput));
  const top = Math.max(...view.windows.map(({ goodput }) => goodput));
  return {
    rate: { kind: 'interval', value, low: value, high: leftOpen * value },
    provenance: 'extrapolated',
    extrapolation: value / top,
  };
}
