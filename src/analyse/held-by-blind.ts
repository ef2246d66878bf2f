import type { Findings } from '../model/finding.ts';
import { nameOf } from './cases.ts';
import { peakOf } from './first.ts';
import type { Judged } from './roots.ts';

/** The full hold that is kept longer by something below it that nothing shows: the first, and of several the fullest. */
export function heldByBlind(judged: readonly Judged[]): Findings['heldByBlind'] {
  const held = judged.flatMap((each) =>
    each.standing.kind === 'held'
      ? [{ one: each.one, growth: each.standing.growth, onset: each.saturation.onset }]
      : [],
  );
  const first = held.toSorted((a, b) => (a.onset ?? 0) - (b.onset ?? 0) || peakOf(b.one) - peakOf(a.one))[0];
  if (!first) return undefined;
  const { component, resource } = first.one.resource;
  const times = first.growth.toPrecision(2);
  return {
    component,
    resource,
    text: `${nameOf(first.one)} is full, but work is held there ${times} times as long as at low load`,
  };
}
