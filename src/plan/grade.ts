import type { StepRecord } from '../model/load-record.ts';
import type { Objectives } from '../model/objectives.ts';
import type { Grade } from '../model/trial.ts';
import { type Crossed, shareCrossed } from './share-crossed.ts';
import { answersAlike, shareOver } from './share-over.ts';

/** Share of what was offered that must be answered inside the measure phase. */
const delivered = 0.99;
/** Standard deviations that in-flight must move for it to be more than chance. */
const sure = 3;

/**
 * How a step went, from the load's own numbers alone: fail where any test fails, inconclusive where one cannot tell, else pass.
 * In this order: was the generator itself sound (limited and capped steps say nothing of the target), was the load delivered,
 * errors, latency (each by the 95 % band of the share that crossed its limit: all of it within what is allowed, or all of it beyond), throughput, and whether in-flight kept growing.
 */
export function grade(record: StepRecord, objectives: Objectives): Grade {
  const { verdict } = record.health;
  if (!record.complete || verdict === 'limited' || verdict === 'capped') return 'inconclusive';
  const alike = answersAlike(record.response, record.inFlight);
  const answers: readonly Crossed[] = [
    yes(fellBehind(record)),
    errorsCrossed(record, objectives),
    ...objectives.latency.map(({ quantile, limit }) => {
      const { over, of } = shareOver(record.response, limit);
      return shareCrossed(over / alike, of / alike, 1 - quantile);
    }),
    yes(
      objectives.throughput !== undefined &&
        record.offered >= objectives.throughput &&
        record.goodput < objectives.throughput * delivered,
    ),
    yes(keptGrowing(record)),
  ];
  if (answers.includes('yes')) return 'fail';
  return answers.includes('unsure') ? 'inconclusive' : 'pass';
}

const yes = (crossed: boolean): Crossed => (crossed ? 'yes' : 'no');

const lengthOf = (record: StepRecord): number => record.span.to - record.span.from;

/** In-flight varies by chance with a deviation of about the root of its mean (a Poisson count); at both ends of the window. */
const chance = (record: StepRecord): number => sure * Math.sqrt(2 * ((record.inFlight?.mean ?? 0) + 1));

function fellBehind(record: StepRecord): boolean {
  const missing = (record.offered * delivered - record.throughput) * lengthOf(record);
  return missing > chance(record);
}

function keptGrowing(record: StepRecord): boolean {
  if (record.inFlight === undefined) return false;
  const { growth } = record.inFlight;
  return growth * lengthOf(record) > chance(record) && growth > (1 - delivered) * record.offered;
}

function errorsCrossed(record: StepRecord, objectives: Objectives): Crossed {
  if (objectives.errors === undefined) return 'no';
  return shareCrossed(Math.round(record.errors * record.completed), record.completed, objectives.errors);
}
