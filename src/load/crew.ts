import { extname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { fault } from '../faults.ts';
import type { Script } from '../model/script.ts';
import { lengthOf } from '../model/stages.ts';
import { countersOf } from './counters.ts';
import { instant } from './instant.ts';
import { requestNames } from './route.ts';
import type { FromWorker, StepEnd, StepOrder, ToWorker, WorkerOrder } from './step-order.ts';
import { type Snapshot, snapshotOf, tallyOf } from './tally.ts';

/** The worker threads of a load, with the memory that they share. */
export interface Crew extends AsyncDisposable {
  readonly size: number;
  readonly snapshot: () => Snapshot;
  /** Begins a step on the first `orders.length` workers; resolves when all of them have told its end, undefined for those that died. */
  readonly work: (orders: readonly StepOrder[]) => Promise<readonly (StepEnd | undefined)[]>;
  /** No new request of this step, or of one before, starts from now on (10 ms at most). */
  readonly halt: (number: number) => void;
  /** What the first worker that died died of. */
  readonly died: () => string | undefined;
}

type Hand = {
  /** Resolves when it can be given work, or when it died before. */
  readonly ready: Promise<void>;
  readonly work: (order: StepOrder) => Promise<StepEnd | undefined>;
  readonly dismiss: () => Promise<void>;
};

/** Memory (MB) for what is new in a worker. What a request leaves is gone soon: more than this only stays in memory, and less saves little. */
const youngest = 16;
/** How often (ms) the control thread tells that it lives. */
const beat = 250;
/** A worker that has not told the end of a step so long (s) after it must have ended has failed. */
const patience = 5;
/** How long (ms) a worker may take to leave by itself. */
const leave = 1000;

/** Starts the workers and waits until they can be given work. Each has its part of the connections that the script's caps and `room` allow. */
export async function openCrew(script: Script, room: number): Promise<Crew> {
  const inFlight = Math.min(script.caps.inFlight, room);
  const size = Math.max(1, Math.min(script.workers, inFlight));
  const counters = countersOf(script).buffer;
  const requests = requestNames(script).length;
  const tallies = Array.from({ length: size }, () => tallyOf(requests));
  const tellAlive = (): void => {
    for (const tally of tallies) tally.write('controlBeat', instant());
  };
  tellAlive();
  const deaths: string[] = [];
  const hands = tallies.map(({ buffer }, index) => {
    const limit = Math.floor(inFlight / size) + (index < inFlight % size ? 1 : 0);
    const share = { worker: index, workers: size };
    return hire({ script, share, limit, tally: buffer, counters }, (why) => deaths.push(why));
  });
  const timer = setInterval(tellAlive, beat);
  const dispose = async (): Promise<void> => {
    clearInterval(timer);
    await Promise.all(hands.map((hand) => hand.dismiss()));
  };
  await Promise.all(hands.map((hand) => hand.ready));
  if (deaths[0] !== undefined) {
    await dispose();
    throw fault('INTERNAL', [`a worker thread of the load did not start: ${deaths[0]}`]);
  }
  return {
    size,
    snapshot: () => snapshotOf(tallies),
    async work(orders) {
      return Promise.all(orders.map((order, index) => hands[index]?.work(order)));
    },
    halt(number) {
      for (const tally of tallies) tally.write('halt', number);
    },
    died: () => deaths[0],
    [Symbol.asyncDispose]: dispose,
  };
}

function hire(order: WorkerOrder, died: (why: string) => void): Hand {
  const worker = new Worker(new URL(`./worker${extname(import.meta.url)}`, import.meta.url), {
    workerData: order,
    resourceLimits: { maxYoungGenerationSizeMb: youngest },
  });
  const gone = Promise.withResolvers<undefined>();
  let dismissed = false;
  let ended: ((end: StepEnd) => void) | undefined;
  const ready = Promise.withResolvers<void>();
  worker.on('message', (message: FromWorker) => {
    if (message.kind === 'ready') ready.resolve();
    else ended?.(message.end);
  });
  worker.on('error', (error) => died(error instanceof Error ? error.message : String(error)));
  worker.on('exit', (code) => {
    if (!dismissed) died(`it ended with code ${code}`);
    gone.resolve(undefined);
    ready.resolve();
  });
  return {
    ready: ready.promise,
    async work(step) {
      const end = new Promise<StepEnd>((resolve) => {
        ended = resolve;
      });
      worker.postMessage({ kind: 'step', order: step } satisfies ToWorker);
      const tired = new AbortController();
      const last = step.start + lengthOf(step.stages) + 2 * order.script.timeout + patience;
      const late = overdue(last - instant(), tired.signal);
      return Promise.race([end, gone.promise, late]).finally(() => tired.abort());
    },
    async dismiss() {
      dismissed = true;
      worker.postMessage({ kind: 'close' } satisfies ToWorker);
      const timer = setTimeout(() => void worker.terminate(), leave);
      await gone.promise;
      clearTimeout(timer);
    },
  };
}

/** Resolves after `wait` seconds and then one more: a thread that was blocked meanwhile must first hear what was told to it. Never rejects. */
async function overdue(wait: number, stop: AbortSignal): Promise<undefined> {
  await sleep(Math.max(0, wait) * 1000, undefined, { signal: stop }).catch(() => undefined);
  await sleep(1000, undefined, { signal: stop }).catch(() => undefined);
}
