import { erlangB, erlangBLoad } from './erlang-b.ts';
import { studentTQuantile } from './student-t-quantile.ts';
import { sum } from './sum.ts';

/** How many came in a stretch of load, and how many of them were lost. */
export type Losses = { readonly load: number; readonly came: number; readonly lost: number };

/** The load from which on a share is lost, with 95 % of what it may be. */
export type LossEnd = { readonly value: number; readonly low: number; readonly high: number };

/** Groups of so many servers are tried, each half as large again: one server loses long before it is full, any number of them nothing until they are. */
const groups = [1, 2, 3, 4, 6, 9, 13, 20, 30, 45, 68, 101, 152, Number.POSITIVE_INFINITY];
/** Loads at which the share may lie are tried this close together, from this part of the lowest load up to the highest. */
const closeness = 0.01;
const below = 0.4;
/** Twice the log-likelihood falls by so much at the ends of a 95 % interval (χ², one degree of freedom). */
const within = 3.841;

/**
 * The load at which a share of what comes is lost, by Erlang's loss curve through all that was counted: what n servers lose follows from what is offered alone, however long each takes (his formula is
 * insensitive), so two numbers tell the whole curve: n, and this load. Both are found by the likelihood of the counts, the interval by its profile; counts that scatter by more than chance widen it.
 *
 * @param counted stretches in which nothing came tell nothing
 * @param share lost, between 0 and 1
 * @param reach how far beyond the highest load it may lie, as a multiple of that
 * @returns undefined where nothing was lost, or the share is lost at more than the highest load or at far less than the lowest
 * @example lossEnd([{ load: 2, came: 100, lost: 1 }, { load: 3, came: 150, lost: 7 }], 0.03) // => about 2.6
 */
export function lossEnd(counted: readonly Losses[], share: number, reach = 1): LossEnd | undefined {
  const losses = counted.filter(({ load, came }) => load > 0 && came > 0);
  if (losses.every(({ lost }) => lost <= 0)) return undefined;
  const loads = losses.map(({ load }) => load);
  const known = offered(share);
  const profile = triedBetween(below * Math.min(...loads), reach * Math.max(...loads)).map((load) => ({
    load,
    deviance: Math.min(...known.map((group) => devianceOf(losses, group, load))),
  }));
  const [best] = profile.toSorted((a, b) => a.deviance - b.deviance);
  if (!best || best === profile[0] || best === profile.at(-1)) return undefined;
  const more = Math.max(1, best.deviance / Math.max(1, losses.length - 2));
  const inside = profile.filter(({ deviance }) => deviance <= best.deviance + within * more).map(({ load }) => load);
  return { value: best.load, low: Math.min(...inside), high: Math.max(...inside) };
}

/** Losses come in bunches, while all servers are taken: their count varies by so much more than chance (the peakedness of what overflows, Wilkinson 1956, is 1.3 for 4 servers and 2 for 15 where 3 % are lost). */
const bunched = 1.5;

/**
 * The same where little was lost yet and it is known between which loads the share is: the likelihood over all groups of servers and all loads between, each as likely as any other on a logarithmic scale before that.
 * Its median, and where 95 % of it lie.
 *
 * @param counted stretches in which nothing came tell nothing
 */
export function lossEndBetween(counted: readonly Losses[], share: number, from: number, to: number): LossEnd {
  const losses = counted.filter(({ load, came }) => load > 0 && came > 0);
  const known = offered(share);
  const loads = triedBetween(from, to);
  const deviances = loads.map((load) => known.map((group) => devianceOf(losses, group, load)));
  const best = Math.min(...deviances.flat());
  const more = Math.max(bunched, best / Math.max(1, losses.length - 2));
  const likely = deviances.map((row) => sum(row.map((deviance) => Math.exp((best - deviance) / 2 / more))));
  const upTo = likely.map((_, i) => sum(likely.slice(0, i + 1)));
  const at = (part: number): number => loads.find((_, i) => (upTo[i] ?? 0) >= part * (upTo.at(-1) ?? 0)) ?? to;
  return { value: at(0.5), low: at(0.025), high: at(0.975) };
}

/** A capacity is told from it: what fails at any load may look like it in one of a thousand. */
const sure = 0.999;
/** How far counts scatter is known before a few of them are seen as well as so many more would tell. */
const knownBefore = 6;

/**
 * Whether what was lost goes with the load: the curve with this end explains the counts surely better than one share at any load does (F of nested deviances, McCullagh & Nelder 1989, 4.5), whichever of them is left out.
 * A share that is the same at any load is no limit, whether it scatters less than chance, by chance or by more.
 *
 * @param end where this share is lost, as the curve has it
 */
export function isByLoad(counted: readonly Losses[], share: number, end: number): boolean {
  const losses = counted.filter(({ load, came }) => load > 0 && came > 0);
  const curves = offered(share).map((group) => losses.map((one) => devianceOf([one], group, end)));
  const [curve = []] = curves.toSorted((a, b) => sum(a) - sum(b));
  return losses.every((_, left) => {
    const rest = losses.filter((_, i) => i !== left);
    return isBetter(sum(curve.filter((_, i) => i !== left)), sameAnywhere(rest), rest.length - 2);
  });
}

function isBetter(curve: number, same: number, df: number): boolean {
  if (df < 1 || same <= curve) return false;
  const more = Math.max(bunched, curve / df);
  return Math.sqrt((same - curve) / more) >= studentTQuantile(sure, knownBefore + df);
}

/** The deviance of one share at any load. */
function sameAnywhere(losses: readonly Losses[]): number {
  const share = sum(losses.map(({ lost }) => lost)) / sum(losses.map(({ came }) => came));
  return sum(losses.map((one) => deviance(one, share)));
}

const triedBetween = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.ceil(Math.log(to / from) / closeness) + 1 }, (_, i) => from * Math.exp(i * closeness));

type Group = { readonly servers: number; readonly offered: number };

/** What each group of servers is offered where it loses the share. */
const offered = (share: number): readonly Group[] =>
  groups.map((servers) => ({ servers, offered: offeredAt(servers, share) }));

/** Without end of servers, as a share of them. */
const offeredAt = (servers: number, share: number): number =>
  Number.isFinite(servers) ? erlangBLoad(servers, share) : 1 / (1 - share);

const lostBy = (servers: number, load: number): number =>
  Number.isFinite(servers) ? erlangB(servers, load) : Math.max(0, 1 - 1 / load);

/** Minus twice the log-likelihood, beyond that of a curve through every count. */
const devianceOf = (losses: readonly Losses[], group: Group, at: number): number =>
  sum(losses.map((one) => deviance(one, lostBy(group.servers, (group.offered * one.load) / at))));

/** The same of one count, of which so large a share is expected to be lost. */
const deviance = ({ came, lost }: Losses, expected: number): number =>
  2 * (part(lost, came * expected) + part(came - lost, came * (1 - expected)));

const part = (counted: number, expected: number): number =>
  counted > 0 ? counted * Math.log(counted / Math.max(1e-12, expected)) : 0;
