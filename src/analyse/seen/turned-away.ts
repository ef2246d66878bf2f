import { timeIn } from '../../model/cell.ts';
import type { Interval } from '../../model/interval.ts';
import type { Window } from '../../model/sheet.ts';
import { shortfall } from '../../model/shortfall.ts';
import { isByLoad, type LossEnd, type Losses, lossEnd, lossEndBetween } from '../../stats/loss-curve.ts';
import { sum } from '../../stats/sum.ts';
import { pilesUp } from './overload.ts';
import type { Range } from './plateau.ts';
import { isEnough, levelled, type Point } from './points.ts';
import { reach } from './reach.ts';

/** Loads at which more than this is turned away tell little of where it began: more than one thing may be full there. */
const much = 0.25;
/** What arrives there has passed other places first, and several groups lose each for itself: in 20 systems of the benchmark the load at which 3 % are lost in the long run lies off by so much (one standard deviation). */
const besides = 0.015;
const two = 1.96;

/** No further below the lowest load than to this part of it: there may be an error in some answers at any load. */
const furthest = 0.6;
const noise = 3;
/** What reaches as far as was looked for reaches further. */
const almost = 0.98;
/** So many must have failed in so many windows for a curve to go on: one alone may have had a bad moment. */
const seen = 3;
const leastSeen = 2;

/**
 * The rate of good answers at the load from which on 3 % fail, by the loss curve through the windows up to where much fails: what is lent at once or refused at once turns some away long before it
 * is full on average, and at no load at once. Undefined where it lies beyond what was loaded, or far below.
 *
 * @param windows by rising load
 */
export function followedUpTo(windows: readonly Window[]): Range | undefined {
  const losses = telling(windows.map(lossesOf));
  if (losses.every(({ came, lost }) => lost < shortfall * came)) return undefined;
  const end = lossEnd(losses, shortfall);
  if (!end || end.value < furthest * Math.min(...losses.map(({ load }) => load))) return undefined;
  return asGood(end);
}

function asGood(end: LossEnd): Range {
  const value = (1 - shortfall) * end.value;
  const off = (side: number): number => Math.hypot(1 - side / end.value, two * besides);
  return { value, low: value * (1 - off(end.low)), high: value * (1 + off(end.high)) };
}

/**
 * The same where it lies beyond the highest load: goodput follows the load still, and what fails already tells how far. Undefined where so little does that it may lie anywhere, where loads differ too little
 * to go on from them (as for any line), and where as large a share fails at any load.
 *
 * @param windows in which the target kept up
 */
export function failsBeyond(windows: readonly Window[]): (Interval & { readonly kind: 'interval' }) | undefined {
  const losses = windows.map(lossesOf);
  const top = Math.max(0, ...losses.map(({ load }) => load));
  if (losses.filter(({ lost }) => lost >= seen).length < leastSeen || !isEnough(loadsOf(windows))) return undefined;
  const end = lossEnd(losses, shortfall, reach.farthest);
  if (!end || end.value <= top || end.high >= almost * reach.farthest * top) return undefined;
  if (!isByLoad(losses, shortfall, end.value)) return undefined;
  return { kind: 'interval', ...asGood(lossEndBetween(losses, shortfall, top, reach.farthest * top)) };
}

/** One point a level of load. */
const loadsOf = (windows: readonly Window[]): readonly Point[] =>
  levelled(windows.map(({ load, cell }) => ({ x: load, y: 0, ...(cell && { block: cell.block, level: cell.level }) })));

/**
 * The same of one limit that counts what it refuses, where its own line says between which loads it lies.
 *
 * @param refused how many it served and refused in each window (a second)
 */
export function refusesBeyond(
  refused: readonly { readonly window: Window; readonly served: number; readonly refused: number }[],
  { from, to }: { readonly from: number; readonly to: number },
): Range | undefined {
  const losses = refused.map((one) => {
    const time = timeIn(one.window);
    return { load: one.window.load, came: (one.served + one.refused) * time, lost: one.refused * time };
  });
  return from < to && sum(losses.map(({ lost }) => lost)) >= enough
    ? asGood(lossEndBetween(losses, shortfall, from, to))
    : undefined;
}

/** Fewer refusals tell little of where they become many. */
const enough = 10;

/** Up to where much fails, without lapses: what failed more than at a higher load, by more than chance, had another reason than its load. */
const telling = (losses: readonly Losses[]): readonly Losses[] =>
  losses.filter(
    (each, i) => each.lost <= much * each.came && !losses.slice(i + 1).some((higher) => failsMore(each, higher)),
  );

/** Two shares, apart by three standard errors of their difference if they were one. */
function failsMore(one: Losses, other: Losses): boolean {
  if (one.came <= 0 || other.came <= 0) return false;
  const both = (one.lost + other.lost) / (one.came + other.came);
  return (
    one.lost / one.came - other.lost / other.came >
    noise * Math.sqrt(both * (1 - both) * (1 / one.came + 1 / other.came))
  );
}

/** What was answered and is no good, and what piled up: answered never, or when it is too late. */
function lossesOf(window: Window): Losses {
  const [time, { throughput, goodput }] = [timeIn(window), window];
  const piled = pilesUp(window) ? Math.min(window.inFlight?.growth ?? 0, Math.max(0, window.load - throughput)) : 0;
  return {
    load: window.load,
    came: (throughput + piled) * time,
    lost: (Math.max(0, throughput - goodput) + piled) * time,
  };
}
