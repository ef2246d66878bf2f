import { spearman } from '../../stats/spearman.ts';
import { sum } from '../../stats/sum.ts';
import { type Case, fillOf, known, type Track } from '../seen/cases.ts';
import { isSameDevice } from '../seen/timed-device.ts';

/** A third of the windows from below is held against a third from above; so many at least have thirds. */
const third = 1 / 3;
const fewest = 4;
/** What waits is looked at from this share of what counts as waiting on. */
const noticed = 0.2;
/** So many times as long or as much as at low load is growth; for the time of one operation less is. */
const grown = 3;
const slower = 1.3;
/** … or this much where it is so all the way up: the rank correlation of the time with the load. */
const steadilySlower = 1.15;
const allTheWay = 0.8;
/** Below this use of its ceiling, the ceiling is not why it is slower. */
const hardlyUsed = 0.3;
/** What refuses at moments is not yet full in the mean. */
const full = 0.8;

/**
 * Whether waiting grew while the target kept up, in something whose use tells no end of it: a lock, a collector that runs ever more often, a device that is slower long before its stated ceiling,
 * a pool that already refuses now and then. It ends somewhere, and no line says where: so nothing is claimed beyond what was carried.
 */
export function waitsEarly(one: Case, sustained: readonly boolean[], around: readonly Case[] = []): boolean {
  const kept = sustained.flatMap((keeps, i) => (keeps ? [i] : []));
  if (kept.length < fewest) return false;
  const some = Math.ceil(third * kept.length);
  const [low, top] = [kept.slice(0, some), kept.slice(-some)];
  const used = Math.max(0, ...top.map((i) => fillOf(one, i) ?? 0));
  if (one.resource.layer === 'hold') return used < full && refusesMore(one, low, top);
  const [before, after] = [meanOf(one.queue, low), meanOf(one.queue, top)];
  if (before === undefined || after === undefined) return false;
  const { kind, unit } = one.resource;
  if (kind === 'rate' && unit !== 'cores' && one.queueReads !== undefined)
    return (
      used < hardlyUsed &&
      !isOtherSide(one, around, top) &&
      after > before + one.queueFloor &&
      isSlower(one, kept, after / before)
    );
  const isCounted = kind === 'space' || one.ceiling.every((ceiling) => ceiling === undefined);
  return isCounted && after > Math.max(noticed * one.queueFloor, grown * before);
}

function isSlower({ queue = [] }: Case, kept: readonly number[], times: number): boolean {
  const read = kept.filter((i) => queue[i] !== undefined);
  const rank = spearman(read, known(queue, read))?.rho ?? 0;
  return times > (rank >= allTheWay ? steadilySlower : slower);
}

/** One device has operations and bytes: what is slow because of the one is no sign of the other. */
function isOtherSide(one: Case, around: readonly Case[], top: readonly number[]): boolean {
  return around.some((other) => isSameDevice(one, other) && top.some((i) => (fillOf(other, i) ?? 0) >= hardlyUsed));
}

/** Refused at times at the top of the load, in more than one window, and more than at low load. */
function refusesMore(one: Case, low: readonly number[], top: readonly number[]): boolean {
  const at = known(one.refusals, top);
  return (
    at.filter((refused) => refused > 0).length >= 2 &&
    (meanOf(one.refusals, low) ?? 0) < (meanOf(one.refusals, top) ?? 0)
  );
}

function meanOf(track: Track | undefined, positions: readonly number[]): number | undefined {
  const values = known(track, positions);
  return values.length === 0 ? undefined : sum(values) / values.length;
}
