import { createServer, type Socket } from 'node:net';

/**
 * node delaying.ts PORT DELAY: answers each request DELAY seconds after it came, and keeps account of how long it really took it.
 * It spins on a core of its own: timers of a millisecond would be coarser than what is measured. GET /injected tells `[p50, p99]` (s) since it was asked last.
 */
const [port = '', delay = ''] = process.argv.slice(2);
const wait = Number(delay) * 1000;
const answer = (body: string): string =>
  `HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
const hello = Buffer.from(answer('hello'));

type Due = { readonly at: number; readonly came: number; readonly socket: Socket };
/** The delay is the same for all, so that the first to come is the first to go. */
let waiting: Due[] = [];
let first = 0;
let taken: number[] = [];

createServer({ noDelay: true }, (socket) => {
  let rest = '';
  socket.on('error', () => socket.destroy());
  socket.on('data', (piece) => {
    const came = performance.now();
    const whole = (rest + piece.toString('latin1')).split('\r\n\r\n');
    rest = whole.pop() ?? '';
    for (const head of whole) {
      if (head.startsWith('GET /injected ')) socket.write(answer(JSON.stringify(injected())));
      else waiting.push({ at: came + wait, came, socket });
    }
  });
}).listen(Number(port), '127.0.0.1', 8192);

function injected(): readonly number[] {
  const sorted = taken.toSorted((a, b) => a - b);
  taken = [];
  return [0.5, 0.99].map((share) => (sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN) / 1000);
}

function spin(): void {
  const now = performance.now();
  for (let due = waiting[first]; due !== undefined && due.at <= now; due = waiting[first]) {
    first += 1;
    taken.push(now - due.came);
    if (!due.socket.destroyed) due.socket.write(hello);
  }
  if (first > 4096) {
    waiting = waiting.slice(first);
    first = 0;
  }
  setImmediate(spin);
}
spin();
