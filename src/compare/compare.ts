import type { Comparison } from '../model/comparison.ts';
import type { Report } from '../model/report.ts';
import { differences } from './differences.ts';
import { firstResource } from './first-resource.ts';
import { runNames } from './run-names.ts';
import { type Pair, setUps } from './set-ups.ts';
import { summaryOf } from './summary-of.ts';
import { uncarried } from './uncarried.ts';

/**
 * Compares runs in the order given: repeats of one set-up together (as the fingerprints say), each set-up with the one before it.
 * Compared are what users feel (capacity, peak goodput, p99 at equal load), what saturates first, how throughput bends, and what a
 * request costs the resources that matter. A difference is told only where its 95 % interval excludes none, "the same" only where it
 * lies within ± 3 %; else the sentence says why it cannot be told.
 */
export function compare(reports: readonly Report[]): Comparison {
  const sides = setUps(reports);
  const called = runNames(reports);
  const compared = sides.slice(1).map((later, i) => {
    const pair: Pair = { earlier: sides[i] ?? [], later, called };
    return { pair, found: [firstResource(pair), ...differences(pair), ...uncarried(pair)] };
  });
  return {
    schema: 'plimsoll/comparison/v1',
    reports: [...reports],
    differences: compared.flatMap(({ found }) => found),
    sentence: summaryOf(compared),
  };
}
