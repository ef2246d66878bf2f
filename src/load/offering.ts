import type { Script } from '../model/script.ts';
import { type Account, accountOf } from './account.ts';
import { pickerOf, writersOf } from './compose.ts';
import type { Carrier, Listener } from './connection.ts';
import type { Connections } from './connections.ts';
import { type Outcome, outcomeOf, outcomeOfFailure, outcomes } from './outcome.ts';
import { type Arrival, release } from './release.ts';
import { ringOf } from './ring.ts';
import { endOf, isMeasured, phaseOf, type RunningStep, stepOf } from './running-step.ts';
import type { Halt, StepEnd, StepOrder } from './step-order.ts';
import type { Phase, Tally } from './tally.ts';
import type { VitalSigns } from './vitals-between.ts';
import { type Timed, wheelOf } from './wheel.ts';

/** A request under way. */
export type Exchange = {
  readonly due: number;
  readonly phase: Phase;
  readonly carrier: Carrier<Exchange>;
  timed: Timed<Exchange> | undefined;
  onSocket: number | undefined;
};

/** What one worker's share of the load stands on: its clock (s, monotonic), its connections, what it counts in, and what it spends of the whole. */
export type Ground = {
  readonly script: Script;
  readonly now: () => number;
  readonly signs: () => VitalSigns;
  readonly tally: Tally;
  /** Requests of all workers so far; one number, added to atomically. */
  readonly spent: Int32Array<SharedArrayBuffer>;
  readonly connect: (listener: Listener<Exchange>) => Connections<Exchange>;
};

/** The load stops by itself when the control thread has not been heard of for so long (s). */
const controlPatience = 5;
/** Even with nothing due: to see a halt, to let deadlines pass, to tell that it lives. */
const longestSleep = 0.01;
/** Connections that are opened ahead of need are opened one by one, this far apart. */
const stagger = 0.005;
/** A waiting request is a number or two; this many are no burden, and beyond them the target is lost anyway. */
const mostWaiting = 65_536;

const none = new Map<string, never>();

/** One worker's share of the load. It waits for nothing: it is turned, tells when it wants to be turned again, and which step has ended. */
export class Offering {
  readonly #ground: Ground;
  readonly #account: Account;
  readonly #pick: ReturnType<typeof pickerOf>;
  readonly #writers: readonly ReturnType<typeof writersOf>[];
  readonly #connections: Connections<Exchange>;
  readonly #wheel: ReturnType<typeof wheelOf<Exchange>>;
  readonly #waiting: ReturnType<typeof ringOf<Arrival>>;
  #step: RunningStep | undefined;
  #offered = 0;
  #lost = false;

  constructor(ground: Ground) {
    const { script, tally, now } = ground;
    this.#ground = ground;
    this.#account = accountOf(tally, script.timeout);
    this.#pick = pickerOf(script.classes);
    this.#writers = script.classes.map(({ steps }) => writersOf(steps, script.feeders, script.run));
    this.#wheel = wheelOf(script.timeout + 1, now());
    this.#waiting = ringOf(Math.min(mostWaiting, Math.ceil(script.caps.rate * script.timeout) + 1));
    this.#connections = ground.connect({
      started: (exchange) => {
        exchange.onSocket = now();
      },
      answered: (exchange, status) => this.#finish(exchange, outcomeOf(status)),
      failed: (exchange, failure) => this.#finish(exchange, outcomeOfFailure(failure)),
      free: (carrier) => this.#use(carrier),
      notOpened: (code) => this.#notOpened(code),
    });
  }

  begin(order: StepOrder): void {
    this.#step = stepOf(order, this.#ground.script);
  }

  /** Does what is due now. `wakeAt` is on the clock of the ground; `ended` is told once, when the last request of a step has ended. */
  turn(): { readonly wakeAt: number; readonly ended: StepEnd | undefined } {
    const now = this.#ground.now();
    this.#ground.tally.write('workerBeat', now);
    this.#wheel.turn(now, (exchange) => this.#expire(exchange));
    const step = this.#step;
    if (step === undefined) return { wakeAt: now + longestSleep, ended: undefined };
    this.#haltIfTold(step, now);
    this.#warm(step, now);
    this.#pace(step, now);
    this.#giveUpWaiting(step, now);
    step.watch.turn(now, this.#ground.signs);
    const ended = this.#isOver(step, now) ? this.#end(step) : undefined;
    return { wakeAt: Math.min(step.wakeAt, now + longestSleep), ended };
  }

  close(): Promise<void> {
    return this.#connections.close();
  }

  #pace(step: RunningStep, now: number): void {
    if (step.pacer === undefined || now < step.wakeAt) return;
    const released = release(step.pacer, now);
    step.pacer = released.pacer;
    step.wakeAt = released.wakeAt;
    for (const arrival of released.shed) {
      this.#account.intended(phaseOf(step, arrival), now - arrival.due);
      this.#account.shed(phaseOf(step, arrival), 'lag');
    }
    for (const arrival of released.send) this.#offer(step, arrival, now);
  }

  #offer(step: RunningStep, arrival: Arrival, now: number): void {
    const phase = phaseOf(step, arrival);
    this.#account.intended(phase, now - arrival.due);
    if (step.halt !== undefined) {
      this.#account.shed(phase, 'stop');
      return;
    }
    const carrier = this.#connections.take();
    if (carrier !== undefined) this.#send(step, arrival, carrier);
    else if (this.#waiting.push(arrival)) this.#ground.tally.add('waiting', 1);
    else this.#account.shed(phase, 'cap');
  }

  #send(step: RunningStep, arrival: Arrival, carrier: Carrier<Exchange>): void {
    const { spent, script } = this.#ground;
    const now = this.#ground.now();
    const phase = phaseOf(step, arrival);
    if (Atomics.add(spent, 0, 1) >= script.caps.requests) {
      Atomics.sub(spent, 0, 1);
      this.#account.shed(phase, 'stop');
      this.#connections.give(carrier);
      this.#halt(step, 'requests', now);
      return;
    }
    const exchange: Exchange = { due: arrival.due, phase, carrier, timed: undefined, onSocket: undefined };
    exchange.timed = this.#wheel.add(exchange, now + script.timeout);
    this.#account.sent(phase);
    this.#level(step, now);
    const number = Atomics.load(spent, 0);
    const visit = { seed: step.seed, index: arrival.index, rows: none, variables: none, sequence: number, number };
    const write = this.#writers[this.#pick(step.seed, arrival.index)]?.[0];
    if (write !== undefined) carrier.send(exchange, write(visit));
  }

  /** A free connection goes to whoever has waited longest. */
  #use(carrier: Carrier<Exchange>): void {
    const step = this.#step;
    const next = step === undefined ? undefined : this.#shiftWaiting();
    if (step === undefined || next === undefined) this.#connections.give(carrier);
    else this.#send(step, next, carrier);
  }

  #shiftWaiting(): Arrival | undefined {
    const first = this.#waiting.shift();
    if (first !== undefined) this.#ground.tally.add('waiting', -1);
    return first;
  }

  #finish(exchange: Exchange, outcome: Outcome): void {
    const now = this.#ground.now();
    if (exchange.timed !== undefined) this.#wheel.remove(exchange.timed);
    const step = this.#step;
    const counts = step !== undefined && step.order.kind === 'step' && isMeasured(step.order, now) && now < step.until;
    this.#account.ended(exchange, outcome, now, counts);
    if (step !== undefined) this.#level(step, now);
  }

  #level(step: RunningStep, now: number): void {
    step.watch.level(now, this.#ground.tally.read('inFlight'));
  }

  #expire(exchange: Exchange): void {
    exchange.carrier.cut();
    this.#finish(exchange, 'timeout');
  }

  /** Who has waited for a connection as long as the time-out waits no more; a request that is sent has the whole time-out before it. */
  #giveUpWaiting(step: RunningStep, now: number): void {
    const { timeout } = this.#ground.script;
    for (
      let first = this.#waiting.peek();
      first !== undefined && first.due + timeout <= now;
      first = this.#waiting.peek()
    ) {
      this.#shiftWaiting();
      this.#account.shed(phaseOf(step, first), 'cap');
    }
  }

  #haltIfTold(step: RunningStep, now: number): void {
    const { tally, script } = this.#ground;
    if (tally.read('halt') >= step.order.number) this.#halt(step, 'asked', now);
    if (this.#lost || now - tally.read('controlBeat') > controlPatience) this.#halt(step, 'control-lost', now);
    const running = step.order.kind === 'step' ? Math.min(now, step.until) - step.order.start : 0;
    if (this.#offered + running > script.caps.duration + longestSleep) this.#halt(step, 'duration', now);
  }

  #halt(step: RunningStep, why: Halt, now: number): void {
    if (step.halt !== undefined) return;
    step.halt = why;
    step.until = Math.min(step.until, now);
    step.watch.cut(now);
    step.pacer = undefined;
    step.wakeAt = Number.POSITIVE_INFINITY;
    for (let left = this.#shiftWaiting(); left !== undefined; left = this.#shiftWaiting()) {
      this.#account.shed(phaseOf(step, left), 'stop');
    }
    if (why === 'control-lost') this.#lost = true;
  }

  #warm(step: RunningStep, now: number): void {
    const enough = this.#connections.open() >= step.order.connections;
    if (enough || step.halt !== undefined || now - step.warmed < stagger) return;
    step.warmed = now;
    this.#connections.warm();
  }

  #notOpened(code: string): void {
    const outcome = outcomeOfFailure({ code, onSocket: false, idle: undefined, answering: false });
    if (outcomes[outcome] === 'generator') this.#ground.tally.add('localErrors', 1);
  }

  #isOver(step: RunningStep, now: number): boolean {
    if (now < step.until || step.wakeAt !== Number.POSITIVE_INFINITY) return false;
    return this.#ground.tally.read('inFlight') === 0 && this.#waiting.size() === 0;
  }

  #end(step: RunningStep): StepEnd {
    this.#step = undefined;
    if (step.order.kind === 'step') this.#offered += Math.max(0, step.until - step.order.start);
    if (this.#lost) void this.#connections.close();
    return endOf(step);
  }
}
