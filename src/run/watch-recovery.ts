import { windowOf } from '../align/traffic-window.ts';
import { duration } from '../model/in-words.ts';
import type { LoadWindow, Recovery } from '../model/load-record.ts';
import type { Order } from '../model/order.ts';
import type { Span } from '../model/span.ts';
import { epoch, seconds } from '../model/units.ts';
import type { World } from '../model/world.ts';

/** Each look goes back over so many scrapes and at least so far (s); the target is watched for so many looks' length, and at least so long. */
const scrapes = 4;
const leastLook = 5;
const looks = 3;
const leastWatch = 30;
/** It is back when latency is at most this multiple of what it was at low load, or nothing is inside any more. */
const near = 2;

/**
 * After a stop nothing more is sent: whether the target came back is read from its own account of its traffic. Undefined where it gives none.
 *
 * @param baseline latency at low load, seconds
 */
export async function watchRecovery(
  order: Order,
  world: World,
  baseline: number,
  abandon: AbortSignal,
): Promise<Recovery | undefined> {
  const look = Math.max(leastLook, scrapes * (order.load?.plan.scrape ?? 1));
  const longest = Math.max(leastWatch, looks * look);
  const began = world.clock.now();
  let last: LoadWindow | undefined;
  for (let now = began; now - began <= longest && !abandon.aborted; now = world.clock.now()) {
    await world.clock.sleep(seconds(1), abandon);
    last = await lookAt(order, world, { from: epoch(now - look), to: now }, abandon);
    if (!last) return undefined;
    if (isBack(last, baseline)) return { kind: 'recovered', after: seconds(now - began) };
  }
  const took = last?.latency.mean;
  const because =
    took === undefined
      ? 'requests were still inside'
      : `answers still took ${duration(took)}; ${duration(baseline)} was usual`;
  return { kind: 'not-recovered', watched: seconds(world.clock.now() - began), because };
}

async function lookAt(order: Order, world: World, span: Span, stop: AbortSignal): Promise<LoadWindow | undefined> {
  const { traffic } = await world.collect({ ...order, components: [] }, span, stop);
  return traffic && windowOf(traffic, { span });
}

function isBack({ latency, throughput, inFlight }: LoadWindow, baseline: number): boolean {
  if (throughput > 0 && latency.mean !== undefined) return latency.mean <= near * baseline;
  return (inFlight?.mean ?? 0) < 1;
}
