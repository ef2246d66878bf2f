import type { Objectives } from '../../src/model/objectives.ts';
import type { Course, Plan } from '../../src/model/plan.ts';
import type { PlanShape, StaircaseShape } from '../../src/model/plan-shape.ts';
import type { Caps } from '../../src/model/script.ts';
import { perSecond, type Seconds, seconds } from '../../src/model/units.ts';
import { layOut } from '../../src/plan/lay-out.ts';

export const noObjectives: Objectives = { latency: [], errors: undefined, throughput: undefined };

export const wideCaps: Caps = {
  rate: perSecond(1000),
  inFlight: 500,
  requests: 1_000_000,
  duration: seconds(3600),
};

/** What every shape leaves open. */
export const common = {
  name: 'plan',
  model: 'open',
  settle: undefined,
  measure: undefined,
  arrivals: undefined,
  seed: undefined,
  think: undefined,
  spawn: undefined,
} as const;

/** A staircase that leaves everything open. */
export const staircaseShape: StaircaseShape = {
  ...common,
  name: 'staircase',
  kind: 'staircase',
  from: undefined,
  to: undefined,
  factor: undefined,
  levels: undefined,
  overloadedSteps: undefined,
};

/** Lays out what has steps, for a scrape every second unless told otherwise. */
export function laidOut(
  shape: PlanShape,
  scrape: Seconds | undefined = seconds(1),
  limits: Partial<Caps> = {},
): Plan & Course {
  const plan = layOut(shape, { scrape, caps: { ...wideCaps, ...limits }, objectives: noObjectives });
  if (plan.kind === 'search') throw new Error('a search has no steps yet');
  return plan;
}
