import { median } from '../../stats/median.ts';
import { spearman } from '../../stats/spearman.ts';
import { sum } from '../../stats/sum.ts';
import type { Case } from './cases.ts';
import { isTimed } from './timed-device.ts';

/** A device is asked whether it is one server where that is busy for this share of the time at least, in the highest of the windows. */
const leastBusy = 0.3;
/** It waits as one server does where its operations take longer by this much of what they would by M/D/1: twice as much is M/M/1, half of it work that few can send at once. */
const atLeast = 0.5;
const atMost = 3;
/** What its stated ceiling lets wait by M/M/1 is no sign of another. */
const byCeiling = 2;
/** The time of an operation rises all the way up with the load: rank correlation. */
const allTheWay = 0.8;
const fewest = 4;
/** Times alone are tried down to this share of the shortest. */
const shortest = 0.7;
const tried = 60;

/** A device as one server: its use in servers that are busy, how long an operation takes alone (s), and the standard error of that (relative). */
export type OneServer = { readonly server: Case; readonly alone: number; readonly error: number };

/**
 * A device as one server, where that explains how much longer its operations take the more of them there are while the target keeps up, and what it is stated to do does not (Pollaczek 1930,
 * Khinchine 1932: of a time s alone and a use u, s u ÷ (2 (1 − u)) is waited where all take as long; with two servers it would be a tenth of that). Undefined where it does not.
 *
 * @param fills how full it is of what is stated for it, of operations or bytes, window by window
 */
export function asOneServer(one: Case, sustained: readonly boolean[], fills: readonly number[]): OneServer | undefined {
  if (!isTimed(one)) return undefined;
  const seen = sustained.flatMap((keeps, i) => {
    const [done, time] = [one.usage[i], one.queue?.[i]];
    return keeps && done !== undefined && time !== undefined ? [{ done, time, fill: fills[i] ?? 0 }] : [];
  });
  if (seen.length < fewest || (rankOf(seen.map(({ time }) => time)) ?? 0) < allTheWay) return undefined;
  const { alone, times, error } = fittedTo(seen);
  const busy = Math.max(...seen.map(({ done }) => done * alone));
  const stated = median(seen.map(({ done, fill }) => waited(fill) / waited(done * alone)));
  if (busy < leastBusy || busy >= 1 || times < Math.max(atLeast, byCeiling * stated) || times > atMost)
    return undefined;
  const usage = one.usage.map((done) => done && done * alone);
  return { server: { ...one, usage, ceiling: usage.map(() => 1) }, alone, error };
}

const rankOf = (values: readonly number[]): number | undefined => spearman([...values.keys()], values)?.rho;

/** The time alone, with its standard error (relative), and by how many times what M/D/1 waits an operation takes longer, that fit the times best (least squares of their shares). */
function fittedTo(seen: readonly { readonly done: number; readonly time: number }[]): {
  readonly alone: number;
  readonly error: number;
  readonly times: number;
} {
  const most = Math.min(...seen.map(({ time }) => time));
  const fits = Array.from({ length: tried + 1 }, (_, step) => {
    const alone = most * (1 - ((1 - shortest) * step) / tried);
    const points = seen.map(({ done, time }) => ({ x: waited(done * alone), y: time / alone - 1 }));
    const times = sum(points.map(({ x, y }) => x * y)) / sum(points.map(({ x }) => x * x));
    const off = sum(points.map(({ x, y }) => ((y - times * x) / (1 + times * x)) ** 2));
    return { alone, times, off };
  });
  const best = fits.reduce((least, fit) => (fit.off < least.off ? fit : least));
  // One standard error off, the squares have grown by the variance that is left.
  const near = fits.filter(({ off }) => off <= best.off * (1 + 1 / (seen.length - 2))).map((fit) => fit.alone);
  return { ...best, error: (Math.max(...near) - Math.min(...near)) / (2 * best.alone) };
}

/** How much longer than alone an operation takes at one server that is so busy and always takes as long. */
const waited = (use: number): number => use / (2 * (1 - Math.min(0.99, use)));
