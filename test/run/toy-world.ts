import type { Clock } from '../../src/model/clock.ts';
import type { Collected } from '../../src/model/collected.ts';
import type { StepRecord } from '../../src/model/load-record.ts';
import type { Order } from '../../src/model/order.ts';
import type { Step } from '../../src/model/plan.ts';
import type { Span } from '../../src/model/span.ts';
import type { Tally } from '../../src/model/tally.ts';
import { epoch, perSecond, ratio, seconds } from '../../src/model/units.ts';
import { plainWire } from '../../src/model/wire.ts';
import type { Load, World } from '../../src/model/world.ts';

/** Time that passes only when somebody sleeps, and then at once. */
export function virtualClock(start = 1_700_000_000): Clock & { readonly pass: (duration: number) => void } {
  let time = start;
  return {
    now: () => epoch(time),
    monotonic: () => seconds(time - start),
    pass: (duration) => {
      time += duration;
    },
    sleep: async (duration, stop) => {
      await new Promise((resolve) => setImmediate(resolve));
      if (!stop?.aborted) time += duration;
    },
  };
}

/** What the toy server does with a rate: it answers up to `capacity`, fails everything from `failsFrom` on, and after each step still has `backlog` seconds to work. */
export type Toy = {
  readonly capacity: number;
  readonly failsFrom?: number;
  readonly prometheusDiesAt?: number;
  readonly backlog?: number;
};

/** A world with one server behind a counter, in virtual time. */
export function toyWorld(
  toy: Toy,
): World & { readonly offered: Step[]; readonly clock: ReturnType<typeof virtualClock> } {
  const clock = virtualClock();
  const offered: Step[] = [];
  const began = clock.now();
  let counts = { completed: 0, failed: 0 };
  const tally = (): Tally => ({
    at: seconds(clock.now() - began),
    intended: counts.completed,
    sent: counts.completed,
    completed: counts.completed,
    good: counts.completed - counts.failed,
    failed: counts.failed,
    connectFailures: 0,
    shed: 0,
    inFlight: 1,
    offered: perSecond(offered.at(-1)?.rate ?? 0),
    achieved: perSecond(0),
    p50: undefined,
    p99: undefined,
  });
  const offer = async (step: Step, stop: AbortSignal): ReturnType<Load['offer']> => {
    offered.push(step);
    const from = clock.now() + step.settle;
    for (let i = 0; i < step.settle + step.measure && !stop.aborted; i += 1) {
      clock.pass(1);
      const failed = step.rate >= (toy.failsFrom ?? Number.POSITIVE_INFINITY) ? step.rate : 0;
      counts = { completed: counts.completed + step.rate, failed: counts.failed + failed };
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    const to = Math.max(from, clock.now());
    clock.pass(toy.backlog ?? 0);
    return [recordOf(step, { from: epoch(from), to: epoch(to) }, Math.min(step.rate, toy.capacity), !stop.aborted)];
  };
  const load: Load = {
    offer,
    tally,
    step: () => offered.at(-1)?.index ?? 0,
    phase: () => 'measure',
    watch: async () => ({ kind: 'recovered', after: seconds(1) }),
    [Symbol.asyncDispose]: async () => {},
  };
  return {
    clock,
    offered,
    openLoad: async () => load,
    live: async () => {
      if (clock.now() - began >= (toy.prometheusDiesAt ?? Number.POSITIVE_INFINITY))
        throw new Error('connection refused');
      return { at: clock.now(), fullest: { component: 'api', resource: 'cpu', ratio: 0.5 }, guards: {} };
    },
    collect: async (): Promise<Collected> => ({ signals: [], traffic: undefined, changes: [], blind: [], notes: [] }),
  };
}

function recordOf(step: Step, span: Span, good: number, complete: boolean): StepRecord {
  const empty = { unit: 'us', counts: [] } as const;
  return {
    step,
    span,
    offered: step.rate,
    throughput: perSecond(good),
    goodput: perSecond(good),
    errors: ratio(0),
    latency: { mean: undefined, p50: seconds(0.01), p90: undefined, p99: undefined },
    inFlight: { mean: 1, growth: step.rate - good },
    health: {
      verdict: 'ok',
      because: [],
      sendRatio: ratio(1),
      lagP99: seconds(0.001),
      loopUtilisation: ratio(0.1),
      threadCpu: ratio(0.1),
      throttled: ratio(0),
      localErrors: 0,
    },
    complete,
    sent: good * step.measure,
    completed: good * step.measure,
    good: good * step.measure,
    errorsByClass: {},
    requests: [],
    slowest: [],
    shed: {},
    response: empty,
    service: empty,
    lag: empty,
  };
}

/** An order of steps at these rates, 2 s to settle and 8 s to measure each. */
export function toyOrder(rates: readonly number[]): Order & { readonly load: NonNullable<Order['load']> } {
  const steps = rates.map((rate, index) => ({ index, rate: perSecond(rate), settle: seconds(2), measure: seconds(8) }));
  return {
    run: 'toy',
    target: 'toy',
    config: 'toy',
    version: '0',
    components: [],
    traffic: undefined,
    objectives: { latency: [], errors: undefined, throughput: undefined },
    reference: { kind: 'expected', load: perSecond(100) },
    load: {
      plan: { name: 'toy', kind: 'staircase', arrivals: 'uniform', seed: 1, steps, scrape: seconds(1) },
      script: {
        target: 'toy',
        run: 'toy',
        origin: 'http://127.0.0.1:1',
        address: '127.0.0.1',
        wire: plainWire,
        classes: [],
        feeders: [],
        sessions: undefined,
        traceEvery: undefined,
        arrivals: 'uniform',
        seed: 1,
        timeout: seconds(1),
        caps: { rate: perSecond(1000), inFlight: 100, requests: 1e6, duration: seconds(600) },
        workers: 1,
      },
      guards: {},
    },
  };
}
