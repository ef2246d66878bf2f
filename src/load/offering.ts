import { type Account, accountOf, type Ending } from './account.ts';
import { type Backlog, backlogOf } from './backlog.ts';
import type { Carrier } from './carrier.ts';
import type { Connections } from './connections.ts';
import { dressed } from './dressed.ts';
import { type Errand, type Exchange, exchangeOf, type Ground } from './exchange.ts';
import { outcomeOf, outcomeOfFailure, outcomes, type ShedReason } from './outcome.ts';
import type { Answer } from './read-answer.ts';
import { endOf, halted, isMeasured, noteSlow, phaseOf, type RunningStep, stepOf } from './running-step.ts';
import type { Halt, StepEnd, StepOrder } from './step-order.ts';
import { tracerOf } from './trace.ts';
import { legOf, type Walk, type Walks, walksOf } from './walks.ts';
import { type Wheel, wheelOf } from './wheel.ts';

/** The load stops by itself when the control thread has not been heard of for so long (s). */
const controlPatience = 5;
/** Even with nothing due: to see a halt, to let deadlines pass, to tell that it lives. */
const longestSleep = 0.01;
/** The grain of timers is a millisecond; what is due and waits longer than this (s) for one goes out when an answer comes. */
const prompt = 0.000_25;
/** Connections that are opened ahead of need are opened one by one, this far apart. */
const stagger = 0.005;
/** A waiting request is a number or two; this many are no burden, and beyond them the target is lost anyway. */
const mostWaiting = 65_536;

/** How a request ended, and the status of its answer if there was one. */
type Heard = Ending & { readonly status: number | undefined };

const good: Ending = { outcome: 'good', late: false };
const timedOut: Ending = { outcome: 'timeout', late: false };
const unfinished: Ending = { outcome: 'unfinished', late: false };

/** One worker's share of the load. It waits for nothing: it is turned, tells when it wants to be turned again, and which step has ended. */
export class Offering {
  readonly #ground: Ground;
  readonly #account: Account;
  readonly #walks: Walks;
  readonly #trace: (number: number) => string | undefined;
  readonly #connections: Connections<Exchange>;
  readonly #wheel: Wheel<Exchange>;
  readonly #backlog: Backlog<Errand>;
  #step: RunningStep | undefined;
  #offered = 0;
  #lost = false;

  constructor(ground: Ground) {
    const { script, tally, counters, now } = ground;
    this.#ground = ground;
    this.#account = accountOf(tally, script.timeout);
    this.#walks = walksOf(script, counters, ground.share);
    this.#trace = tracerOf(script.traceEvery, script.run, script.seed);
    this.#wheel = wheelOf(script.timeout + 1, now());
    const room = Math.min(mostWaiting, Math.ceil(script.caps.rate * script.timeout) + 1);
    this.#backlog = backlogOf(room, (by) => tally.add('waiting', by));
    this.#connections = ground.connect({
      started: (exchange, at) => {
        exchange.onSocket = at;
      },
      answered: (exchange, answer, at) => this.#answered(exchange, answer, at),
      failed: (exchange, failure) => this.#finish(exchange, { outcome: outcomeOfFailure(failure), late: false }, now()),
      free: (carrier) => this.#use(carrier),
      notOpened: (code) => this.#notOpened(code),
    });
  }

  begin(order: StepOrder): void {
    this.#step = stepOf(order, this.#ground.script);
    if (order.kind === 'login') this.#logIn(this.#step, this.#ground.now());
  }

  /** Does what is due now. `wakeAt` is on the clock of the ground; `ended` is told once, when the last request of a step has ended. */
  turn(): { readonly wakeAt: number; readonly ended: StepEnd | undefined } {
    const now = this.#ground.now();
    this.#ground.tally.write('workerBeat', now);
    this.#wheel.turn(now, (exchange) => this.#giveUp(exchange, timedOut));
    const step = this.#step;
    if (step === undefined) return { wakeAt: now + longestSleep, ended: undefined };
    this.#haltIfTold(step, now);
    if (now >= step.drainedBy) this.#wheel.empty((exchange) => this.#giveUp(exchange, unfinished));
    this.#warm(step, now);
    this.#pace(step, now);
    this.#followUp(step, now);
    this.#giveUpWaiting(step, now);
    step.watch.turn(now, this.#ground.signs);
    const ended = this.#isOver(step, now) ? this.#end(step) : undefined;
    return { wakeAt: Math.min(step.wakeAt, this.#backlog.followsAt(), now + longestSleep), ended };
  }

  close(): Promise<void> {
    return this.#connections.close();
  }

  #pace(step: RunningStep, now: number): void {
    if (step.source === undefined || now < step.wakeAt) return;
    const released = step.source.release(now);
    step.wakeAt = released.wakeAt;
    step.held = step.source.held();
    for (const { index, due } of released.shed) {
      const request = this.#walks.firstOf(step.seed, index);
      this.#account.intended(phaseOf(step, { due }), request, now - due);
      this.#account.shed(phaseOf(step, { due }), request, 'lag');
    }
    for (const { index, due } of released.send) {
      const walk = this.#walks.begin(step.seed, index);
      if (walk === undefined) this.#halt(step, 'rows', now);
      else this.#offer(step, walk, due);
    }
  }

  /** What was to follow an answer after a pause. */
  #followUp(step: RunningStep, now: number): void {
    for (let next = this.#backlog.follower(now); next !== undefined; next = this.#backlog.follower(now)) {
      this.#offer(step, next.walk, next.due);
    }
  }

  #offer(step: RunningStep, walk: Walk, due: number): void {
    const leg = legOf(walk);
    if (leg === undefined) return;
    const now = this.#ground.now();
    const errand = { walk, leg, due };
    this.#account.intended(phaseOf(step, errand), leg.request, now - due);
    const carrier = step.halt === undefined ? this.#connections.take() : undefined;
    if (step.halt !== undefined) this.#shed(step, errand, 'stop', now);
    else if (carrier !== undefined) this.#send(step, errand, carrier, now);
    else if (!this.#backlog.wait(errand)) this.#shed(step, errand, 'cap', now);
  }

  /** A request that is not sent ends its walk. */
  #shed(step: RunningStep, errand: Errand, reason: ShedReason, now: number): void {
    this.#account.shed(phaseOf(step, errand), errand.leg.request, reason);
    this.#over(step, errand.walk, false, now);
  }

  #send(step: RunningStep, errand: Errand, carrier: Carrier<Exchange>, now: number): void {
    const { counters, script } = this.#ground;
    const { walk, leg } = errand;
    const number = counters.next('requests');
    if (number >= script.caps.requests) {
      counters.giveBack('requests');
      this.#shed(step, errand, 'stop', now);
      this.#connections.give(carrier);
      this.#halt(step, 'requests', now);
      return;
    }
    const phase = phaseOf(step, errand);
    const exchange = exchangeOf(errand, { phase, carrier, trace: this.#trace(number) });
    exchange.timed = this.#wheel.add(exchange, now + script.timeout);
    this.#account.sent(phase, exchange.request);
    this.#level(step, now);
    carrier.send(exchange, dressed(leg.write(walk, number), walk.jar, exchange.trace, number), leg.keeps, now);
  }

  /** A free connection goes to whoever has waited longest. */
  #use(carrier: Carrier<Exchange>): void {
    const step = this.#step;
    const next = step === undefined ? undefined : this.#backlog.next();
    if (step === undefined || next === undefined) this.#connections.give(carrier);
    else this.#send(step, next, carrier, this.#ground.now());
  }

  #answered(exchange: Exchange, answer: Answer, at: number): void {
    const { walk, leg, due } = exchange;
    const read = leg.reader?.read(answer, at - due);
    const outcome = read?.outcome ?? outcomeOf(answer.status);
    if (outcome === 'good') this.#walks.heard(walk, answer, read?.extracted ?? []);
    this.#finish(exchange, outcome === 'good' ? good : { outcome, late: read?.late ?? false }, at, answer.status);
    if (this.#step !== undefined && at - this.#step.wakeAt > prompt) this.#pace(this.#step, at);
  }

  #finish(exchange: Exchange, ending: Ending, now: number, status?: number): void {
    if (exchange.timed !== undefined) this.#wheel.remove(exchange.timed);
    const step = this.#step;
    const counts = step !== undefined && step.order.kind === 'step' && isMeasured(step.order, now) && now < step.until;
    this.#account.ended(exchange, ending, now, counts);
    if (step === undefined) this.#walks.ended(exchange.walk, false);
    else this.#follow(step, exchange, { ...ending, status }, now);
  }

  /** What comes after a request: the next one of its walk, or the end of the walk. */
  #follow(step: RunningStep, { walk, trace, due, request }: Exchange, ending: Heard, now: number): void {
    this.#level(step, now);
    if (trace !== undefined) noteSlow(step, due, { request, trace, took: now - due });
    if (ending.outcome === 'good') {
      this.#goOn(step, walk, now);
      return;
    }
    const renewal = ending.status === 401 && step.halt === undefined ? this.#walks.renew(walk, now) : undefined;
    this.#over(step, walk, false, now);
    if (renewal !== undefined) this.#offer(step, renewal, now);
    if (step.order.kind !== 'login') return;
    step.loginFailed ??= { request, outcome: ending.outcome, status: ending.status };
    this.#halt(step, 'login-failed', now);
  }

  /** The next request of a walk is due when the pause after the answer is over. No walk goes on beyond its step, and a watch only looks whether the target answers. */
  #goOn(step: RunningStep, walk: Walk, now: number): void {
    const pause = this.#walks.next(walk);
    const leg = legOf(walk);
    const due = now + (pause ?? 0);
    if (pause === undefined || leg === undefined) this.#arrived(step, walk, now);
    else if (step.halt !== undefined || step.order.kind === 'watch' || due >= step.until)
      this.#over(step, walk, false, now);
    else if (pause === 0) this.#offer(step, walk, due);
    else this.#later({ walk, leg, due });
  }

  #later(errand: Errand): void {
    this.#backlog.later(errand);
    this.#ground.sooner(errand.due);
  }

  /** A walk is over, well or not, and whoever waits for that goes on. */
  #over(step: RunningStep, walk: Walk, well: boolean, now: number): void {
    this.#walks.ended(walk, well);
    if (step.source === undefined || walk.renews !== undefined) return;
    const due = step.source.ended(walk.index, now);
    if (due >= step.wakeAt) return;
    step.wakeAt = due;
    this.#ground.sooner(due);
  }

  /** A walk has come to its end. */
  #arrived(step: RunningStep, walk: Walk, now: number): void {
    this.#over(step, walk, true, now);
    if (step.order.kind === 'login') this.#logIn(step, now);
    else if (step.order.users !== undefined) this.#pace(step, now);
  }

  /** One login after the other: no more at once than there are workers. */
  #logIn(step: RunningStep, now: number): void {
    const walk = step.halt === undefined ? this.#walks.logIn(step.seed) : undefined;
    if (walk === undefined) step.until = Math.min(step.until, now);
    else this.#offer(step, walk, now);
  }

  #level(step: RunningStep, now: number): void {
    step.watch.level(now, this.#ground.tally.read('inFlight'));
  }

  #giveUp(exchange: Exchange, ending: Ending): void {
    exchange.carrier.cut();
    this.#finish(exchange, ending, this.#ground.now());
  }

  /** Who has waited for a connection as long as the time-out waits no more; a request that is sent has the whole time-out before it. */
  #giveUpWaiting(step: RunningStep, now: number): void {
    const latest = now - this.#ground.script.timeout;
    for (let first = this.#backlog.dueBy(latest); first !== undefined; first = this.#backlog.dueBy(latest)) {
      this.#shed(step, first, 'cap', now);
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
    halted(step, why, now, this.#ground.script.timeout);
    const { waiting, following } = this.#backlog.takeAll();
    for (const errand of waiting) this.#shed(step, errand, 'stop', now);
    for (const { walk } of following) this.#over(step, walk, false, now);
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
    return this.#ground.tally.read('inFlight') === 0 && this.#backlog.waiting() === 0;
  }

  #end(step: RunningStep): StepEnd {
    this.#step = undefined;
    if (step.order.kind === 'step') this.#offered += Math.max(0, step.until - step.order.start);
    if (this.#lost) void this.#connections.close();
    return endOf(step);
  }
}
