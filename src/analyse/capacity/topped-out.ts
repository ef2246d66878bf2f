import type { Interval } from '../../model/interval.ts';
import type { Sheet, Window } from '../../model/sheet.ts';
import { sum } from '../../stats/sum.ts';
import { countedRate, isWaste, meanRate, type Pressed, plateauOf, type Range } from '../seen/plateau.ts';
import { selective } from '../seen/selective.ts';
import { followedUpTo } from '../seen/turned-away.ts';
import { carriedBeforeFailing, isLevel } from './before-failing.ts';
import type { Done } from './done-in-overload.ts';
import { carriedBeside, type Hot } from './hot-instance.ts';

/**
 * Where on the way from what was carried to what broke down it lies: nearer to the first, since it takes some more than it carries to break a target down within a window; in 60 such worlds of the
 * benchmark the middle is at 0.26, the quartiles at 0.09 and 0.42, and one in seven lies below what was carried for a while.
 */
const ofTheWay = 1 / 3;
const notForLong = 1 / 4;
/** The same of what kills: of five such worlds two lie further below what was carried than half of the way above it, and one above. */
const sooner = 2 / 3;

/** A load of which this share fails was too much for certain. */
const mostly = 0.25;

const nothing: Range = { value: 0, low: 0, high: 0 };

/** What is known where the load went beyond what is carried. */
export type Seen = {
  readonly calm: readonly Window[];
  readonly over: readonly Window[];
  readonly axis: Sheet['axis'];
  readonly own: Interval | undefined;
  readonly done: Done | undefined;
  /** Whether what is first takes the longer the more wait for it, as far as anybody knows. */
  readonly mayFall?: boolean | undefined;
  /** Whether what is first kills what it holds when that is too much at a moment. */
  readonly kills?: boolean | undefined;
  /** The instance that is first, where it has clearly more of the work than the others. */
  readonly hot?: Hot | undefined;
};

/** How much was carried at most, from the windows in which the target did not keep up, and the best of those before. */
export function toppedOut(seen: Seen): Interval {
  const { calm, over, axis, own, kills } = seen;
  const done = perhapsAgain(seen.done, over);
  const kept = calm.map(countedRate).toSorted((a, b) => b.low - a.low)[0] ?? nothing;
  const best = Math.max(kept.value, ...over.map((window) => window.goodput));
  const tooMuch = axis === 'arrivals' ? Math.min(...over.map((window) => window.load)) : Number.POSITIVE_INFINITY;
  // Where only answers are counted nothing is claimed beyond the most of them, nor beyond what most of failed.
  const lost = over.filter(({ errors, load }) => errors >= mostly && load > kept.value).map(({ load }) => load);
  const answered = Math.max(...[...calm, ...over].map(({ load }) => load));
  const most = axis === 'arrivals' ? Math.max(tooMuch, best) : Math.max(best, Math.min(answered, ...lost));
  // Of what is only answered, too, as many as failed were asked for and turned away.
  const turnedAway = followedUpTo([...calm, ...over].toSorted(byRate));
  const followed = axis === 'arrivals' ? turnedAway : undefined;
  const whole = wholeOf(seen, { kept, best, followed: turnedAway });
  if (whole) return whole;
  const [first] = over.toSorted(byRate);
  if (axis === 'arrivals' && calm.length === 0 && first && best > selective * first.goodput)
    return { kind: 'at-most', high: countedRate({ ...first, goodput: first.load }).high };
  const plateau = plateauOf(over, best, pressedBy(seen));
  if (plateau) return onTop(plateau, { ...seen, done }, { kept, tooMuch, most, followed });
  const carried = onEdge(kept, calm, tooMuch);
  return done && done.value >= kept.value ? brokenInVain(carried, done, most) : between(carried, most, { own, kills });
}

/** Loads this close to each other are the same. */
const sameLoad = 1.05;

/** What was carried at one time and broke down at another stood on the edge: surely carried is only what was at lower loads. */
function onEdge(kept: Range, calm: readonly Window[], tooMuch: number): Range {
  if (tooMuch > sameLoad * kept.value) return kept;
  const lower = calm.filter(({ load }) => load * sameLoad <= tooMuch).map(({ goodput }) => goodput);
  return { ...kept, low: Math.min(kept.low, Math.max(0, ...lower)) };
}

const pressedBy = ({ axis, over }: Seen): Pressed => {
  if (axis === 'arrivals') return 'arrivals';
  return over.every(({ health }) => health.verdict === 'foreign') ? 'others' : 'users';
};

const byRate = (a: Window, b: Window): number => a.load - b.load;

/** What is carried whole, where goodput goes on rising beyond that: beside a hot instance, or where some are turned away. */
function wholeOf(
  { calm, over, axis, hot, done }: Seen,
  { kept, best, followed }: { readonly kept: Range; readonly best: number; readonly followed: Range | undefined },
): Interval | undefined {
  const beside = axis === 'arrivals' && hot ? carriedBeside(over, hot, kept) : undefined;
  if (beside) return { kind: 'interval', ...beside };
  if (!followed) return undefined;
  // What was worked for is counted better than failures tell it.
  const before = axis === 'throughput' && !done && carriedBeforeFailing([...calm, ...over].toSorted(byRate), followed);
  if (before) return { kind: 'interval', ...before };
  return best > selective * followed.value ? carriedWhole(followed, best) : undefined;
}

/** Where errors are answered, a request that failed and came again is answered once: that the door answers as many as are worked for says nothing then. */
const perhapsAgain = (done: Done | undefined, over: readonly Window[]): Done | undefined =>
  done?.again === false && isAnswered(over) ? { ...done, again: undefined } : done;

/** What was carried whole, where others pass while some are turned away; as far as that may lie higher, all that came through may be sustained. */
const carriedWhole = (followed: Range, best: number): Interval => ({
  kind: 'interval',
  ...followed,
  high: best <= selective * followed.high ? Math.max(followed.high, best) : followed.high,
});

/** Where overload itself makes work dearer less is done there than was carried before, and that says nothing of what could be. */
const isNoLess = (done: Range, kept: Range): boolean => done.high >= kept.low;

type Ends = {
  readonly kept: Range;
  readonly tooMuch: number;
  readonly most: number;
  readonly followed: Range | undefined;
};

/** What a plateau says, where goodput follows no further than up to there. */
function onTop(plateau: readonly Window[], seen: Seen, ends: Ends): Interval {
  const { done } = seen;
  const { followed } = ends;
  const top = meanRate(plateau, pressedBy(seen));
  if (followed && top.value > followed.high && !isLevel(plateau))
    return risingOn(followed, top, done) ?? within(done && done.high >= top.low ? done : top, ends.kept, ends.tooMuch);
  return flat({ plateau, top }, seen, ends);
}

type Flat = { readonly plateau: readonly Window[]; readonly top: Range };

/** As many as were worked for where that is counted, else as were answered well, unless that is known to be less than could be. */
function flat({ plateau, top }: Flat, seen: Seen, { kept, tooMuch, most, followed }: Ends): Interval {
  const { over, own, done, mayFall, kills } = seen;
  const worked = done && isNoLess(done, kept) ? done : undefined;
  const carried = highest(kept, top);
  const isInVain = worked !== undefined && worked.value > inVain * carried.value;
  const isRefused = isAnswered(plateau) && top.high >= kept.value;
  if (isInVain && !isRefused) return halfInVain(carried, worked, most);
  if (!worked && isWaste(plateau, { over, own, followed, tooMuch: most }))
    return between(carried, most, { own, kills });
  const told = within(worked && !isInVain ? middle(top, worked) : top, kept, tooMuch);
  return level(asFarAsOwn(told, own, most), mayFall && plateau.length === 1 ? most : 0);
}

/** A line that is known worse than this (relative) says nothing against what was seen. */
const wellKnown = 0.2;

/** Where the line of what is first ends elsewhere than where goodput stopped, one of the two is off, by a mix that was another one or by how hard the overload pressed: it may be either. */
function asFarAsOwn(told: Range, own: Interval | undefined, most: number): Range {
  if (own?.kind !== 'interval' || own.high - own.low > 2 * wellKnown * own.value) return told;
  return { ...told, low: Math.min(told.low, own.value), high: Math.max(told.high, Math.min(own.value, most)) };
}

/** Whether most of what was no good was answered, and not given up: what is refused so is refused whatever work was done for it. */
function isAnswered(windows: readonly Window[]): boolean {
  const [asked, answered, good] = [
    windows.map(({ load }) => load),
    windows.map(({ throughput }) => throughput),
    windows.map(({ goodput }) => goodput),
  ];
  return sum(answered) - sum(good) > (sum(asked) - sum(good)) / 2;
}

/**
 * Two counts of one rate: answers know nothing of chance in what they ask for, and the work for them not how well its line is known. Each counts by how well it is known (by inverse variance); what
 * both have of the same chance is no less for that. Where they lie further apart than either is known it may be either.
 */
function middle(a: Range, b: Range): Range {
  const [byA, byB] = [precision(a), precision(b)];
  const of = (side: keyof Range): number => (byA * a[side] + byB * b[side]) / (byA + byB);
  return {
    value: of('value'),
    low: Math.min(of('low'), a.value, b.value),
    high: Math.max(of('high'), a.value, b.value),
  };
}

const precision = ({ low, high }: Range): number => 1 / Math.max(1e-12, high - low) ** 2;

/** The same, perhaps as high as that. */
const level = ({ value, low, high }: Range, perhaps: number): Interval => ({
  kind: 'interval',
  value,
  low,
  high: Math.max(high, perhaps),
});

/** Where goodput goes on rising beyond where it followed, some are turned away; or it passes by what is full, from a cache, and the work for it does not rise. Undefined where it is as much as was followed. */
function risingOn(followed: Range, top: Range, done: Range | undefined): Interval | undefined {
  const passed = done && done.high < top.low ? done : top;
  if (passed.value > followed.value) return turnedAway(followed, passed);
  return passed.high < followed.low ? { kind: 'interval', ...passed } : undefined;
}

/** More worked for than carried by this factor is work in vain, and no chance. */
const inVain = 1.05;

/** Of what was worked for at least about so much can be carried: of seven systems with retries in the benchmark that were looked at, one carried less. */
const atLeastOf = 0.8;

/**
 * What is done in vain costs as much as what is not or less, as far as it was given up halfway: between what was carried and what was worked for. Where everything is worked for once, and only those who
 * asked had gone, as much is carried as is worked for.
 */
function halfInVain(carried: Range, done: Done, most: number): Interval {
  const high = Math.max(carried.value, Math.min(done.high, most));
  if (done.again === false) {
    const value = Math.max(carried.value, Math.min(done.value, high));
    return { kind: 'interval', value, low: Math.min(value, Math.max(carried.low, done.low)), high };
  }
  const end = Math.min(done.value, high);
  return { kind: 'interval', value: (Math.max(carried.value, atLeastOf * end) + end) / 2, low: carried.low, high };
}

/** The same where overload breaks goodput down: that what is worked for is sustained nobody saw, nor that what was carried for a while is, where it is done again and again. */
function brokenInVain(carried: Range, done: Done, most: number): Interval {
  const told = halfInVain(carried, done, most);
  if (told.kind !== 'interval') return told;
  const luck = notForLong * (told.high - carried.value);
  const low = done.again === false ? (carried.value + told.low) / 2 : Math.min(carried.low, carried.value - luck);
  return { ...told, low: Math.max(0, low) };
}

/** Between what was carried whole and what came through: not much more than that, else it would be what was carried whole. */
function turnedAway(followed: Range, top: Range): Interval {
  const high = Math.max(top.value, Math.min(top.high, selective * followed.value));
  return { kind: 'interval', value: (followed.value + top.value) / 2, low: followed.low, high };
}

const highest = (a: Range, b: Range): Range => (a.value >= b.value ? a : b);

/**
 * Halfway between what was carried and where the line of what is first ends, or nearer to what was carried than to what was too much: where overload wastes what was carried, nothing says where it began to.
 * What kills at a peak does so at a lower load as well, if that lasts: that it did not in a window was luck, and it is not taken to carry more.
 */
function between(carried: Range, tooMuch: number, { own, kills }: Pick<Seen, 'own' | 'kills'>): Interval {
  const isOwn = own?.kind === 'interval' && own.value > carried.value && own.value < tooMuch;
  if (kills && own?.kind === 'interval' && own.value < tooMuch) return atPeaks(own, carried, tooMuch);
  const [end, high] = isOwn ? [own.value, Math.min(own.high, tooMuch)] : [tooMuch, tooMuch];
  const from = Math.max(carried.value, end / 2);
  const low = Math.min(carried.low, carried.value - (kills ? sooner : notForLong) * (high - carried.value));
  const onTheWay = isOwn ? (carried.value + end) / 2 : from + ofTheWay * (end - from);
  return { kind: 'interval', value: kills ? carried.value : onTheWay, low: Math.max(0, low), high };
}

/** Where what kills ends by what is inside at the peaks; what was carried in a window above that was carried by luck, and leaves open by how much. */
function atPeaks(own: Range, carried: Range, tooMuch: number): Interval {
  const value = own.value < carried.value ? (own.value + carried.value) / 2 : own.value;
  return {
    kind: 'interval',
    value,
    low: Math.min(own.low, carried.value),
    high: Math.min(Math.max(own.high, carried.high), tooMuch),
  };
}

/** What a window carried without falling behind is carried; what it fell behind at is too much, unless more than that was carried after all. */
function within(rate: Range, kept: Range, tooMuch: number): Interval & Range {
  const { value, low, high } = rate.value < kept.value ? { ...kept, high: Math.max(kept.high, rate.high) } : rate;
  const top = tooMuch >= value ? Math.min(high, tooMuch) : high;
  return { kind: 'interval', value, low: Math.min(value, Math.max(low, kept.low)), high: Math.max(value, top) };
}
