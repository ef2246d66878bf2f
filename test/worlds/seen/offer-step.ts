import { accountOf } from '../../../src/load/account.ts';
import { type Level, levelOf } from '../../../src/load/level.ts';
import type { Outcome } from '../../../src/load/outcome.ts';
import { stepRecord } from '../../../src/load/step-record.ts';
import { snapshotOf, tallyOf } from '../../../src/load/tally.ts';
import type { StepRecord } from '../../../src/model/load-record.ts';
import type { Step } from '../../../src/model/plan.ts';
import { epoch } from '../../../src/model/units.ts';
import type { Ended, Running } from '../engine.ts';
import type { World } from '../world.ts';
import { beginning } from './scrape.ts';

/** How the engine numbers the ways in which a request ends; without a port on the way no connection comes about, without one of its own none is tried. */
const outcomes: readonly Outcome[] = ['good', 'http_5xx', 'timeout', 'local_resource'];
const outcomesOnTheWay: readonly Outcome[] = ['good', 'http_5xx', 'timeout', 'unreachable'];
/** The mean of what is in flight is taken over so many parts of a measure phase. */
const parts = 16;
/** A generator that is at ease. */
const calm = 0.05;

/** Times of a step in the world: its start, where a window begins and ends, and from when on what was due counts, where that is not the beginning of the window. */
type Times = { readonly start: number; readonly from: number; readonly to: number; readonly due?: number };

/**
 * Offers one step of load (`level`: its rate, or its users) to a running world and records it as our own engine does: what was due in the measure phase,
 * whenever it ended, and what was answered while it lasted. Waits for the last answers.
 */
export function offerStep(world: World, running: Running, step: Step, level: number = step.rate): StepRecord {
  const start = running.now;
  const times: Times = { start, from: start + step.settle, to: start + step.settle + step.measure };
  running.ended();
  running.offer(level);
  running.advance(times.from);
  const inFlight = measured(running, times);
  running.offer(0);
  drain(running, times.to + world.load.timeout);
  return recordOf(world, step, times, { ended: running.ended(), inFlight: inFlight.read() });
}

function measured(running: Running, { from, to }: Times): Level {
  const level = levelOf(to - from);
  let before = running.client().insideTime;
  const width = (to - from) / parts;
  for (let part = 1; part <= parts; part += 1) {
    running.advance(part === parts ? to : from + part * width);
    const { insideTime } = running.client();
    level.set((part - 1) * width, (insideTime - before) / width);
    before = insideTime;
  }
  level.set(to - from, 0);
  return level;
}

/** Waits until all requests have ended, at most until a moment. */
export function drain(running: Running, until: number): void {
  for (let wait = 0.001; running.client().inside > 0 && running.now < until; wait = Math.min(0.1, 1.3 * wait))
    running.advance(Math.min(until, running.now + wait));
}

const outcomesOf = (load: World['load']): readonly Outcome[] =>
  load.kind === 'steps' && load.generator?.ports?.onTheWay === true ? outcomesOnTheWay : outcomes;

type Came = { readonly ended: Ended; readonly inFlight: ReturnType<Level['read']> };

/** What ended in a window, as our own engine records it. */
export function recordOf(world: World, step: Step, times: Times, { ended, inFlight }: Came): StepRecord {
  const { load } = world;
  const tally = tallyOf(1);
  const account = accountOf(tally, load.timeout);
  const before = snapshotOf([tally]);
  const share = load.kind === 'steps' && load.generator ? step.rate / load.generator.rate : 0;
  const named = outcomesOf(load);
  for (const [index, due] of ended.due.entries()) {
    const phase = due < (times.due ?? times.from) ? 'settle' : 'measure';
    const now = due + (ended.took[index] ?? 0);
    const lag = Math.max(0, share - 1) * (due - times.start);
    account.intended(phase, 0, lag);
    account.sent(phase, 0);
    const outcome = named[ended.outcome[index] ?? 0] ?? 'good';
    const onSocket = outcome === named[3] ? undefined : due + lag;
    account.ended(
      { request: 0, phase, due, onSocket },
      { outcome, late: false },
      now,
      now >= times.from && now < times.to,
    );
  }
  const busy = Math.min(1, Math.max(calm, share));
  const vitals = { loop: busy, cpu: busy, runQueue: undefined, throttled: undefined };
  return stepRecord({
    step,
    span: { from: epoch(beginning + times.from), to: epoch(beginning + times.to) },
    before,
    after: snapshotOf([tally]),
    ends: [{ inFlight, vitals }],
    names: [],
    slowest: [],
    complete: true,
    stopped: undefined,
  });
}
