import { duration, number } from '../model/in-words.ts';
import type { StepRecord } from '../model/load-record.ts';
import type { Caps } from '../model/script.ts';
import type { Halt, StepEnd } from './step-order.ts';

const reasons: Readonly<Record<Exclude<Halt, 'asked'>, (caps: Caps) => string>> = {
  'control-lost': () => 'the control thread had not been heard of for 5 s, so the workers stopped by themselves',
  requests: (caps) => `limits.requests of ${number(caps.requests)} was reached`,
  duration: (caps) => `limits.duration of ${duration(caps.duration)} was reached`,
  rows: () => 'a unique feeder had no more rows',
  'login-failed': () => 'a session could not be opened',
};

/** Why the load engine itself ended a step early, from what its workers told (undefined: nothing) and what the first that died died of; undefined where it did not. */
export function stoppedBecause(
  ends: readonly (StepEnd | undefined)[],
  died: string | undefined,
  caps: Caps,
): StepRecord['stopped'] {
  if (died !== undefined) return { why: `a worker thread of the load ended: ${died}`, safety: true };
  if (ends.includes(undefined)) return { why: 'a worker thread of the load did not answer', safety: true };
  for (const end of ends) {
    if (end?.halt !== undefined && end.halt !== 'asked')
      return { why: reasons[end.halt](caps), safety: end.halt !== 'rows' };
  }
  return undefined;
}
