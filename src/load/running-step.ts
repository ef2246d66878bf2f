import { requestsPerArrival } from '../model/requests-per-arrival.ts';
import type { Script } from '../model/script.ts';
import { lengthOf } from '../model/stages.ts';
import { crowdOf } from './crowd.ts';
import { arrivalsOf, type Source } from './source.ts';
import type { Halt, LoginFailure, StepEnd, StepOrder } from './step-order.ts';
import type { Phase } from './tally.ts';
import { type Slow, slowestOf } from './trace.ts';
import { type WindowWatch, windowWatch } from './window-watch.ts';

/** A step that a worker is at. `source` is gone and `wakeAt` Infinity once nothing more will be sent; `until` is where it ends. */
export type RunningStep = {
  readonly order: StepOrder;
  readonly seed: number;
  readonly watch: WindowWatch;
  source: Source | undefined;
  wakeAt: number;
  halt: Halt | undefined;
  until: number;
  /** After a halt, who is still under way then is given up. */
  drainedBy: number;
  warmed: number;
  /** The slowest traced requests of each window. */
  slowest: readonly (readonly Slow[])[];
  loginFailed: LoginFailure | undefined;
  /** Arrivals that the limit on the rate held back, as far as they were counted. */
  held: number;
};

/** A step before its first arrival; each step draws its own numbers from the script's seed. Rates are of requests: arrivals come the more rarely the more requests each makes. */
export function stepOf(order: StepOrder, script: Script): RunningStep {
  const seed = (script.seed + Math.imul(order.number, 0x85ebca6b)) >>> 0;
  const { start, windows } = order;
  return {
    order,
    seed,
    watch: windowWatch(start, windows),
    source: order.kind === 'login' ? undefined : sourceOf(order, script, seed),
    wakeAt: order.kind === 'login' ? Number.POSITIVE_INFINITY : start,
    halt: undefined,
    until: start + lengthOf(order.stages),
    drainedBy: Number.POSITIVE_INFINITY,
    warmed: 0,
    slowest: windows.map(() => []),
    loginFailed: undefined,
    held: 0,
  };
}

function sourceOf({ kind, stages, users, start, worker, workers }: StepOrder, script: Script, seed: number): Source {
  const each = kind === 'watch' ? 1 : requestsPerArrival(script.classes);
  const rate = script.caps.rate / each;
  const share = { start, seed, worker, workers };
  if (users !== undefined && script.think !== undefined)
    return crowdOf({ ...share, stages, most: users, think: script.think, rate });
  const arrivals = kind === 'watch' ? 'uniform' : script.arrivals;
  const most = (wanted: number) => Math.min(wanted / each, rate);
  return arrivalsOf({
    ...share,
    stages: stages.map(({ lasts, from, to }) => ({ lasts, from: most(from), to: most(to) })),
    arrivals,
  });
}

/** After a halt, what is under way has so long (s) to end, or its time-out if that is shorter. */
const patience = 10;

/** Ends a step before its time: nothing more is sent. */
export function halted(step: RunningStep, why: Halt, now: number, timeout: number): void {
  step.halt = why;
  step.until = Math.min(step.until, now);
  step.drainedBy = now + Math.min(patience, timeout);
  step.watch.cut(now);
  step.source = undefined;
  step.wakeAt = Number.POSITIVE_INFINITY;
}

/** The phase that a request counts for. */
export function phaseOf({ order }: RunningStep, { due }: { readonly due: number }): Phase {
  if (order.kind === 'watch') return 'watch';
  return isMeasured(order, due) ? 'measure' : 'settle';
}

/** Whether a moment lies in one of the windows of a step. */
export function isMeasured({ start, windows }: StepOrder, at: number): boolean {
  for (const { from, to } of windows) if (at >= start + from && at < start + to) return true;
  return false;
}

/** Keeps a traced request that was due in one of the windows, if it is among the slowest. */
export function noteSlow(step: RunningStep, due: number, slow: Slow): void {
  const { start, windows } = step.order;
  const window = windows.findIndex(({ from, to }) => due >= start + from && due < start + to);
  step.slowest = step.slowest.map((some, at) => (at === window ? slowestOf(some, slow) : some));
}

/** What came of the step, once all its requests have ended. */
export function endOf(step: RunningStep): StepEnd {
  return {
    number: step.order.number,
    halt: step.halt,
    until: step.until,
    windows: step.watch.ends(),
    held: step.held,
    slowest: step.slowest,
    loginFailed: step.loginFailed,
  };
}
