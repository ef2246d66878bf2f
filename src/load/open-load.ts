import { fault } from '../faults.ts';
import type { Clock } from '../model/clock.ts';
import { rate } from '../model/in-words.ts';
import type { Recovery, StepRecord } from '../model/load-record.ts';
import type { Cut, Step } from '../model/plan.ts';
import type { Script } from '../model/script.ts';
import type { Span } from '../model/span.ts';
import { levelAt, meanBetween, stagesOf, windowsOf } from '../model/stages.ts';
import type { Tally } from '../model/tally.ts';
import { type Epoch, epoch, seconds } from '../model/units.ts';
import type { Load } from '../model/world.ts';
import { connectionsFor } from './connections-for.ts';
import { type Crew, openCrew } from './crew.ts';
import { quantile } from './histogram.ts';
import { instant } from './instant.ts';
import { type Dated, live } from './live.ts';
import { loginFailed } from './login-failed.ts';
import { notRecovered, probesBetween, recovered } from './recovery.ts';
import { roomForConnections } from './room-for-connections.ts';
import { firstOfWalks, requestNames } from './route.ts';
import { isMeasured } from './running-step.ts';
import { type Counted, seenOf } from './seen-of.ts';
import type { StepEnd, StepOrder } from './step-order.ts';
import { stepRecord } from './step-record.ts';
import { stoppedBecause } from './stopped-because.ts';
import { since } from './tally.ts';

/** All workers hear of a step before it begins (s). */
const notice = 0.05;
/** The share of a window that must have been seen. */
const leastSeen = 0.8;
/** Copies for the live display: how often (ms), and how long they are kept (s). */
const copyEvery = 500;
const keepCopies = 7;
/** Probing requests a second while a target is watched, and how often (s) one looks for their answers. */
const probeRate = 2;
const look = seconds(0.1);

/**
 * Opens the load of one run: workers are started, and sessions logged in where the script has some; nothing else is sent before the first step. Each step offers its rate from its beginning to its end and then
 * waits for the last answers: at most the time-out, twice that where requests waited for a connection. Caps hold in the workers, whatever a step asks for; the few requests of a watch count against all of them
 * but the duration. `stop` ends steps, not the watch after them. Closing ends workers and connections.
 *
 * @throws ADDRESS_REFUSED, CONFIG_INVALID where the handshake with the target cannot be made; LOGIN_FAILED where a session cannot be opened
 */
export async function openLoad(script: Script, clock: Clock, stop: AbortSignal): Promise<Load> {
  const greeted = needsGreeting(script) ? await (await import('./greet.ts')).greet(script) : script;
  const crew = await openCrew(greeted, roomForConnections() * greeted.wire.streams);
  const load = new OpenedLoad(greeted, clock, stop, crew);
  try {
    await load.logIn();
    return load;
  } catch (error) {
    await load[Symbol.asyncDispose]();
    throw error;
  }
}

/** With TLS or HTTP/2 there is something to agree on first. */
const needsGreeting = ({ origin, wire }: Script): boolean => origin.startsWith('https:') || wire.http === 2;

/** What a step came to: copies of the tallies, and what the workers told. */
type Worked = Omit<Counted, 'start' | 'until'> & { readonly ends: readonly (StepEnd | undefined)[] };

/** Where this thread was kept from making its copies in time, less of a window was seen. */
const isWhole = ({ from, to }: Span, window: Cut): boolean => to - from >= leastSeen * (window.to - window.from);

/** The users of a window, or how much the rate rises in it. */
function levelIn(step: Step, { from, to }: Cut): { readonly users?: number; readonly rise?: number } {
  const stages = stagesOf(step);
  if (step.users !== undefined) return { users: meanBetween(stages, from, to) };
  const rise = levelAt(stages, to - 1e-6) - levelAt(stages, from);
  return Math.abs(rise) > 1e-3 ? { rise } : {};
}

class OpenedLoad implements Load {
  readonly #script: Script;
  readonly #clock: Clock;
  readonly #stop: AbortSignal;
  readonly #crew: Crew;
  readonly #names: readonly string[];
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
    this.#names = requestNames(script);
    this.#clock = clock;
    this.#stop = stop;
    this.#crew = crew;
    this.#zero = clock.now() - this.#opened;
    this.#timer = setInterval(() => this.#keepCopy(), copyEvery);
  }

  /** Opens all sessions, one after the other in each worker. */
  async logIn(): Promise<void> {
    const { sessions, timeout } = this.#script;
    if (sessions === undefined) return;
    const lasts = seconds(sessions.size * sessions.login.length * timeout);
    const stages = [{ lasts, from: 0, to: 0 }];
    const number = ++this.#orders;
    const order = { number, kind: 'login', start: instant(), stages, windows: [], connections: 1 } as const;
    const workers = this.#crew.size;
    const orders = Array.from({ length: workers }, (_, worker) => ({ ...order, worker, workers }));
    const { ends } = await this.#work(orders, this.#stop);
    const why = loginFailed(ends, this.#script);
    if (why !== undefined) throw fault('LOGIN_FAILED', [why]);
  }

  async offer(step: Step, stop: AbortSignal): Promise<readonly [StepRecord, ...StepRecord[]]> {
    const { caps } = this.#script;
    if (step.rate > caps.rate)
      throw fault('PLAN_INVALID', [`a step of ${rate(step.rate)} is above limits.rate of ${rate(caps.rate)}`]);
    this.#index = step.index;
    const start = instant() + notice;
    const worked = await this.#work(this.#ordersOf(step, start), AbortSignal.any([this.#stop, stop]));
    this.#responseP99 = quantile(since(worked.after.phases.measure, worked.before.phases.measure).response, 0.99, 1);
    return this.#recordsOf(step, start, worked);
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
    const current = this.#current;
    const passed = current?.windows.filter(({ to }) => instant() >= current.start + to).length ?? 0;
    return this.#index + Math.max(0, Math.min(passed, (current?.windows.length ?? 1) - 1));
  }

  phase(): 'settle' | 'measure' | 'watch' {
    const current = this.#current;
    if (current?.kind === 'watch') return 'watch';
    return current !== undefined && isMeasured(current, instant()) ? 'measure' : 'settle';
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
    const over = new AbortController();
    const between = this.#copiesBetween(orders[0], over.signal);
    try {
      const ends = await this.#crew.work(orders);
      over.abort();
      return { before, between: await between, after: this.#crew.snapshot(), ends };
    } finally {
      over.abort();
      stop.removeEventListener('abort', halt);
    }
  }

  /** Copies of the tallies at both ends of each window, where there are several, in order. */
  async #copiesBetween(order: StepOrder | undefined, over: AbortSignal): Promise<Worked['between']> {
    const copies = new Map<number, Dated>();
    if (order === undefined || order.windows.length < 2) return copies;
    const times = [...new Set(order.windows.flatMap(({ from, to }) => [from, to]))];
    for (const time of times) {
      await this.#clock.sleep(seconds(Math.max(0, order.start + time - instant())), over);
      if (over.aborted) break;
      copies.set(time, { at: instant(), snapshot: this.#crew.snapshot() });
    }
    return copies;
  }

  #ordersOf(step: Step, start: number): readonly StepOrder[] {
    const workers = this.#crew.size;
    const number = ++this.#orders;
    const wanted = step.users ?? connectionsFor(step.rate, this.#responseP99, this.#script.caps);
    const connections = Math.ceil(wanted / workers);
    const [stages, windows] = [stagesOf(step), windowsOf(step)];
    const { users } = step;
    const shared = { number, kind: 'step', start, stages, windows, connections, workers } as const;
    const order: Omit<StepOrder, 'worker'> = users === undefined ? shared : { ...shared, users };
    return Array.from({ length: workers }, (_, worker) => ({ ...order, worker }));
  }

  #watchOrder(start: number, longest: number): StepOrder {
    const rate = Math.min(probeRate, this.#script.caps.rate);
    const number = ++this.#orders;
    const stages = [{ lasts: seconds(longest), from: rate, to: rate }];
    return { number, kind: 'watch', start, stages, windows: [], connections: 1, worker: 0, workers: 1 };
  }

  /** One record a window that began; the first also where none did. */
  #recordsOf(step: Step, start: number, worked: Worked): readonly [StepRecord, ...StepRecord[]] {
    const until = Math.min(...worked.ends.map((end) => end?.until ?? instant()));
    const [first, ...others] = windowsOf(step);
    const rest = others.filter(({ from }) => start + from < until);
    const record = (window: Cut, i: number): StepRecord => {
      const ended = (end: StepEnd): boolean => end.halt === undefined || end.until >= start + window.to;
      const { from, to, before, after } = seenOf(window, { start, until, ...worked });
      const span = { from: this.#epochOf(from), to: this.#epochOf(to) };
      return stepRecord({
        step,
        span,
        before,
        after,
        ends: worked.ends.map((end) => end?.windows[i]),
        names: this.#names,
        firsts: firstOfWalks(this.#script),
        slowest: worked.ends.flatMap((end) => end?.slowest[i] ?? []),
        ...levelIn(step, window),
        held: worked.ends.reduce((sum, end) => sum + (end?.held ?? 0), 0) / (rest.length + 1),
        complete: worked.ends.every((end) => end !== undefined && ended(end)) && isWhole(span, window),
        stopped: i < rest.length ? undefined : stoppedBecause(worked.ends, this.#crew.died(), this.#script.caps),
      });
    };
    return [record(first, 0), ...rest.map((window, i) => record(window, i + 1))];
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
