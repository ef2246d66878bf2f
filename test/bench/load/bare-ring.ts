import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type Dispatcher } from 'undici';

/**
 * node bare-ring.ts PORT CONNECTIONS: a closed loop of undici clients and `dispatch`, nothing else: the limit of what the library gives.
 * Tells `{"inFlight": n}` once all have been sent, for the memory that a request in flight takes.
 */
const [port = '', connections = ''] = process.argv.slice(2);
const request = { method: 'GET', path: '/' } as const;

for (let opened = 0; opened < Number(connections); opened++) {
  const client = new Client(`http://127.0.0.1:${port}`, {
    pipelining: 1,
    allowH2: false,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const handler: Dispatcher.DispatchHandler = {
    onRequestStart() {},
    onResponseStart() {},
    onResponseData() {},
    onResponseEnd: () => void client.dispatch(request, handler),
    onResponseError: (_, error) => {
      throw error;
    },
  };
  client.dispatch(request, handler);
  if (opened % 50 === 49) await sleep(5);
}
process.stdout.write(`${JSON.stringify({ inFlight: Number(connections) })}\n`);
