import type { BlindSpot } from '../../model/blind-spot.ts';
import type { Component } from '../../model/component.ts';
import type { Candidate } from '../../model/finding.ts';
import { seeded } from '../../model/random.ts';
import type { Sheet } from '../../model/sheet.ts';
import { ratio } from '../../model/units.ts';
import { blindBelow } from '../seen/blind-below.ts';
import { type Case, casesOf, fillOf, reread } from '../seen/cases.ts';
import { resampled } from '../seen/resample.ts';
import type { View } from '../seen/view.ts';
import { mayBeLeft } from './by-elimination.ts';
import { firstOf } from './first.ts';
import type { Graph } from './judged.ts';
import { judgeCases } from './roots.ts';
import { toldAs } from './told-as.ts';

const replicates = 200;
/** When so many draws in a row all name the same, no more are drawn: of what comes out first in fewer than nine of ten draws, that happens once in a thousand. */
const unanimous = 64;
/** What is always kept for a limit that no exporter shows, and more for each blind spot in or below the answer's component. */
const alwaysUnobserved = 0.02;
const perBlindSpot = 0.03;
const mostBlindSpots = 3;
/** Draws of a window's quarters move its mean by a few percent; this is far below a ceiling reached at 95 %. */
const comesNear = 0.7;

/** Candidates for "first", most likely first, and the share that is kept for "not observed". */
export type Probabilities = { readonly candidates: readonly Candidate[]; readonly unobserved: number };

/** Draws the sheet again and again and counts which resource comes out first. */
export function probabilitiesOf(sheet: Sheet, view: View, given: Graph): Probabilities {
  const random = seeded(sheet.rows.length * 7919 + sheet.windows.length);
  const votes = new Map<string, { readonly at: Candidate['at']; count: number }>();
  const cases = casesOf(sheet, view).filter(mayFill);
  const wanted = new Set(cases.flatMap(({ rows }) => Object.values(rows)));
  let drawn = 0;
  for (; drawn < replicates && !(drawn >= unanimous && isAgreed(votes, drawn)); drawn += 1) {
    const again = drawn === 0 ? cases : reread(cases, resampled(sheet, random, wanted), view);
    for (const first of firstOf(judgeCases(again, view, given), view, given.plateau)) {
      const { component, resource, at } = toldAs(first.judged.one, given.twins);
      const key = `${component}\n${resource}`;
      const vote = votes.get(key) ?? { at, count: 0 };
      vote.count += first.share;
      votes.set(key, vote);
    }
  }
  const candidates = [...votes]
    .map(([key, { at, count }]) => candidateOf(key, { at, share: count / drawn }, given))
    .toSorted((a, b) => b.probability - a.probability);
  const told = candidates.reduce((sum, candidate) => sum + candidate.probability, 0);
  return { candidates, unobserved: Math.max(0, 1 - told) };
}

/** Whether all draws so far say the same: always the same one, or always nothing. */
const isAgreed = (votes: ReadonlyMap<string, { readonly count: number }>, drawn: number): boolean =>
  votes.size === 0 || [...votes.values()].some(({ count }) => votes.size === 1 && count === drawn);

/** What never comes near a known ceiling cannot be first in any draw. */
function mayFill(one: Case): boolean {
  const fills = one.usage.map((_, i) => fillOf(one, i)).filter((fill) => fill !== undefined);
  return (
    fills.length === 0 ||
    one.resource.kind === 'quota' ||
    mayBeLeft(one) ||
    one.refusals?.some((refused) => refused !== undefined && refused > 0) ||
    Math.max(...fills) >= comesNear
  );
}

function candidateOf(
  key: string,
  vote: { readonly at: Candidate['at']; readonly share: number },
  given: { readonly blind: readonly BlindSpot[]; readonly components: readonly Component[] },
): Candidate {
  const [component = '', resource = ''] = key.split('\n');
  const believed =
    (1 - alwaysUnobserved) * (1 - perBlindSpot) ** Math.min(mostBlindSpots, blindBelow(component, given).length);
  return { component, resource, at: vote.at, probability: ratio(vote.share * believed) };
}
