import type { Carrier, Listener } from '../../src/load/carrier.ts';
import type { Composed } from '../../src/load/compose.ts';
import type { Connections } from '../../src/load/connections.ts';
import { countersOf } from '../../src/load/counters.ts';
import type { Exchange } from '../../src/load/exchange.ts';
import { Offering } from '../../src/load/offering.ts';
import type { Answer } from '../../src/load/read-answer.ts';
import { requestNames } from '../../src/load/route.ts';
import type { StepEnd, StepOrder } from '../../src/load/step-order.ts';
import { tallyOf } from '../../src/load/tally.ts';
import type { RequestClass, Script, ScriptRequest } from '../../src/model/script.ts';
import { perSecond, seconds } from '../../src/model/units.ts';
import { plainWire } from '../../src/model/wire.ts';

const always = (text: string) => [{ kind: 'text', text }] as const;

/** A plain GET of "/". */
export const requestOf = (told: Partial<ScriptRequest> = {}): ScriptRequest => ({
  name: 'home',
  method: 'GET',
  path: always('/'),
  headers: {},
  body: undefined,
  extract: [],
  checks: [],
  think: undefined,
  ...told,
});

/** A class of one request, named as it is. */
export const classOf = (told: Partial<ScriptRequest> = {}, weight = 1): RequestClass => {
  const request = requestOf(told);
  return { name: request.name, weight, session: false, steps: [request] };
};

/** A script of one plain GET with wide caps. */
export function scriptOf(
  told: Partial<Omit<Script, 'caps'>> & { readonly caps?: Partial<Script['caps']> } = {},
): Script {
  return {
    target: 'shop',
    run: 'r1',
    origin: 'http://127.0.0.1:1',
    address: '127.0.0.1',
    wire: plainWire,
    classes: [classOf()],
    feeders: [],
    sessions: undefined,
    traceEvery: undefined,
    arrivals: 'uniform',
    seed: 1,
    timeout: seconds(2),
    workers: 1,
    ...told,
    caps: { rate: perSecond(10_000), inFlight: 100, requests: 1_000_000, duration: seconds(600), ...told.caps },
  };
}

/** A target in virtual time: a request that it is given at `now` is answered after so many seconds, with this status, and headers and a body if told; Infinity is never. */
export type Answering = (
  now: number,
  request: Composed,
) => (Pick<Answer, 'status'> & Partial<Answer> & { readonly after: number }) | Refusal;

/** No answer comes but this error, after so long; `idle` is how long the connection had lain idle. One that has to do with connecting is never on a connection. */
type Refusal = { readonly after: number; readonly code: string; readonly idle?: number };

/** A request as the target got it. */
export type Asked = Composed & { readonly at: number };

/** A step of level load with one window, unless stages and windows are told. */
export function stepOrder({
  rate = 100,
  settle = 1,
  measure = 9,
  ...told
}: Partial<StepOrder> & {
  readonly rate?: number;
  readonly settle?: number;
  readonly measure?: number;
} = {}): StepOrder {
  return {
    number: 1,
    kind: 'step',
    start: 0,
    stages: [{ lasts: seconds(settle + measure), from: rate, to: rate }],
    windows: [{ from: seconds(settle), to: seconds(settle + measure) }],
    connections: 0,
    worker: 0,
    workers: 1,
    ...told,
  };
}

type Simulation = {
  readonly script?: Script;
  readonly order?: StepOrder;
  readonly answering: Answering;
  readonly halt?: number;
  readonly controlUntil?: number;
  readonly stalls?: readonly (readonly [number, number])[];
};

/**
 * One worker's share of the load turned in virtual time against a simulated target, until its step ends. The control thread is heard of
 * until `controlUntil` and tells the step to halt at `halt`; between the ends of a stall the worker does not run.
 */
export function simulate(given: Simulation) {
  const { script = scriptOf(), order = stepOrder(), halt = Infinity, controlUntil = Infinity, stalls = [] } = given;
  const time = new Time();
  const tally = tallyOf(requestNames(script).length);
  const target = targetIn(time, given.answering, script.caps.inFlight, () => tally.read('inFlight'));
  const offering = new Offering({
    script,
    now: () => time.now,
    signs: () => ({ at: time.now, loopBusy: time.now / 10, cpu: time.now / 10, runQueue: 0, periods: undefined }),
    tally,
    share: { worker: 0, workers: 1 },
    counters: countersOf(script),
    connect: target.connect,
    sooner: (at) => {
      wake = Math.min(wake, Math.max(at, time.now + timerGrain));
    },
  });
  let wake = 0;
  function turnUntilEnded(order: StepOrder): StepEnd | undefined {
    offering.begin(order);
    let ended: StepEnd | undefined;
    for (let turns = 0; ended === undefined && turns < 1_000_000; turns++) {
      if (time.now <= controlUntil) tally.write('controlBeat', time.now);
      if (time.now >= halt) tally.write('halt', order.number);
      const turned = offering.turn();
      ended = turned.ended;
      wake = Math.max(turned.wakeAt, time.now + timerGrain);
      while (time.now < wake) time.pass(wake, stalls);
    }
    return ended;
  }
  const loggedIn = script.sessions === undefined ? undefined : turnUntilEnded(loginOrder);
  const ended = turnUntilEnded({
    ...order,
    start: order.start + time.now,
    number: order.number + (loggedIn === undefined ? 0 : 1),
  });
  return {
    tally,
    loggedIn,
    ended,
    asked: target.asked,
    starts: target.asked.map(({ at }) => at),
    most: target.most(),
    now: time.now,
  };
}

/** No timer ends sooner (s). */
const timerGrain = 0.001;

/** Sessions may take a minute to open. */
const loginOrder: StepOrder = {
  ...stepOrder({ settle: 60, measure: 0 }),
  kind: 'login',
  windows: [],
};

/** Time that passes when it is told to, and what is to happen in it. */
class Time {
  now = 0;
  readonly #events: { readonly at: number; readonly what: () => void }[] = [];

  after(delay: number, what: () => void): void {
    if (delay < Infinity) this.#events.push({ at: this.now + delay, what });
  }

  /** On to `wake`, or to the next event if that comes first; nothing runs inside a stall. */
  pass(wake: number, stalls: readonly (readonly [number, number])[]): void {
    this.#events.sort((a, b) => a.at - b.at);
    const next = Math.min(wake, Math.max(this.now, this.#events[0]?.at ?? Infinity));
    this.now = stalls.find(([from, to]) => next > from && next < to)?.[1] ?? next;
    for (let first = this.#events[0]; first !== undefined && first.at <= this.now; first = this.#events[0]) {
      this.#events.shift();
      first.what();
    }
  }
}

function targetIn(time: Time, answering: Answering, limit: number, inFlight: () => number) {
  const asked: Asked[] = [];
  let most = 0;
  let open = 0;

  function carrier(listener: Listener<Exchange>): Carrier<Exchange> {
    let turn = 0;
    const self: Carrier<Exchange> = {
      send(exchange, request) {
        const mine = ++turn;
        asked.push({ ...request, at: time.now });
        most = Math.max(most, inFlight());
        const answer = answering(time.now, request);
        const onSocket = !('code' in answer) || !/^E(MFILE|CONNREFUSED)$/.test(answer.code);
        if (onSocket) listener.started(exchange, time.now);
        time.after(answer.after, () => {
          if (turn !== mine) return;
          if ('code' in answer)
            listener.failed(exchange, { code: answer.code, onSocket, idle: answer.idle, answering: false });
          else listener.answered(exchange, { headers: {}, body: '', ...answer }, time.now);
          listener.free(self);
        });
      },
      cut() {
        turn += 1;
        time.after(0, () => listener.free(self));
      },
    };
    return self;
  }

  function connect(listener: Listener<Exchange>): Connections<Exchange> {
    const free: Carrier<Exchange>[] = [];
    const grow = () => {
      if (open === limit) return undefined;
      open += 1;
      return carrier(listener);
    };
    return {
      take: () => free.shift() ?? grow(),
      give: (back) => {
        free.push(back);
      },
      open: () => open,
      warm: () => {},
      close: async () => {},
    };
  }

  return { connect, asked, most: () => most };
}
