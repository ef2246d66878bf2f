import { fault } from '../faults.ts';
import type { Clock } from '../model/clock.ts';
import { rate } from '../model/in-words.ts';
import type { Recovery, StepRecord } from '../model/load-record.ts';
import type { Step } from '../model/plan.ts';
import type { Script } from '../model/script.ts';
import type { Tally } from '../model/tally.ts';
import { type Epoch, epoch, seconds } from '../model/units.ts';
import type { Load } from '../model/world.ts';
import { connectionsFor } from './connections-for.ts';
import { type Crew, openCrew } from './crew.ts';
import { quantile } from './histogram.ts';
import { instant } from './instant.ts';
import { type Dated, live } from './live.ts';
import { notRecovered, probesBetween, recovered } from './recovery.ts';
import { roomForConnections } from './room-for-connections.ts';
import type { StepEnd, StepOrder } from './step-order.ts';
import { stepRecord } from './step-record.ts';
import { stoppedBecause } from './stopped-because.ts';
import { type Snapshot, since } from './tally.ts';

/** All workers hear of a step before it begins (s). */
const notice = 0.05;
/** Copies for the live display: how often (ms), and how long they are kept (s). */
const copyEvery = 500;
const keepCopies = 7;
/** Probing requests a second while a target is watched, and how often (s) one looks for their answers. */
const probeRate = 2;
const look = seconds(0.1);

/**
 * Opens the load of one run: workers are started, nothing is sent before the first step. Each step offers its rate through the settle and the measure phase and then
 * waits for the last answers: at most the time-out, twice that where requests waited for a connection. Caps hold in the workers, whatever a step asks for; the few requests of a watch count against all of them
 * but the duration. `stop` ends steps, not the watch after them. Closing ends workers and connections.
 */
export async function openLoad(script: Script, clock: Clock, stop: AbortSignal): Promise<Load> {
  return new OpenedLoad(script, clock, stop, await openCrew(script, roomForConnections()));
}

type Worked = { readonly before: Snapshot; readonly after: Snapshot; readonly ends: readonly (StepEnd | undefined)[] };

class OpenedLoad implements Load {
  readonly #script: Script;
  readonly #clock: Clock;
  readonly #stop: AbortSignal;
  readonly #crew: Crew;
  readonly #opened = instant();
  readonly #zero: number;
  readonly #timer: NodeJS.Timeout;
  #copies: readonly Dated[] = [];
  #orders = 0;
  #current: StepOrder | undefined;
  #index = 0;
  #responseP99: number | undefined;

  constructor(script: Script, clock: Clock, stop: AbortSignal, crew: Crew) {
    this.#script = script;
    this.#clock = clock;
    this.#stop = stop;
    this.#crew = crew;
    this.#zero = clock.now() - this.#opened;
    this.#timer = setInterval(() => this.#keepCopy(), copyEvery);
  }

  async offer(step: Step, stop: AbortSignal): Promise<StepRecord> {
    const { caps } = this.#script;
    if (step.rate > caps.rate)
      throw fault('PLAN_INVALID', [`a step of ${rate(step.rate)} is above limits.rate of ${rate(caps.rate)}`]);
    this.#index = step.index;
    const start = instant() + notice;
    const worked = await this.#work(this.#ordersOf(step, start), AbortSignal.any([this.#stop, stop]));
    return this.#recordOf(step, start + step.settle, worked);
  }

  async watch(baseline: number, longest: number, stop: AbortSignal): Promise<Recovery> {
    const enough = new AbortController();
    const start = instant() + notice;
    const watched = this.#work([this.#watchOrder(start, longest)], AbortSignal.any([stop, enough.signal]));
    const over = watched.then(() => true);
    const responses: number[] = [];
    let seen = this.#crew.snapshot();
    for (let ended = false; !ended; ) {
      ended = await Promise.race([over, this.#clock.sleep(look).then(() => false)]);
      const now = this.#crew.snapshot();
      responses.push(...probesBetween(seen, now));
      seen = now;
      const after = recovered(responses, baseline, 1 / probeRate);
      if (after === undefined) continue;
      enough.abort();
      await watched;
      return { kind: 'recovered', after };
    }
    return notRecovered(responses, baseline, seconds(Math.min(longest, instant() - start)));
  }

  tally(): Tally {
    return live(this.#copy(), this.#copies);
  }

  step(): number {
    return this.#index;
  }

  phase(): 'settle' | 'measure' | 'watch' {
    const current = this.#current;
    if (current?.kind === 'watch') return 'watch';
    return current !== undefined && instant() >= current.start + current.settle ? 'measure' : 'settle';
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    await this.#crew[Symbol.asyncDispose]();
  }

  /** Has the crew do its orders, and halts them when `stop` is aborted. */
  async #work(orders: readonly StepOrder[], stop: AbortSignal): Promise<Worked> {
    const number = this.#orders;
    const halt = (): void => this.#crew.halt(number);
    const before = this.#crew.snapshot();
    this.#current = orders[0];
    if (stop.aborted) halt();
    stop.addEventListener('abort', halt, { once: true });
    try {
      const ends = await this.#crew.work(orders);
      return { before, after: this.#crew.snapshot(), ends };
    } finally {
      stop.removeEventListener('abort', halt);
    }
  }

  #ordersOf({ rate, settle, measure }: Step, start: number): readonly StepOrder[] {
    const workers = this.#crew.size;
    const number = ++this.#orders;
    const connections = Math.ceil(connectionsFor(rate, this.#responseP99, this.#script.caps) / workers);
    const order = { number, kind: 'step', start, rate, settle, measure, connections, workers } as const;
    return Array.from({ length: workers }, (_, worker) => ({ ...order, worker }));
  }

  #watchOrder(start: number, longest: number): StepOrder {
    const rate = Math.min(probeRate, this.#script.caps.rate);
    const number = ++this.#orders;
    return { number, kind: 'watch', start, rate, settle: 0, measure: longest, connections: 1, worker: 0, workers: 1 };
  }

  #recordOf(step: Step, from: number, { before, after, ends }: Worked): StepRecord {
    const until = Math.min(from + step.measure, ...ends.map((end) => end?.until ?? instant()));
    this.#responseP99 = quantile(since(after.phases.measure, before.phases.measure).response, 0.99, 1);
    return stepRecord({
      step,
      span: { from: this.#epochOf(from), to: this.#epochOf(Math.max(from, until)) },
      before,
      after,
      ends,
      complete: ends.every((end) => end !== undefined && (end.halt === undefined || end.until >= from + step.measure)),
      stopped: stoppedBecause(ends, this.#crew.died(), this.#script.caps),
    });
  }

  #epochOf(at: number): Epoch {
    return epoch(this.#zero + at);
  }

  #copy(): Dated {
    return { at: instant() - this.#opened, snapshot: this.#crew.snapshot() };
  }

  #keepCopy(): void {
    const copy = this.#copy();
    this.#copies = [...this.#copies.filter(({ at }) => at >= copy.at - keepCopies), copy];
  }
}
