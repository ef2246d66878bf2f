import type { Component } from '../model/component.ts';
import type { LimitTerm } from '../model/limit.ts';
import type { Counted } from './askers.ts';
import { type Bounds, exactly } from './bounds.ts';
import { type Count, replicasOf } from './replicas.ts';
import { countedTerm } from './term.ts';
import { counted, said } from './words.ts';

/** The replicas of a component against the address range that they share. */
export type Range = {
  readonly count: Count;
  readonly given: Bounds;
  readonly terms: readonly LimitTerm[];
  readonly text: string;
};

/**
 * How many replicas an address range holds: 2^(prefix length of one − prefix length of the range). Undefined where no range is stated.
 *
 * @example a /24 for each node out of a /21 is 2^(24 − 21) = 8 nodes
 */
export function rangeOf(component: Component, { terms, signals }: Counted): Range | undefined {
  const { addresses, name } = component;
  if (!addresses) return undefined;
  const count = replicasOf(component, terms, signals);
  const given = exactly(2 ** (addresses.each - addresses.range));
  const words = `a /${addresses.each} for each out of a /${addresses.range}`;
  const stated = countedTerm({ side: 'given', component: name }, `${words}: ${counted(given.low, count.unit)}`, given);
  const unknown = count.terms.filter(({ provenance }) => provenance === 'unknown').map(({ text }) => `; ${text}`);
  return {
    count,
    given,
    terms: [...count.terms, { ...stated, provenance: 'stated', source: 'stated' }],
    text: `${count.text}; the address range holds ${said(given)} (${words})${unknown.join('')}`,
  };
}
