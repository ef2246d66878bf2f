import type { ComparedPair, Comparison } from '../model/comparison.ts';
import type { Report } from '../model/report.ts';
import { answerOf } from './answer-of.ts';
import { differences } from './differences.ts';
import { firstResource } from './first-resource.ts';
import { runNames } from './run-names.ts';
import { type Pair, type SetUp, setUps } from './set-ups.ts';
import { type Compared, sentenceOn, summaryOf } from './summary-of.ts';
import { uncarried } from './uncarried.ts';

/**
 * Compares runs in the order given: repeats of one set-up together (as told, else as the fingerprints say), each set-up with the one before it.
 * Compared are what users feel (capacity, peak goodput, latency at equal load), what saturates first, how throughput bends, and what a
 * request costs the resources that matter. The unit is the run. A difference is told only where its 95 % interval excludes none, "the same"
 * only where it lies within ± 3 %; else the sentence says why it cannot be told, and about how many runs would decide.
 *
 * @param sides the repeats of each set-up, where that is known; every report stands in one of them
 */
export function compare(reports: readonly Report[], sides: readonly SetUp[] = setUps(reports)): Comparison {
  const called = runNames(reports);
  const compared = sides.slice(1).map((later, i) => comparedOf({ earlier: sides[i] ?? [], later, called }));
  return {
    schema: 'plimsoll/comparison/v1',
    reports: [...reports],
    pairs: compared.map(pairOf),
    differences: compared.flatMap(({ found }) => found),
    sentence: summaryOf(compared),
  };
}

function comparedOf(pair: Pair): Compared {
  const measured = differences(pair);
  const first = firstResource(pair);
  const found = [first, ...measured.map(({ difference }) => difference), ...uncarried(pair)];
  return { pair, found, answer: answerOf(first, measured) };
}

function pairOf(compared: Compared): ComparedPair {
  const { pair, answer } = compared;
  const ids = (side: SetUp): string[] => side.map(({ run }) => run.id);
  return { earlier: ids(pair.earlier), later: ids(pair.later), answer, sentence: sentenceOn(compared) };
}
