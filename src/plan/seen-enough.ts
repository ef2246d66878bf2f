import type { Plan } from '../model/plan.ts';
import type { Beat } from '../model/pulse.ts';
import { windowsOf } from '../model/stages.ts';

/** Below this share of what is offered a target is far behind: more of the ramp would only do harm. */
const farBehind = 0.75;
/** It is looked at over a window, and no longer than this (s). */
const longest = 45;

/** Whether a ramp has shown what it was to show: over a whole window the target answered far less than was offered. Its windows up to there are told. */
export function hasSeenEnough(plan: Plan | undefined, beats: readonly Beat[]): boolean {
  const last = beats.at(-1);
  if (plan?.kind !== 'ramp' || plan.think !== undefined || last === undefined) return false;
  const [step] = plan.steps;
  if (step === undefined) return false;
  const [first] = windowsOf(step);
  const over = Math.min(longest, first.to - first.from);
  const recent = beats.filter(({ at }) => at > last.at - over);
  const isWhole = beats.some(({ at }) => at <= last.at - over) && recent.every((beat) => beat.step.phase === 'measure');
  const sum = (read: (beat: Beat) => number): number => recent.reduce((all, beat) => all + read(beat), 0);
  return isWhole && sum(({ achieved }) => achieved) < farBehind * sum(({ offered }) => offered);
}
