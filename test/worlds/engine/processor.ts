import { type Agenda, type Entry, insert, makeEntry, putDown, remove, strike } from './agenda.ts';

/** A CPU that shares itself evenly among all running work, at most one core a piece. */
export type Processor = {
  readonly agenda: Agenda;
  readonly cores: number;
  readonly physical: number;
  readonly gain: number;
  readonly groups: Group[];
  /** Pieces of others' work that run all the time. */
  strangers: number;
  since: number;
  /** Pieces of running work, what each gets of a hardware thread, and how fast it goes on. */
  running: number;
  share: number;
  speed: number;
  usedTime: number;
  waitingTime: number;
  stalledTime: number;
  completions: number;
  /** What comes next: a piece of this group is done, or its quota is used up. */
  next: Group | undefined;
  isSpent: boolean;
  readonly event: Entry;
  isStale: boolean;
  /** Where stale processors of this world wait to be planned anew. */
  readonly stale: Processor[];
};

/** The work of one instance on a processor: all runs, or all is kept from running until its next period. */
export type Group = {
  readonly processor: Processor;
  readonly quota: number;
  readonly period: number;
  readonly phase: number;
  /** Pieces of work by how much the group will have got when they are done. */
  readonly pieces: Entry[];
  /** Pieces of work that recur without requests. */
  batch: number;
  attained: number;
  budget: number;
  isThrottled: boolean;
  /** Within this period: had work, was throttled. */
  hadWork: boolean;
  wasThrottled: boolean;
  usedTime: number;
  waitingTime: number;
  stalledTime: number;
  periods: number;
  throttledPeriods: number;
  throttledTime: number;
  completions: number;
  readonly tick: Entry;
};

export function makeProcessor(
  agenda: Agenda,
  stale: Processor[],
  cores: number,
  smt: { readonly physical: number; readonly gain: number } | undefined,
): Processor {
  const processor: Processor = {
    agenda,
    cores,
    physical: smt?.physical ?? cores,
    gain: smt?.gain ?? 1,
    groups: [],
    strangers: 0,
    since: agenda.now,
    running: 0,
    share: 1,
    speed: 1,
    usedTime: 0,
    waitingTime: 0,
    stalledTime: 0,
    completions: 0,
    next: undefined,
    isSpent: false,
    event: makeEntry(() => arrive(processor)),
    isStale: false,
    stale,
  };
  return processor;
}

/** A group of its own on a processor; `quota` in cores, infinite without one. */
export function makeGroup(processor: Processor, quota: number, period: number, phase: number): Group {
  const group: Group = {
    processor,
    quota,
    period,
    phase,
    pieces: [],
    batch: 0,
    attained: 0,
    budget: quota * period,
    isThrottled: false,
    hadWork: false,
    wasThrottled: false,
    usedTime: 0,
    waitingTime: 0,
    stalledTime: 0,
    periods: 0,
    throttledPeriods: 0,
    throttledTime: 0,
    completions: 0,
    tick: makeEntry(() => beginPeriod(group)),
  };
  processor.groups.push(group);
  return group;
}

/** Begins a piece of work of so many seconds; its entry fires when it is done. */
export function begin(group: Group, piece: Entry, seconds: number): void {
  const { processor } = group;
  settleProcessor(processor);
  piece.time = group.attained + seconds;
  processor.agenda.order += 1;
  piece.order = processor.agenda.order;
  insert(group.pieces, piece);
  awaken(group);
  outdate(processor);
}

/** Takes a piece of work away before it is done. */
export function withdraw(group: Group, piece: Entry): void {
  settleProcessor(group.processor);
  remove(group.pieces, piece);
  outdate(group.processor);
}

/** Work without requests: so many cores more (or fewer, below nought) from now on. */
export function addBatch(group: Group, cores: number): void {
  settleProcessor(group.processor);
  group.batch = Math.max(0, group.batch + cores);
  awaken(group);
  outdate(group.processor);
}

export function setStrangers(processor: Processor, cores: number): void {
  settleProcessor(processor);
  processor.strangers = cores;
  outdate(processor);
}

/** Ends a group with all its work. */
export function dissolve(group: Group): void {
  const { groups, agenda } = group.processor;
  settleProcessor(group.processor);
  strike(agenda, group.tick);
  for (const piece of group.pieces) piece.place = -1;
  group.pieces.length = 0;
  group.batch = 0;
  const index = groups.indexOf(group);
  if (index >= 0) groups.splice(index, 1);
  outdate(group.processor);
}

/** How much work so many pieces get done at once: all up to the physical cores, from there on what another hardware thread gains. */
function carried(processor: Processor, pieces: number): number {
  const { cores, physical, gain } = processor;
  if (pieces <= physical) return pieces;
  return physical + (Math.min(pieces, cores) - physical) * gain;
}

/** Carries everything on a processor to now; before every change. */
export function settleProcessor(processor: Processor): void {
  const passed = processor.agenda.now - processor.since;
  if (passed <= 0) return;
  processor.since = processor.agenda.now;
  const { running, cores } = processor;
  processor.usedTime += Math.min(running, cores) * passed;
  if (running > cores) {
    processor.waitingTime += (running - cores) * passed;
    processor.stalledTime += passed;
  }
  for (const group of processor.groups) settleGroup(group, passed);
}

function settleGroup(group: Group, passed: number): void {
  const wanting = group.pieces.length + group.batch;
  if (wanting === 0) return;
  const { share, speed, cores } = group.processor;
  if (group.isThrottled) {
    group.throttledTime += Math.min(wanting, cores) * passed;
    group.stalledTime += passed;
    group.waitingTime += wanting * passed;
    return;
  }
  const used = wanting * share * passed;
  group.usedTime += used;
  group.budget -= used;
  group.attained += speed * passed;
  group.stalledTime += (1 - share) * passed;
  group.waitingTime += (1 - share) * wanting * passed;
}

function outdate(processor: Processor): void {
  if (processor.isStale) return;
  processor.isStale = true;
  processor.stale.push(processor);
}

/** Reckons anew who runs, how fast, and what comes next. */
export function planProcessor(processor: Processor): void {
  processor.isStale = false;
  let running = processor.strangers;
  for (const group of processor.groups) if (!group.isThrottled) running += group.pieces.length + group.batch;
  processor.running = running;
  processor.share = running > processor.cores ? processor.cores / running : 1;
  processor.speed = running > 0 ? carried(processor, running) / running : 1;
  planNext(processor);
}

function planNext(processor: Processor): void {
  let soonest = Number.POSITIVE_INFINITY;
  processor.next = undefined;
  for (const group of processor.groups) {
    if (group.isThrottled) continue;
    const first = group.pieces[0];
    const done = first === undefined ? Number.POSITIVE_INFINITY : (first.time - group.attained) / processor.speed;
    const spent = spentAfter(group);
    const after = done <= spent ? done : spent;
    if (after >= soonest) continue;
    soonest = after;
    processor.next = group;
    processor.isSpent = spent < done;
  }
  if (processor.next === undefined) strike(processor.agenda, processor.event);
  else putDown(processor.agenda, processor.event, processor.agenda.now + Math.max(0, soonest));
}

/** How long the budget of this period lasts as things are. */
function spentAfter({ quota, pieces, batch, budget, processor }: Group): number {
  const wanting = pieces.length + batch;
  if (quota === Number.POSITIVE_INFINITY || wanting === 0) return Number.POSITIVE_INFINITY;
  return budget / (wanting * processor.share);
}

/** What was planned next has come. */
function arrive(processor: Processor): void {
  settleProcessor(processor);
  outdate(processor);
  const group = processor.next;
  if (group === undefined) return;
  if (processor.isSpent) {
    group.isThrottled = true;
    group.wasThrottled = true;
    return;
  }
  const piece = group.pieces[0];
  if (piece === undefined) return;
  remove(group.pieces, piece);
  group.attained = group.pieces.length === 0 ? 0 : piece.time;
  group.completions += 1;
  processor.completions += 1;
  piece.fire();
}

/** A group with a quota counts periods from the moment it has work. */
function awaken(group: Group): void {
  group.hadWork = true;
  if (group.tick.place >= 0 || group.quota === Number.POSITIVE_INFINITY) return;
  const { agenda } = group.processor;
  group.budget = group.quota * group.period;
  const number = Math.floor((agenda.now - group.phase) / group.period) + 1;
  putDown(agenda, group.tick, group.phase + number * group.period);
}

/** A new period: a full budget. Without work in the last one the counting rests. */
function beginPeriod(group: Group): void {
  settleProcessor(group.processor);
  if (group.hadWork) group.periods += 1;
  if (group.wasThrottled) group.throttledPeriods += 1;
  const isIdle = group.pieces.length + group.batch === 0;
  const isResting = isIdle && !group.hadWork;
  group.hadWork = !isIdle;
  group.wasThrottled = false;
  group.isThrottled = false;
  group.budget = group.quota * group.period;
  if (!isResting) putDown(group.processor.agenda, group.tick, group.tick.time + group.period);
  outdate(group.processor);
}

/** How long a group's work was kept from running up to now. */
export function stalledAt(group: Group, now: number): number {
  if (group.pieces.length + group.batch === 0) return group.stalledTime;
  const { since, share } = group.processor;
  return group.stalledTime + (now - since) * (group.isThrottled ? 1 : 1 - share);
}
