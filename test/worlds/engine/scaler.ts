import type { Resource } from '../world.ts';
import { once } from './agenda.ts';
import { scaleTo } from './fates.ts';
import type { Instance, PartInMotion } from './instance.ts';
import { type Meter, makeMeter, settleMeter, shownBy } from './meter.ts';
import type { Motion } from './motion.ts';
import { settleProcessor } from './processor.ts';

type Rule = Extract<Resource, { kind: 'autoscaler' }>;

/** Follows the CPU use of a part's instances, as Kubernetes' horizontal autoscaler does. */
export type Scaler = {
  readonly rule: Rule;
  readonly meter: Meter;
  desired: number;
  /** CPU time of each instance when it was last looked at. */
  readonly used: Map<Instance, number>;
  lookedAt: number;
  /** What was proposed within the time that it waits before it scales down. */
  readonly proposals: { readonly at: number; readonly replicas: number }[];
};

/** How often it looks (s), what change it does not bother about, and for how long the most that was proposed holds (s): the defaults of Kubernetes. */
const every = 15;
const tolerance = 0.1;
const holdsFor = 300;

/** Starts the autoscaler of a part, if it has one. */
export function startScaler(motion: Motion, part: PartInMotion): void {
  const rule = part.part.resources.find((resource) => resource.kind === 'autoscaler');
  if (rule === undefined) return;
  const { now } = motion.agenda;
  const desired = part.part.replicas;
  const meter = makeMeter(now, desired);
  part.scaler = { rule, meter, desired, used: new Map(), lookedAt: now, proposals: [] };
  follow(motion, part, part.scaler);
}

function follow(motion: Motion, part: PartInMotion, scaler: Scaler): void {
  once(motion.agenda, motion.agenda.now + every, () => {
    decide(motion, part, scaler);
    follow(motion, part, scaler);
  });
}

function decide(motion: Motion, part: PartInMotion, scaler: Scaler): void {
  const { rule, desired, proposals } = scaler;
  const { now } = motion.agenda;
  const wanted = cpuUsed(part, scaler, now) / rule.target;
  const isNear = Math.abs(wanted / desired - 1) <= tolerance;
  const replicas = isNear ? desired : Math.max(rule.least, Math.min(rule.most, Math.ceil(wanted)));
  proposals.push({ at: now, replicas });
  while ((proposals[0]?.at ?? now) < now - holdsFor) proposals.shift();
  const held = Math.max(...proposals.map((proposal) => proposal.replicas));
  scaler.desired = replicas > desired ? replicas : Math.min(desired, held);
  if (scaler.desired > desired) once(motion.agenda, now + rule.delay, () => adjust(motion, part, scaler));
  if (scaler.desired < desired) adjust(motion, part, scaler);
}

/** Instances up to what is desired, as far as the nodes have room for them. */
function adjust(motion: Motion, part: PartInMotion, scaler: Scaler): void {
  scaleTo(motion, part, Math.min(scaler.desired, scaler.rule.room));
  settleMeter(scaler.meter, motion.agenda);
  scaler.meter.used = part.instances.length;
}

/** CPU that the instances used since the last look, in units of what one of them may use. */
function cpuUsed(part: PartInMotion, scaler: Scaler, now: number): number {
  const passed = now - scaler.lookedAt;
  scaler.lookedAt = now;
  let sum = 0;
  for (const instance of part.instances) {
    const { group } = instance;
    settleProcessor(group.processor);
    sum += (group.usedTime - (scaler.used.get(instance) ?? 0)) / Math.min(group.quota, group.processor.cores) / passed;
    scaler.used.set(instance, group.usedTime);
  }
  return sum;
}

export function lookAtScaler({ rule, meter, desired }: Scaler, now: number) {
  const pending = Math.max(0, desired - rule.room);
  return { size: rule.most, ...shownBy(meter, now), waiting: pending, more: { desired, pending } };
}
