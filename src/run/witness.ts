import { day } from '../align/cells.ts';
import { recordOfDays } from '../align/record-of-days.ts';
import { recordOfTraffic } from '../align/record-of-traffic.ts';
import { startsIn } from '../align/started-anew.ts';
import type { Collected, Traffic } from '../model/collected.ts';
import type { LoadRecord } from '../model/load-record.ts';
import type { Order } from '../model/order.ts';
import type { Report } from '../model/report.ts';
import { lengthOf, type Span } from '../model/span.ts';
import { type Seconds, seconds } from '../model/units.ts';
import type { World } from '../model/world.ts';
import { conclude } from './conclude.ts';

/** Judges a window whose load others made: the traffic signals become the load record. */
export async function witness(order: Order, span: Span, world: World, stop: AbortSignal): Promise<Report> {
  const collected = await world.collect(order, span, stop);
  return conclude(order, witnessed(collected, span), collected);
}

/** The load of a window as the target's own account of its traffic tells it. */
export function witnessed(collected: Collected, span: Span): LoadRecord {
  const { traffic } = collected;
  if (!traffic) return withoutTraffic(span);
  if (lengthOf(span) >= day) return recordOfDays(traffic, span, collected);
  const starts = startsIn(collected)
    .map(({ at }) => at)
    .toSorted((a, b) => a - b);
  return recordOfTraffic(traffic, span, slowestOf(collected, traffic), starts);
}

/** Sources slower than this (s) cannot order what happens inside a window; no window waits for them. */
const coarsest = 60;

function slowestOf({ signals }: Collected, traffic: Traffic): Seconds {
  const used = signals.filter(({ role, interval }) => role === 'usage' && interval <= coarsest);
  return seconds(Math.max(traffic.interval, ...used.map(({ interval }) => interval)));
}

function withoutTraffic(span: Span): LoadRecord {
  return {
    axis: 'throughput',
    span,
    windows: [],
    stopped: undefined,
    recovery: undefined,
    notes: [
      { about: 'load', text: 'no traffic signal of this target has data in this window, so its load is not known' },
    ],
  };
}
