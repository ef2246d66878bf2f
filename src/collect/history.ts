import type { Clock } from '../model/clock.ts';
import { duration, number } from '../model/in-words.ts';
import type { Order, Reference } from '../model/order.ts';
import { epoch, perSecond } from '../model/units.ts';
import type { Reach } from './collect.ts';
import { readTraffic } from './read-traffic.ts';
import { toldOnce } from './told-twice.ts';

/** How far back the usual peak is looked for, and how far back the series of traffic are. */
const days = 14;
const recent = 600;
/** One load every so many seconds; with less than a day of them nothing is known of what is usual. */
const apart = 300;
const leastKnown = 86_400;

/** The load to state headroom against where none is configured: the 99th percentile of the target's 5-minute loads over 14 days, from a day of them on. */
export async function historyOf(all: Reach, order: Order, clock: Clock, stop: AbortSignal): Promise<Reference> {
  const { traffic } = order;
  const now = clock.now();
  const span = { from: epoch(now - recent), to: now };
  const { reach } = await toldOnce(all, { ...order, readings: [] }, span, stop);
  const source = traffic && reach.sources.get(traffic.from);
  const pack = reach.packs.find((candidate) => candidate.pack === traffic?.pack);
  if (!traffic || !source || !pack) return { kind: 'unknown', why: 'neither "expect" nor "traffic" is configured' };
  const read = await readTraffic(source, pack, traffic, span, stop);
  if (!read.traffic)
    return {
      kind: 'unknown',
      why: `no "expect" is configured, and the target's traffic has no data of the last ${duration(recent)}, from which a usual peak would be told`,
    };
  const loads = `${overFiveMinutes(read.traffic.promql)}[${days}d:5m]`;
  const [peak, count] = await Promise.all(
    [`quantile_over_time(0.99, ${loads})`, `count_over_time(${loads})`].map(
      async (promql) => (await source.instant(promql, stop)).series[0]?.value,
    ),
  );
  if (peak === undefined || count === undefined || !(peak > 0)) {
    return { kind: 'unknown', why: 'no "expect" is configured, and Prometheus keeps no traffic of the last days' };
  }
  const known = count * apart;
  if (known < leastKnown) {
    const why = `no "expect" is configured, and only ${duration(known)} of traffic are known: a usual peak needs a day`;
    return { kind: 'unknown', why };
  }
  return { kind: 'history', load: perSecond(peak), days: Number(number(known / leastKnown)) };
}

const overFiveMinutes = (promql: string): string => `(${promql.replaceAll(/\[\d+s\]/g, '[5m]')})`;
