import type { Comparison, Difference } from '../model/comparison.ts';
import type { Report } from '../model/report.ts';
import { differences } from './differences.ts';
import { firstResource } from './first-resource.ts';
import { type Pair, type SetUp, setUps } from './set-ups.ts';

/**
 * Compares runs in the order given: repeats of one set-up together (as the fingerprints say), each set-up with the one before it.
 * A difference is told only where its 95 % interval excludes none, "the same" only where it lies within ± 3 %; else the sentence says why it cannot be told.
 */
export function compare(reports: readonly Report[]): Comparison {
  const sides = setUps(reports);
  const compared = sides.slice(1).map((later, i) => {
    const pair: Pair = { earlier: sides[i] ?? [], later };
    return { pair, found: [firstResource(pair), ...differences(pair)] };
  });
  return {
    schema: 'plimsoll/comparison/v1',
    reports: [...reports],
    differences: compared.flatMap(({ found }) => found),
    sentence:
      compared.length === 0
        ? 'one run alone cannot be compared'
        : compared.map(({ pair, found }) => summary(pair, found)).join(' '),
  };
}

/** "r1 → r2: api / cpu saturates first, before it was …; capacity is higher: …; 2 of 5 other quantities differ." */
function summary({ earlier, later }: Pair, found: readonly Difference[]): string {
  const headline = found.filter(({ what }) => what === 'first resource' || what === 'capacity');
  const rest = found.filter((difference) => !headline.includes(difference));
  const differ = rest.filter(({ finding }) => finding === 'higher' || finding === 'lower').length;
  const others =
    rest.length === 0 ? [] : [`${differ} of ${rest.length} other quantities ${differ === 1 ? 'differs' : 'differ'}`];
  const said = [...mismatch(earlier, later), ...headline.map(({ sentence }) => sentence), ...others];
  return `${idsOf(earlier)} → ${idsOf(later)}: ${said.join('; ')}.`;
}

const idsOf = (setUp: SetUp): string => setUp.map(({ run }) => run.id).join(', ');

/** What makes the two sides hard to compare, said first. */
function mismatch(earlier: SetUp, later: SetUp): readonly string[] {
  const both = [...earlier, ...later];
  const targets = [...new Set(both.map(({ run }) => run.target))];
  const binds = [...new Set(both.flatMap(({ capacity }) => (capacity ? [capacity.binds] : [])))];
  return [
    ...(targets.length > 1 ? [`the targets differ (${targets.join(', ')})`] : []),
    ...(binds.length > 1 ? ['one capacity is set by an objective, the other physically'] : []),
  ];
}
