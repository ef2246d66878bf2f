import { openLoad } from '../../src/load/open-load.ts';
import { perSecond, seconds } from '../../src/model/units.ts';
import { openServer, realClock } from '../load/loopback.ts';
import { scriptOf } from '../load/target.ts';

export const name = 'a control thread that is blocked for 8 s stops the load after 5';

/** Blocks its own thread for 8 s while the workers load a server in another, and looks when the last request came. */
export async function run(): Promise<{ readonly passed: boolean; readonly detail: string }> {
  await using server = await openServer();
  const never = new AbortController().signal;
  await using load = await openLoad(scriptOf({ origin: `http://127.0.0.1:${server.port}` }), realClock, never);
  const offered = load.offer({ index: 0, rate: perSecond(100), settle: seconds(0.5), measure: seconds(30) }, never);
  await realClock.sleep(seconds(1));
  const blocked = Number(process.hrtime.bigint()) / 1e9;
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 8000);
  const loadedFor = server.lastAt() - blocked;
  const [record] = await offered;
  // The last word from the control thread is up to 0.25 s older than the block.
  const inTime = loadedFor > 4.5 && loadedFor < 5.5;
  const told = !record.complete && record.stopped?.safety === true;
  return {
    passed: inTime && told,
    detail: `the last request came ${loadedFor.toFixed(2)} s after the thread was blocked; told: ${record.stopped?.why ?? 'nothing'}`,
  };
}
