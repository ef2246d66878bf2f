import { windowOf } from '../align/traffic-window.ts';
import type { Traffic } from '../model/collected.ts';
import { duration, number } from '../model/in-words.ts';
import type { LoadWindow, Recovery, StepRecord } from '../model/load-record.ts';
import type { Order } from '../model/order.ts';
import type { Span } from '../model/span.ts';
import { epoch, type Seconds, seconds } from '../model/units.ts';
import type { World } from '../model/world.ts';

/** Each look goes back over so many scrapes and at least so far (s); the target is watched for so many looks' length, and at least so long. */
const scrapes = 4;
const leastLook = 5;
const looks = 3;
const leastWatch = 30;
/** It is back when latency is at most this multiple of what it was at low load. */
const near = 2;

/** How the load ended: latency at low load (s), and its last record. */
export type Ended = { readonly baseline: number; readonly last: StepRecord | undefined };

/**
 * After a stop nothing more is sent: whether the target came back is read from its own account of its traffic, by what was answered since. What is not seen to answer has not come back;
 * where nobody asks, nothing shows it, and nobody waits for it. Undefined where the target gave no account at the end of the load either.
 */
export async function watchRecovery(
  order: Order,
  world: World,
  ended: Ended,
  abandon: AbortSignal,
): Promise<Recovery | undefined> {
  const look = Math.max(leastLook, scrapes * (order.load?.plan.scrape ?? 1));
  const began = world.clock.now();
  const before = await trafficIn(order, world, { from: epoch(began - look), to: began }, abandon);
  if (before === undefined) return undefined;
  const longest = Math.max(leastWatch, looks * look);
  const watched = (): Seconds => seconds(world.clock.now() - began);
  let seen: Seen = { kind: 'unread' };
  while (watched() < longest && !abandon.aborted && !isVain(seen, watched() >= look)) {
    await world.clock.sleep(seconds(1), abandon);
    const now = world.clock.now();
    const span = { from: epoch(Math.max(began, now - look)), to: now };
    seen = seenIn(await trafficIn(order, world, span, abandon), span);
    if (isBack(seen, ended.baseline)) return { kind: 'recovered', after: seconds(span.from > began ? now - began : 0) };
  }
  return notBack(seen, ended, watched());
}

/** What the target tells since the load ended: what it answers, that it is at work and answers nothing, that nothing is inside, that it answers nothing and does not tell what is inside; or nothing at all. */
type Seen =
  | { readonly kind: 'answers'; readonly window: LoadWindow; readonly took: Seconds }
  | { readonly kind: 'busy' | 'empty' | 'quiet' | 'unread' };

async function trafficIn(order: Order, world: World, span: Span, stop: AbortSignal): Promise<Traffic | undefined> {
  const { traffic } = await world.collect({ ...order, components: [] }, span, stop);
  return traffic;
}

function seenIn(traffic: Traffic | undefined, span: Span): Seen {
  if (!traffic?.completions.some(({ times }) => times.some((time) => time >= span.from && time <= span.to)))
    return { kind: 'unread' };
  const window = windowOf(traffic, { span });
  const { throughput, latency, inFlight } = window;
  if (throughput > 0 && latency.mean !== undefined) return { kind: 'answers', window, took: latency.mean };
  if (inFlight === undefined) return { kind: 'quiet' };
  return { kind: inFlight.mean < 1 ? 'empty' : 'busy' };
}

/** Failures may come at once: they are no sign that it is back. */
const isBack = (seen: Seen, baseline: number): boolean =>
  seen.kind === 'answers' && seen.window.goodput > 0 && seen.took <= near * baseline;

/** Where nothing is inside, or one whole look shows no work, nothing comes of looking on. */
const isVain = ({ kind }: Seen, isWhole: boolean): boolean =>
  kind === 'empty' || (isWhole && (kind === 'quiet' || kind === 'unread'));

const silences = {
  busy: 'requests were still inside',
  empty: 'nothing was inside any more, and nothing was asked that would show how fast it answers',
  quiet: 'nothing was answered, and what was inside is not told',
  unread: 'its account of its traffic could not be read any more',
} as const;

/** Where the load ended with requests of which none was answered, nothing answered since then means more than that nobody asked. */
function notBack(seen: Seen, { baseline, last }: Ended, watched: Seconds): Recovery {
  if (seen.kind === 'answers') {
    const because =
      seen.window.goodput > 0
        ? `answers still took ${duration(seen.took)}; ${duration(baseline)} was usual`
        : 'all that was answered failed';
    return { kind: 'not-recovered', watched, because };
  }
  const silence = silences[seen.kind];
  if (seen.kind === 'busy') return { kind: 'not-recovered', watched, because: silence };
  if (seen.kind === 'empty' || !last || last.throughput > 0 || last.completed === 0)
    return { kind: 'untold', watched, because: silence };
  const because = `of the last ${number(last.completed)} requests of the load none was answered, and since then ${silence}`;
  return { kind: 'not-recovered', watched, because };
}
