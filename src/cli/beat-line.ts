import { duration, percent, rate } from '../model/in-words.ts';
import type { Beat } from '../model/pulse.ts';

/**
 * One beat of a running load in one line.
 *
 * @example "step 3 of 8  offered 120/s  achieved 119/s  p50 12 ms  p99 40 ms  errors 0 %  fullest db cpu 72 %"
 */
export function beatLine(beat: Beat): string {
  const { step, fullest } = beat;
  const parts = [
    `step ${step.index + 1} of ${step.atMost ? 'at most ' : ''}${step.of}${step.phase === 'measure' ? '' : ` (${step.phase})`}`,
    `offered ${rate(beat.offered)}`,
    `achieved ${rate(beat.achieved)}`,
    beat.p50 === undefined ? '' : `p50 ${duration(beat.p50)}`,
    beat.p99 === undefined ? '' : `p99 ${duration(beat.p99)}`,
    `errors ${percent(beat.errors)}`,
    fullest === undefined ? '' : `fullest ${fullest.component} ${fullest.resource} ${percent(fullest.ratio)}`,
  ];
  return parts.filter((part) => part !== '').join('  ');
}
