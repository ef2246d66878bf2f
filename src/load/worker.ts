import { parentPort, workerData } from 'node:worker_threads';
import { openConnections } from './connections.ts';
import { instant } from './instant.ts';
import { Offering } from './offering.ts';
import type { FromWorker, ToWorker, WorkerOrder } from './step-order.ts';
import { tallyOf } from './tally.ts';
import { openVitals } from './vitals.ts';

const given: WorkerOrder = workerData;
const offering = new Offering({
  script: given.script,
  now: instant,
  signs: openVitals(),
  tally: tallyOf(given.tally),
  spent: new Int32Array(given.spent),
  connect: (listener) => openConnections(given.script, given.limit, listener),
});

let timer: NodeJS.Timeout | undefined;

const tell = (message: FromWorker): void => parentPort?.postMessage(message);

function wake(): void {
  const { wakeAt, ended } = offering.turn();
  if (ended !== undefined) tell({ kind: 'ended', end: ended });
  timer = setTimeout(wake, Math.max(1, (wakeAt - instant()) * 1000));
}

parentPort?.on('message', (message: ToWorker) => {
  if (message.kind === 'step') return offering.begin(message.order);
  clearTimeout(timer);
  parentPort?.close();
  void offering.close();
});
wake();
tell({ kind: 'ready' });
