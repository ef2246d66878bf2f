import { levelOf } from '../../../src/load/level.ts';
import type { StepRecord } from '../../../src/model/load-record.ts';
import type { Cut, Step } from '../../../src/model/plan.ts';
import { levelAt, stagesOf, windowsOf } from '../../../src/model/stages.ts';
import { perSecond } from '../../../src/model/units.ts';
import { steadied } from '../../../src/plan/after-spike.ts';
import type { Running } from '../engine.ts';
import type { World } from '../world.ts';
import { drain, recordOf } from './offer-step.ts';

/** The rate of a world moves so often (s). */
const grain = 0.5;

/**
 * Offers a step whose level moves to a running world and records its windows as our own engine does: of windows that meet, each has the requests that ended in it.
 */
export function offerWindows(world: World, running: Running, step: Step): readonly StepRecord[] {
  const start = running.now;
  const stages = stagesOf(step);
  const to = (time: number): void => {
    while (running.now < start + time - 1e-9) {
      const until = Math.min(start + time, running.now + grain);
      running.offer(levelAt(stages, (running.now + until) / 2 - start));
      running.advance(until);
    }
  };
  const records = windowsOf(step).map((window): StepRecord => {
    to(window.from);
    running.ended();
    const inFlight = passing(running, window, to);
    const times = { start, from: start + window.from, to: start + window.to };
    // What was due before the window and ended in it counts: it begins at the beginning of the step.
    const record = recordOf(world, step, { ...times, due: start + step.settle }, { ended: running.ended(), inFlight });
    const mean = levelAt(stages, (window.from + window.to) / 2);
    const rise = levelAt(stages, window.to - 1e-6) - levelAt(stages, window.from);
    return step.users === undefined ? { ...record, offered: perSecond(mean), rise } : { ...record, users: mean };
  });
  running.offer(0);
  drain(running, running.now + world.load.timeout);
  return steadied(step, records);
}

function passing(running: Running, { from, to }: Cut, pass: (time: number) => void) {
  const level = levelOf(to - from);
  let before = running.client().insideTime;
  for (let at: number = from; at < to - 1e-9; at += grain) {
    const until = Math.min(to, at + grain);
    pass(until);
    const { insideTime } = running.client();
    level.set(at - from, (insideTime - before) / (until - at));
    before = insideTime;
  }
  level.set(to - from, 0);
  return level.read();
}
