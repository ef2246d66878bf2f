import type { Component } from '../model/component.ts';
import type { LimitTerm } from '../model/limit.ts';
import type { Term } from '../model/term.ts';
import { type Bounds, exactly, sharedBy } from './bounds.ts';
import type { Demand } from './demand.ts';
import { type Gift, reservedOf } from './gift.ts';
import type { Others } from './others.ts';
import type { Count } from './replicas.ts';
import { said, saidWith } from './words.ts';

/** One who asks; without a count it is one replica at a time. */
export type Asker = { readonly component: Component; readonly count: Count | undefined; readonly demand: Demand };

/** Everything that the sentence about a limit is made of. */
export type Told = {
  readonly gives: Term;
  readonly asked: readonly Asker[];
  readonly others: Others;
  readonly total: Bounds;
  readonly gift: Gift;
};

/**
 * A limit in one sentence.
 *
 * @example "4 pods × 100 connections = 400 may be asked for; db gives 338 (341 less 3 reserved)"
 */
export function limitInWords(told: Told): string {
  const { asked, others } = told;
  const counts = asked.flatMap(({ count, demand }) => [...(count?.terms ?? []), ...demand.terms]);
  const unknown = [...counts, ...others.terms]
    .filter(({ provenance }) => provenance === 'unknown')
    .map(({ text }) => text);
  return [...askedFor(told), givenBy(told), ...new Set(unknown)].join('; ');
}

/** What may be asked for; nothing where nothing of it is known. */
function askedFor({ gives, asked, others, total }: Told): readonly string[] {
  const { unit, shared } = gives;
  const known = asked.filter(({ demand }) => isTold(demand.terms));
  const [first] = known;
  if (!first) return [];
  const each = known.flatMap(({ component, count, demand }) =>
    count ? [] : [`each ${component.name} may ${shared ? 'use' : 'ask for'} ${saidWith(demand.bounds, unit)}`],
  );
  if (each.length > 0) return each;
  const products = known.map(({ component, count, demand }) => {
    const name = asked.length > 1 ? `${component.name} ` : '';
    return `${name}${count?.text} × ${saidWith(demand.bounds, unit)}`;
  });
  const isHeld = isTold(others.terms) && others.bounds.high > 0;
  const beside = isHeld ? [`${said(others.bounds, unit)} that others hold`] : [];
  return [`${[...products, ...beside].join(' + ')} = ${said(total, unit)} may be asked for`];
}

const isTold = (terms: readonly LimitTerm[]): boolean => terms.some(({ provenance }) => provenance !== 'unknown');

function givenBy({ gives, asked, gift, total }: Told): string {
  const { unit, at } = gives;
  const [first] = gift.terms;
  if (first?.provenance === 'unknown') return first.text;
  const part = gives.giver === undefined ? Object.entries(at).map((entry) => entry.join(' ')) : [];
  const whole = `${gives.giver ?? gives.component} gives ${said(gift.bounds, unit)}${reservedOf(gift.bounds.low, gift.less, unit)}`;
  const to = part.length === 0 ? '' : ` to ${part.join(', ')}`;
  const isDivided = gift.terms.length > 1 && asked.some(({ count }) => count);
  const several = isDivided ? `, as they are divided between its ${gift.terms.length} instances` : '';
  const idle = gift.bounds.low - total.high;
  const unused = gives.shared && idle > 0 ? `, ${said(exactly(idle), unit)} more than that` : '';
  return `${whole}${to}${several}${unused}${sharing(gives, total, gift)}`;
}

/** Why it fits that more may ask for what is shared than there is of it. */
function sharing({ shared }: Term, total: Bounds, { bounds }: Gift): string {
  const { low } = sharedBy(bounds);
  return shared && total.high > bounds.low && total.high <= low
    ? `, and up to ${said(exactly(low))} may share them`
    : '';
}
