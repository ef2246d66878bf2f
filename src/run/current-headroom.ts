import { headroomOf } from '../analyse/capacity/headroom.ts';
import { latencyOf, viewOf } from '../analyse/seen/view.ts';
import type { Findings, ResourceFinding } from '../model/finding.ts';
import { atCeiling } from '../model/full.ts';
import { type Headroom, isNone } from '../model/headroom.ts';
import { duration, percent, rate, resourceName } from '../model/in-words.ts';
import type { Interval } from '../model/interval.ts';
import type { Order } from '../model/order.ts';
import type { Sheet, Window } from '../model/sheet.ts';
import { shortfall } from '../model/shortfall.ts';
import { median } from '../stats/median.ts';

/** A target did not keep up where answers took this many times as long as at low load, or this share more of them failed. */
const muchSlower = 10;
const failing = 0.05;
/** Answers as fast as ever take no more than this many times as long as at low load. */
const asFast = 2;
/** Of what is full with less than this share of it the work of a load, most is the work of others. */
const ownShare = 0.5;

/**
 * Against the load of the last window, for traffic that others made; a run's own load is no reference. Where the target did not keep up there, fewer answers are no
 * lower demand: then nothing is left, whatever their rate, and why stands beside it. What others fill while answers are as fast and as good as ever limits nothing yet, and leaves it open how much
 * of the capacity is there.
 */
export function currentHeadroom(order: Order, sheet: Sheet, findings: Findings): Headroom | undefined {
  const last = sheet.windows.at(-1);
  if (order.load || !last || !findings.capacity) return undefined;
  const left = headroomOf(findings.capacity.rate, last.load, 'current');
  const full = fullIn(last, findings);
  const others = isAsEver(last, sheet) ? full.filter((one) => isOfOthers(one, last)) : [];
  const because = [
    ...fullOf(full.filter((one) => !others.includes(one))),
    ...unfollowed(last, findings),
    ...failingIn(last, sheet),
  ].join(', ');
  const isTold = left && sheet.axis === 'arrivals' && isNone(left);
  if (isTold || (because === '' && others.length === 0)) return left;
  if (because === '') return besideOthers(others, last, findings.capacity.rate);
  const none = headroomOf({ kind: 'at-most', high: last.load }, last.load, 'current');
  return none && { ...none, because };
}

const fullIn = (last: Window, { resources }: Findings): readonly ResourceFinding[] =>
  resources.filter((one) => one.state === 'root' && isFull(one, last) && !isIdle(one, last));

function fullOf(full: readonly ResourceFinding[]): readonly string[] {
  const names = full.map(({ resource }) => resourceName(resource));
  return names.length === 0 ? [] : [`${[...new Set(names)].join(' and ')} was full`];
}

/** At a load below that at which it saturated, of which its line explains less than half of what there is. */
function isOfOthers({ demand, peak, onset, leak }: ResourceFinding, last: Window): boolean {
  if (leak !== undefined || onset === undefined || last.load >= (onset.above ?? onset.upTo)) return false;
  if (demand?.perRequest.kind !== 'interval' || peak?.ceiling === undefined) return false;
  return demand.perRequest.high * last.load < ownShare * peak.ceiling;
}

/** How much of the capacity is there beside others nobody knows: no more than all of it, and of what may lie anywhere no more than what is carried now. */
function besideOthers(others: readonly ResourceFinding[], last: Window, rate: Interval): Headroom | undefined {
  const told = { kind: 'at-least', low: last.load } as const;
  const most = rate.kind === 'at-least' ? told : ({ kind: 'at-most', high: rate.high } as const);
  const left = headroomOf(most, last.load, 'current');
  const because = `${fullOf(others).join('')}, but hardly of this load, and answers came about as fast and as good as at low load; how much is left while it is cannot be told`;
  return left && { ...left, because };
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

type Usual = { readonly errors: number; readonly took: number | undefined };

/** How answers are at low load. */
function usualOf(sheet: Sheet): Usual | undefined {
  const view = viewOf(sheet);
  const low = view.windows.filter((_, i) => view.low.includes(i));
  const took = low.flatMap((window) => latencyOf(window) ?? []);
  if (low.length === 0) return undefined;
  return { errors: median(low.map(({ errors }) => errors)), took: took.length > 0 ? median(took) : undefined };
}

/** Where nobody tells how long answers take that they are as fast is not known. */
function isAsEver(last: Window, sheet: Sheet): boolean {
  const [usual, took] = [usualOf(sheet), latencyOf(last)];
  if (usual?.took === undefined || took === undefined) return false;
  return took <= asFast * usual.took && last.errors < shortfall + usual.errors;
}

/** Against the windows of low load. */
function failingIn(last: Window, sheet: Sheet): readonly string[] {
  const [usual, took] = [usualOf(sheet), latencyOf(last)];
  if (!usual) return [];
  const isSlow = took !== undefined && usual.took !== undefined && took >= muchSlower * usual.took;
  return [
    ...(last.errors >= failing + usual.errors ? [`${percent(last.errors)} of the answers failed`] : []),
    ...(isSlow ? [`answers took ${duration(took)} instead of ${duration(usual.took)}`] : []),
  ];
}
