import { parentPort, workerData } from 'node:worker_threads';
import { openConnections, openingOf } from './connections.ts';
import { countersOf } from './counters.ts';
import { instant } from './instant.ts';
import { Offering } from './offering.ts';
import { requestNames } from './route.ts';
import type { FromWorker, ToWorker, WorkerOrder } from './step-order.ts';
import { tallyOf } from './tally.ts';
import { openVitals } from './vitals.ts';

const given: WorkerOrder = workerData;
const opening = await openingOf(given.script);
const offering = new Offering({
  script: given.script,
  share: given.share,
  now: instant,
  signs: openVitals(),
  tally: tallyOf(requestNames(given.script).length, given.tally),
  counters: countersOf(given.script, given.counters),
  connect: (listener) => openConnections(opening, given.script, given.limit, listener),
  sooner: (at) => {
    if (at < wakesAt) wakeAt(at);
  },
});

let timer: NodeJS.Timeout | undefined;
let wakesAt = 0;

const tell = (message: FromWorker): void => parentPort?.postMessage(message);

function wake(): void {
  const { wakeAt: next, ended } = offering.turn();
  if (ended !== undefined) tell({ kind: 'ended', end: ended });
  wakeAt(next);
}

function wakeAt(at: number): void {
  clearTimeout(timer);
  wakesAt = at;
  timer = setTimeout(wake, Math.max(1, (at - instant()) * 1000));
}

parentPort?.on('message', (message: ToWorker) => {
  if (message.kind === 'step') return offering.begin(message.order);
  clearTimeout(timer);
  parentPort?.close();
  void offering.close();
});
wake();
tell({ kind: 'ready' });
