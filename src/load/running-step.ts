import type { Script } from '../model/script.ts';
import { type Level, levelOf } from './level.ts';
import { type Arrival, type Pacer, pacerOf } from './release.ts';
import type { Halt, StepEnd, StepOrder } from './step-order.ts';
import type { Phase } from './tally.ts';
import { type VitalSigns, vitalsBetween } from './vitals-between.ts';

/** A step that a worker is at. `pacer` is gone and `wakeAt` Infinity once nothing more will be sent; `until` is where the measure phase ends. */
export type RunningStep = {
  readonly order: StepOrder;
  readonly seed: number;
  readonly inFlight: Level;
  pacer: Pacer | undefined;
  wakeAt: number;
  halt: Halt | undefined;
  until: number;
  warmed: number;
  from: VitalSigns | undefined;
  to: VitalSigns | undefined;
};

/** A step before its first arrival; each step draws its own numbers from the script's seed. */
export function stepOf(order: StepOrder, script: Script): RunningStep {
  const seed = (script.seed + Math.imul(order.number, 0x85ebca6b)) >>> 0;
  const { start, worker, workers } = order;
  const duration = order.settle + order.measure;
  const arrivals = order.kind === 'watch' ? 'uniform' : script.arrivals;
  const rate = Math.min(order.rate, script.caps.rate);
  return {
    order,
    seed,
    inFlight: levelOf(),
    pacer: pacerOf({ rate, start, duration, arrivals, seed, worker, workers }),
    wakeAt: start,
    halt: undefined,
    until: start + duration,
    warmed: 0,
    from: undefined,
    to: undefined,
  };
}

/** The phase that an arrival counts for. */
export function phaseOf({ order }: RunningStep, { due }: Arrival): Phase {
  if (order.kind === 'watch') return 'watch';
  return due < measureFrom(order) ? 'settle' : 'measure';
}

export const measureFrom = (order: StepOrder): number => order.start + order.settle;

/** What came of the step, once all its requests have ended. */
export function endOf(step: RunningStep): StepEnd {
  return {
    number: step.order.number,
    halt: step.halt,
    until: step.until,
    inFlight: step.inFlight.read(),
    vitals: step.from === undefined || step.to === undefined ? undefined : vitalsBetween(step.from, step.to),
  };
}
