import type { Candidate, Capacity, Findings } from '../model/finding.ts';
import { amount, duration, number, percent, rate } from '../model/in-words.ts';
import type { Interval } from '../model/interval.ts';
import { shortfall } from '../model/shortfall.ts';
import { median } from '../stats/median.ts';
import { slowed } from './cost/collecting-end.ts';
import type { Cost } from './cost/cost.ts';
import type { Judged } from './roots/judged.ts';
import { doesKill, peaks, scatter } from './saturation/killing.ts';
import { type Case, isCollected, known, nameOf } from './seen/cases.ts';
import { latencyOf, type View } from './seen/view.ts';

/** What is known of how the target ended, or would. */
export type Ended = {
  readonly capacity: Capacity | undefined;
  /** Where so much begins to fail that goodput no longer follows. */
  readonly fails: Interval | undefined;
  readonly view: View;
  /** What is expected first, most likely first. */
  readonly expected: readonly Candidate[];
  readonly costs: ReadonlyMap<Case, Cost>;
  /** Position from which on goodput no longer follows. */
  readonly plateau: number | undefined;
};

/** What the number rests on that is told as what the target carries. */
export const groundsOfCapacity = (
  judged: readonly Judged[],
  { capacity, fails, view, expected, costs, plateau }: Ended,
): Findings['notes'] => [
  ...failsNote(capacity?.provenance === 'extrapolated' ? fails : undefined),
  ...eitherOf(belowNote(capacity?.rate, view), beyondNote(capacity, view)),
  ...aboveNote(capacity, view),
  ...(plateau === undefined || judged.some(({ standing }) => standing.kind === 'root')
    ? []
    : hiddenNote(capacity, view)),
  ...[lateNote, oneByOneNote].flatMap((note) =>
    note(
      judged.filter((each) => isMeant(each, capacity ? expected[0] : undefined)),
      costs,
    ),
  ),
  ...peaksNote(
    judged.filter(({ one }) => costs.get(one)?.capacity?.rate.kind === 'interval'),
    capacity ? expected[0] : undefined,
    view,
  ),
];

/** Why goodput is expected to stop following before anything is full. */
function failsNote(fails: Interval | undefined): Findings['notes'] {
  if (fails?.kind !== 'interval') return [];
  const text = `more failed the higher the load was, though less than ${percent(shortfall)}: if that goes on as what is lent at once or refused does, goodput follows up to ${rate(fails.value)}`;
  return [{ about: 'analysis', text }];
}

/** That nothing was carried whole, and what the number rests on then. */
function belowNote(carried: Interval | undefined, { windows }: View): Findings['notes'] {
  const lowest = Math.min(...windows.map(({ load }) => load));
  if (carried?.kind !== 'interval' || carried.high >= (1 - shortfall) * lowest) return [];
  const text = `already at ${rate(lowest)}, the lowest load, more than ${percent(shortfall)} failed: what is carried whole is told by how failures grew from there on; a load below would show it`;
  return [{ about: 'analysis', text }];
}

/** So far above the most that was answered a capacity is no reading of it any more. */
const clearlyMore = 1.05;

/** That the load went beyond what is carried and more is told than was ever answered in time, and what that rests on. */
function aboveNote(capacity: Capacity | undefined, { windows }: View): Findings['notes'] {
  const answered = Math.max(...windows.map(({ goodput }) => goodput));
  if (capacity?.provenance !== 'reached' || capacity.binds !== 'physical' || capacity.rate.kind !== 'interval')
    return [];
  const { value } = capacity.rate;
  if (value <= clearlyMore * answered) return [];
  const text = `never more than ${rate(answered)} were answered in time: that ${rate(value)} can be is concluded from what the resources did before the overload and in it, and was not seen`;
  return [{ about: 'analysis', text }];
}

const eitherOf = (one: Findings['notes'], other: Findings['notes']): Findings['notes'] =>
  one.length > 0 ? one : other;

/** That more was answered at higher loads than is carried whole. */
function beyondNote(capacity: Capacity | undefined, { windows }: View): Findings['notes'] {
  const answered = Math.max(...windows.map(({ goodput }) => goodput));
  if (capacity?.provenance !== 'reached' || capacity.binds !== 'physical' || capacity.rate.kind !== 'interval')
    return [];
  const { value, high } = capacity.rate;
  if (answered <= Math.max(high, clearlyMore * value)) return [];
  const text = `up to ${rate(answered)} were answered at higher loads, while more than ${percent(shortfall)} of what was asked for failed: ${rate(value)} is what is carried whole`;
  return [{ about: 'analysis', text }];
}

/** So few at a time, by the upper end of what is carried, are less than one also where the times were read a little short. */
const clearlyBelowOne = 0.8;

/**
 * How many at a time what nobody sees lets in: what is carried × how long a request takes where nobody waits (Little 1961), if it is there all that time.
 * A lock or a pool that stops goodput has one inside all the time, at least: less than that is a limit of another kind.
 */
function hiddenNote(capacity: Capacity | undefined, view: View): Findings['notes'] {
  const took = known(view.windows.map(latencyOf), view.low);
  if (capacity?.provenance !== 'reached' || capacity.rate.kind !== 'interval' || took.length === 0) return [];
  const [carried, seconds] = [capacity.rate.value, median(took)];
  const inside = `${number(carried * seconds)} at a time, if a request is there for all of its ${duration(seconds)} (${rate(carried)} × ${duration(seconds)})`;
  const text =
    capacity.rate.high * seconds < clearlyBelowOne
      ? `what limits and is not seen has about ${inside}; less than one at a time is a rate, as of a rate limit or a device, rather than a number that is let in`
      : `what limits and is not seen lets in about ${inside}; for a part of it, so much fewer`;
  return [{ about: 'analysis', text }];
}

/** Less than this of what is used of it is not worth a sentence. */
const clearlyLess = 0.95;

/** Why processors that are named, or expected first, end before they are full. */
function lateNote(meant: readonly Judged[], costs: Ended['costs']): Findings['notes'] {
  const texts = meant.flatMap(({ one }) => {
    const share = costs.get(one)?.capacity?.inTime ?? 1;
    if (share > clearlyLess) return [];
    return `${nameOf(one)} cannot be filled: a request takes long there against its time-out, and from about ${percent(share)} of it on more than ${percent(shortfall)} of the answers come too late`;
  });
  return [...new Set(texts)].slice(0, 1).map((text) => ({ about: 'analysis', text }));
}

/** Why a device that is expected first ends far below its ceiling. */
function oneByOneNote(meant: readonly Judged[], costs: Ended['costs']): Findings['notes'] {
  const texts = meant.flatMap(({ one, standing }) => {
    const alone = costs.get(one)?.capacity?.oneByOne;
    if (alone === undefined || standing.kind === 'root') return [];
    const ceiling = one.ceiling.findLast((most) => most !== undefined);
    const stated = ceiling === undefined ? '' : `, and not at ${amount(ceiling, one.resource.unit)}`;
    return `${nameOf(one)} does one operation after the other, as the times of its operations show: each takes ${duration(alone)} alone, so it ends at about ${amount(1 / alone, one.resource.unit)}${stated}`;
  });
  return texts.slice(0, 1).map((text) => ({ about: 'analysis', text }));
}

/** Named, or expected first. */
const isMeant = ({ one: { resource }, standing }: Judged, expected: Candidate | undefined): boolean =>
  (standing.kind === 'root' && standing.own > 0) ||
  (expected !== undefined && resource.component === expected.component && resource.resource === expected.resource);

/** Why space that is named, or expected first, ends before its mean is full, where it is known where. */
function peaksNote(judged: readonly Judged[], expected: Candidate | undefined, view: View): Findings['notes'] {
  const named = judged.filter((each) => isMeant(each, expected));
  const instancesOf = (name: string): number => named.filter(({ one }) => nameOf(one) === name).length;
  const namesOf = (is: (one: Case) => boolean): readonly string[] => [
    ...new Set(
      named
        .map(({ one }) => one)
        .filter(is)
        .map(nameOf),
    ),
  ];
  const inside = (name: string, deviations: number): string =>
    `what is inside at the peaks (n + ${number(deviations * scatter(instancesOf(name), view))} √n requests where n are on average)`;
  const texts = [
    ...namesOf(doesKill).map(
      (name) =>
        `${name} kills when it is full: what is carried leaves room for ${inside(name, peaks.rarely)}; for a while more may pass`,
    ),
    ...namesOf(isCollected).map(
      (name) =>
        `${name} ends before it is full: with ${inside(name, slowed.rarely)} collecting takes all that its processor has left; for a while more may pass`,
    ),
  ];
  return texts.map((text) => ({ about: 'analysis', text }));
}
