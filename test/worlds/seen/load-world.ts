import { notRecovered, recovered } from '../../../src/load/recovery.ts';
import type { LoadRecord, Recovery, StepRecord } from '../../../src/model/load-record.ts';
import type { Objectives } from '../../../src/model/objectives.ts';
import type { Plan } from '../../../src/model/plan.ts';
import type { Trial } from '../../../src/model/trial.ts';
import { epoch, seconds } from '../../../src/model/units.ts';
import { grade } from '../../../src/plan/grade.ts';
import { next } from '../../../src/plan/next.ts';
import type { Running } from '../engine.ts';
import type { Load, World } from '../world.ts';
import { offerStep } from './offer-step.ts';
import { beginning } from './scrape.ts';

/** Probing requests a second after the load, and for how long at most (s). */
const probeRate = 2;
const longestWatch = 30;

/** Loads a running world step by step, as the plan says, and watches it afterwards. */
export function loadBySteps(world: World, running: Running, plan: Plan, objectives: Objectives): LoadRecord {
  const began = running.now;
  const history: Trial[] = [];
  for (let step = next(plan, history); step; step = next(plan, history)) {
    const record = offerStep(world, running, step);
    history.push({ step, record, grade: grade(record, objectives) });
  }
  const records = history.map(({ record }) => record);
  return recordOf(running, 'arrivals', records, began);
}

/** Loads a running world with more and more users. Who waits for an answer before the next request asks for no more than is carried: what is known are answers. */
export function loadByUsers(
  world: World,
  running: Running,
  { users }: Extract<Load, { kind: 'users' }>,
  plan: Plan,
): LoadRecord {
  const began = running.now;
  const steps = plan.kind === 'search' ? [] : plan.steps;
  const records = steps.map((step, index): StepRecord => {
    const record = offerStep(world, running, step, users[index] ?? 0);
    return { ...record, step: { ...step, rate: record.offered } };
  });
  return recordOf(running, 'throughput', records, began);
}

function recordOf(
  running: Running,
  axis: LoadRecord['axis'],
  windows: readonly StepRecord[],
  from: number,
): LoadRecord {
  return {
    axis,
    span: { from: epoch(beginning + from), to: epoch(beginning + running.now) },
    windows,
    stopped: undefined,
    recovery: watched(running, windows),
    notes: [],
  };
}

/** Sends a few requests until latency is what it was. */
function watched(running: Running, windows: readonly StepRecord[]): Recovery | undefined {
  const calm = windows.flatMap(({ latency }) => latency.p50 ?? []);
  if (calm.length === 0) return undefined;
  const baseline = Math.min(...calm);
  const until = running.now + longestWatch;
  const responses: number[] = [];
  running.ended();
  running.offer(probeRate);
  let after: ReturnType<typeof recovered>;
  while (after === undefined && running.now < until) {
    running.advance(Math.min(until, running.now + 1));
    const { took, outcome } = running.ended();
    responses.push(...took.map((time, index) => (outcome[index] === 0 ? time : Number.POSITIVE_INFINITY)));
    after = recovered(responses, baseline, 1 / probeRate);
  }
  running.offer(0);
  return after === undefined ? notRecovered(responses, baseline, seconds(longestWatch)) : { kind: 'recovered', after };
}

/** Lets the traffic of others pass that a world has of its own; it changes every so many seconds. */
export function passTraffic(running: Running, { points }: Extract<Load, { kind: 'traffic' }>): void {
  for (const [index, point] of points.entries()) {
    const after = points[index + 1];
    if (after === undefined) break;
    const count = point.rate === after.rate ? 1 : Math.ceil(Math.min(200, (after.at - point.at) / grain));
    for (let part = 0; part < count; part += 1) {
      running.advance(point.at + ((after.at - point.at) * part) / count);
      running.offer(point.rate + ((after.rate - point.rate) * (part + 0.5)) / count);
    }
    running.advance(after.at);
  }
  running.offer(0);
}

const grain = 5;
