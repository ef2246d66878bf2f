import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Child, Own } from './own.ts';

/** A server that answers. Closing it ends its process. */
export interface Running extends AsyncDisposable {
  readonly child: Child;
  readonly port: number;
}

/** How long a server may take until it answers. Unit: milliseconds. */
const patience = 30_000;

/** A loopback port that the kernel says is free now; another may take it before we do. */
export async function freePort(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const server = createServer();
  server.once('error', reject);
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    server.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject()));
  });
  return promise;
}

/** Waits until a server answers; a server that ends before that is a failure with its last words. */
export async function untilReady(own: Own, child: Child, answers: () => Promise<boolean>): Promise<void> {
  const until = Date.now() + patience;
  while (!(await answers().catch(() => false))) {
    own.signal.throwIfAborted();
    if (child.hasEnded()) throw new Error(`${child.name} ended (${await child.ended}): ${child.lastWords()}`);
    if (Date.now() > until) throw new Error(`${child.name} did not answer within 30 s: ${child.lastWords()}`);
    await pause(25);
  }
}

/** Starts a server on a free port; when another program takes that port first, on the next. */
export async function onFreePort<T>(own: Own, launch: (port: number) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    try {
      return await launch(port);
    } catch (cause) {
      own.signal.throwIfAborted();
      if (attempt === 3 || !/in use|EADDRINUSE|could not bind/i.test(String(cause))) throw cause;
    }
  }
}

/** Whether an address answers 200. */
export async function answersHttp(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(1000) });
  await response.arrayBuffer();
  return response.ok;
}

export const runningOf = (child: Child, port: number): Running => ({
  child,
  port,
  [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
});
