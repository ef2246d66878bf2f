import type { LiveReadings } from '../model/collected.ts';
import type { Order } from '../model/order.ts';
import type { Beat } from '../model/pulse.ts';
import type { Tally } from '../model/tally.ts';
import { type Epoch, ratio, seconds } from '../model/units.ts';
import type { Load, World } from '../model/world.ts';
import { hasSeenEnough } from '../plan/seen-enough.ts';
import { tripped } from '../plan/stop-rules.ts';
import { totalsOf } from '../plan/totals.ts';

/** A running watch over a load: one beat a second, and the signal that trips when a stop rule does. */
export interface Pulse extends AsyncDisposable {
  readonly abort: AbortSignal;
  /** Trips when the step that runs has shown what it was to show. */
  readonly enough: AbortSignal;
  /** Which rule tripped, once one did. */
  readonly why: () => string | undefined;
}

/** How far back beats are kept for the sliding windows of the stop rules, seconds. */
const memory = 60;

/** Joins the last tally with the last live readings once a second, tells each beat, and trips when a stop rule does. Live readings come at their own pace: a slow Prometheus delays no beat. */
export function openPulse(order: Order, load: Load, world: World, tell: (beat: Beat) => void): Pulse {
  const ended = new AbortController();
  const abort = new AbortController();
  const enough = new AbortController();
  const began = world.clock.now();
  const live: Live = {
    last: undefined,
    seen: undefined,
    guardsSeen: all(Object.keys(order.load?.guards ?? {}), began),
  };
  let why: string | undefined;
  const reading = readLive(order, world, ended.signal, live);
  const beating = (async () => {
    let beats: readonly Beat[] = [];
    let intended = 0;
    while (!ended.signal.aborted) {
      const tally = load.tally();
      const beat = beatOf(order, load, world.clock.now(), { ...live, tally });
      beats = [...beats.filter(({ at }) => at > beat.at - memory), beat];
      tell(beat);
      // Where nothing is being sent, as while the last answers of a step are awaited, there is nothing to stop.
      if (tally.intended > intended) why ??= tripped(beats, order.load?.stop)?.why;
      intended = tally.intended;
      if (hasSeenEnough(order.load?.plan, beats)) enough.abort();
      if (why !== undefined && !abort.signal.aborted) abort.abort(why);
      await world.clock.sleep(seconds(1), ended.signal);
    }
  })();
  return {
    abort: abort.signal,
    enough: enough.signal,
    why: () => why,
    async [Symbol.asyncDispose]() {
      ended.abort();
      await Promise.allSettled([reading, beating]);
    },
  };
}

type Live = {
  last: LiveReadings | undefined;
  seen: Epoch | undefined;
  guardsSeen: Readonly<Record<string, Epoch>>;
};

/** Reads live values again and again, never faster than the scrape; what fails is simply not seen. */
async function readLive(order: Order, world: World, ended: AbortSignal, live: Live): Promise<void> {
  const pause = seconds(Math.max(1, order.load?.plan.scrape ?? 1));
  while (!ended.aborted) {
    try {
      live.last = await world.live(order, ended);
      live.seen = world.clock.now();
      live.guardsSeen = { ...live.guardsSeen, ...all(Object.keys(live.last.guards), live.seen) };
    } catch {
      // Prometheus is away: `seen` grows old, and the stop rule reads that.
    }
    await world.clock.sleep(pause, ended);
  }
}

function beatOf(order: Order, load: Load, at: Epoch, { tally, ...live }: Live & { readonly tally: Tally }): Beat {
  return {
    at,
    step: { index: load.step(), ...stepsOf(order), phase: load.phase() },
    offered: tally.offered,
    achieved: tally.achieved,
    p50: tally.p50,
    p95: tally.p95,
    p99: tally.p99,
    errors: errorsOf(tally),
    inFlight: tally.inFlight,
    fullest: live.last?.fullest,
    counts: { completed: tally.completed, failed: tally.failed, connectFailures: tally.connectFailures },
    prometheusSeen: live.seen,
    guards: live.last?.guards ?? {},
    guardsSeen: live.guardsSeen,
  };
}

/** How many windows there will be; of a search how many at most. */
function stepsOf({ load }: Order): Pick<Beat['step'], 'of' | 'atMost'> {
  const of = load ? totalsOf(load.plan).windows : 0;
  return load?.plan.kind === 'search' ? { of, atMost: true } : { of };
}

const all = (names: readonly string[], at: Epoch): Readonly<Record<string, Epoch>> =>
  Object.fromEntries(names.map((name) => [name, at]));

const errorsOf = (tally: Tally): Beat['errors'] => ratio(tally.completed > 0 ? tally.failed / tally.completed : 0);
