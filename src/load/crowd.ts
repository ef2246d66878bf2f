import type { Stage } from '../model/plan.ts';
import { lengthOf, levelAt, reachedAt } from '../model/stages.ts';
import type { Think } from '../model/think.ts';
import { agendaOf } from './agenda.ts';
import { draw } from './draw.ts';
import { pauseOf } from './pause-of.ts';
import type { Arrival } from './release.ts';
import type { Source } from './source.ts';

/** Users of whom worker `worker` of `workers` has every one whose number leaves that remainder. Times in seconds. */
export type Crowd = {
  /** How many users there are, from `start` on; user n is there while they are more than n + 1/2. */
  readonly stages: readonly Stage[];
  readonly start: number;
  /** How many there are at most. */
  readonly most: number;
  readonly think: Think;
  /** The arrivals a second that all workers together may not exceed. */
  readonly rate: number;
  readonly seed: number;
  readonly worker: number;
  readonly workers: number;
};

/** The lane of `draw` for the pauses between a user's arrivals; those within a walk have lanes of their own. */
const thinkLane = 1_000_000;
/** So much (s) of the rate may come at once: users do not come evenly. */
const burst = 0.1;

/**
 * Users who send, wait until what they sent has ended, think, and send again. Reads no clock. Each user begins with a request when there are so many; arrival i of user n
 * of `most` has the index i · most + n, and the pause before the next is drawn from seed and index, so that any number of workers makes the same users do the same.
 * What would exceed the rate is held back until it does not, and counted: those users are slowed down by the limit, not by the target.
 */
export function crowdOf(crowd: Crowd): Source {
  const { stages, start, most, think, seed, worker, workers } = crowd;
  const end = start + lengthOf(stages);
  const gap = workers / crowd.rate;
  const agenda = agendaOf<number>();
  const kept = new Set<number>();
  let held = 0;
  let free = Number.NEGATIVE_INFINITY;

  /** Puts down when a user sends next: then, or when there are so many users again. */
  function plan(index: number, at: number): number {
    const level = (index % most) + 0.5;
    const due = levelAt(stages, at - start) > level ? at : start + reachedAt(stages, level, at - start);
    if (due >= end) return Number.POSITIVE_INFINITY;
    agenda.add(due, index);
    return due;
  }

  /** From when on one more does not exceed the rate (the virtual scheduling of GCRA, ITU-T I.371). */
  const allowedAt = (): number => free - Math.max(burst, gap);

  for (let user = worker; user < most; user += workers) plan(user, start);
  return {
    release(now) {
      const send: Arrival[] = [];
      for (let due = agenda.due(); due <= now; due = agenda.due()) {
        const index = agenda.shift()?.item ?? 0;
        if (allowedAt() > now) {
          if (!kept.has(index)) held += 1;
          kept.add(index);
          plan(index, allowedAt());
        } else {
          kept.delete(index);
          free = Math.max(free, now) + gap;
          send.push({ index, due });
        }
      }
      return { send, shed: [], wakeAt: agenda.due() };
    },
    ended: (index, now) => plan(index + most, now + pauseOf(think, draw(seed, index, thinkLane))),
    held: () => held,
  };
}
