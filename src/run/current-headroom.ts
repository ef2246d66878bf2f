import { headroomOf } from '../analyse/capacity/headroom.ts';
import { latencyOf, viewOf } from '../analyse/seen/view.ts';
import type { Findings, ResourceFinding } from '../model/finding.ts';
import { atCeiling } from '../model/full.ts';
import { type Headroom, isNone } from '../model/headroom.ts';
import { duration, percent, rate, resourceName } from '../model/in-words.ts';
import type { Order } from '../model/order.ts';
import type { Sheet, Window } from '../model/sheet.ts';
import { shortfall } from '../model/shortfall.ts';
import { median } from '../stats/median.ts';

/** A target did not keep up where answers took this many times as long as at low load, or this share more of them failed. */
const muchSlower = 10;
const failing = 0.05;

/**
 * Against the load of the last window, for traffic that others made; a run's own load is no reference. Where the target did not keep up there, fewer answers are no
 * lower demand: then nothing is left, whatever their rate, and why stands beside it.
 */
export function currentHeadroom(order: Order, sheet: Sheet, findings: Findings): Headroom | undefined {
  const last = sheet.windows.at(-1);
  if (order.load || !last || !findings.capacity) return undefined;
  const left = headroomOf(findings.capacity.rate, last.load, 'current');
  const because = [...fullIn(last, findings), ...unfollowed(last, findings), ...failingIn(last, sheet)].join(', ');
  const isTold = left && sheet.axis === 'arrivals' && isNone(left);
  if (because === '' || isTold) return left;
  const none = headroomOf({ kind: 'at-most', high: last.load }, last.load, 'current');
  return none && { ...none, because };
}

function fullIn(last: Window, { resources }: Findings): readonly string[] {
  const names = resources
    .filter((one) => one.state === 'root' && isFull(one, last) && !isIdle(one, last))
    .map(({ resource }) => resourceName(resource));
  return names.length === 0 ? [] : [`${[...new Set(names)].join(' and ')} was full`];
}

/** What refuses when it is full may be full of what is kept open and not used: where hardly anything fails at a load below that at which it began to, nothing is refused. */
const isIdle = ({ resource, onset, leak }: ResourceFinding, last: Window): boolean =>
  resource.hard && leak === undefined && last.errors < shortfall && onset !== undefined && last.load < onset.upTo;

/** By its use; by the load only where load fills it, and not time. */
function isFull({ curve, onset, leak }: ResourceFinding, last: Window): boolean {
  if (onset === undefined) return false;
  return (curve.at(-1) ?? 0) >= atCeiling || (leak === undefined && last.load >= onset.upTo);
}

function unfollowed({ load }: Window, { plateau }: Findings): readonly string[] {
  return plateau && load >= plateau.upTo ? [`goodput followed no further from ${rate(plateau.upTo)} on`] : [];
}

/** Against the windows of low load. */
function failingIn(last: Window, sheet: Sheet): readonly string[] {
  const view = viewOf(sheet);
  const low = view.windows.filter((_, i) => view.low.includes(i));
  const usual = low.flatMap((window) => latencyOf(window) ?? []);
  const took = latencyOf(last);
  const isFailing = low.length > 0 && last.errors >= failing + median(low.map(({ errors }) => errors));
  const isSlow = took !== undefined && usual.length > 0 && took >= muchSlower * median(usual);
  return [
    ...(isFailing ? [`${percent(last.errors)} of the answers failed`] : []),
    ...(isSlow ? [`answers took ${duration(took)} instead of ${duration(median(usual))}`] : []),
  ];
}
