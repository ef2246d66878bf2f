import { timeIn } from '../../model/cell.ts';
import { further } from '../../model/further.ts';
import { duration, percent, quantileName, rate } from '../../model/in-words.ts';
import type { Interval } from '../../model/interval.ts';
import type { Objectives } from '../../model/objectives.ts';
import type { Window } from '../../model/sheet.ts';
import { type PerSecond, perSecond, type Ratio } from '../../model/units.ts';
import { binomialInterval } from '../../stats/binomial-interval.ts';
import { sum } from '../../stats/sum.ts';
import { chance, type View } from '../seen/view.ts';

/** An objective that is crossed from some load on. `sustained`: goodput still followed the load there, so the objective binds before the machine does. */
export type Crossing = {
  readonly text: string;
  readonly above: PerSecond | undefined;
  readonly upTo: PerSecond;
  readonly sustained: boolean;
  readonly rate: Interval;
};

/** One objective as a rule over a window: its words, by what factor the window stands to the limit (above 1 is crossed), and what that comes from. */
export type Rule = {
  readonly text: string;
  readonly strain: (window: Window) => Interval | undefined;
  readonly seen: (window: Window) => string;
  /** The same of a window that is plainly above the limit, where how well that is known matters no more. */
  readonly plainly?: (window: Window) => string;
  /** Of a share: how several windows of about one load stand to the limit, which tell it better than each of them alone. */
  readonly together?: (windows: readonly Window[]) => Interval;
};

/** How a window stands to an objective: `open` where the limit lies inside what is known of it, `unseen` where nothing is known. */
type Standing = 'met' | 'crossed' | 'open' | 'unseen';

/**
 * What a run says of an objective: whether it was crossed, for good or at the highest load, at which load (`upTo`), the highest load below that which met it, where it was missed though other
 * windows of that load or above met it, and where it cannot be told.
 */
export type Told = {
  readonly crossed: boolean;
  readonly upTo: number | undefined;
  readonly met: number | undefined;
  readonly missed: Missed | undefined;
  readonly open: string | undefined;
};

/** Windows in which an objective was missed that is not crossed from there on: the lowest load of them, and how many they are. */
export type Missed = { readonly load: number; readonly text: string };

/** The objectives as rules. Client latency is only compared with client objectives, whatever the window holds. */
export function rulesOf(objectives: Objectives): readonly Rule[] {
  const latency = objectives.latency.map(
    ({ quantile, limit }): Rule => ({
      text: `${quantileName(quantile)} ≤ ${duration(limit)}`,
      strain: (window) => {
        const range = rangeOf(window, quantile);
        return range && times(range, 1 / limit);
      },
      seen: (window) => rangeInWords(rangeOf(window, quantile)),
    }),
  );
  const { errors } = objectives;
  if (errors === undefined) return latency;
  const strainOf = (windows: readonly Window[]): Interval => times(shareOf(windows), errors > 0 ? 1 / errors : 1e9);
  return [
    ...latency,
    {
      text: `errors ≤ ${percent(errors)}`,
      strain: (window) => strainOf([window]),
      seen: (window) => shareInWords(shareOf([window])),
      plainly: (window) => percent(window.errors),
      together: strainOf,
    },
  ];
}

type Share = Interval & { readonly kind: 'interval' };

/** The share of errors with what chance leaves open of it (Wilson 1927); where nothing failed nothing is held against it. */
function shareOf(windows: readonly Window[]): Share {
  const counts = windows.map((window) => {
    const of = Math.max(1, Math.round(window.throughput * timeIn(window)));
    return { failed: Math.round(window.errors * of), of };
  });
  const failed = sum(counts.map((count) => count.failed));
  return failed === 0 ? exactly(0) : binomialInterval(failed, sum(counts.map(({ of }) => of)));
}

const shareInWords = ({ low, high }: Share): string =>
  `between ${percent(low)} and ${percent(high)}, as far as the number of answers tells`;

/** What is known of a quantile in a window: its range, else the point of one that is told as such. One quantile never stands for another. */
function rangeOf({ latency }: Window, quantile: Ratio): Interval | undefined {
  const told = latency.quantiles?.find((one) => one.quantile === quantile);
  if (told) return told.range;
  const point = new Map<number, number | undefined>([
    [0.5, latency.p50],
    [0.9, latency.p90],
    [0.99, latency.p99],
  ]).get(quantile);
  return point === undefined ? undefined : exactly(point);
}

const exactly = (value: number): Share => ({ kind: 'interval', value, low: value, high: value });

function times(range: Interval, factor: number): Interval {
  if (range.kind === 'at-least') return { kind: 'at-least', low: range.low * factor };
  if (range.kind === 'at-most') return { kind: 'at-most', high: range.high * factor };
  return { kind: 'interval', value: range.value * factor, low: range.low * factor, high: range.high * factor };
}

function rangeInWords(range: Interval | undefined): string {
  if (range === undefined) return 'not known';
  if (range.kind === 'at-most') return `at most ${duration(range.high)}`;
  if (range.kind === 'at-least') return `above ${duration(range.low)}, where its histogram ends or answers are too few`;
  return `between ${duration(range.low)} and ${duration(range.high)}, as its histogram and the number of answers tell`;
}

/**
 * How each window stands to a rule. A share that one window leaves open is asked of those of about its load together: it is crossed where it is at no more than this
 * load, and met where it is at no less. Windows that cross it by themselves are left out: what failed for a while only is no share that the load has.
 */
function standingsOf({ windows }: View, rule: Rule): readonly Standing[] {
  const alone = windows.map((window) => standingOf(rule.strain(window)));
  return windows.map((window, i) => {
    const { together } = rule;
    if (!together || alone[i] !== 'open') return alone[i] ?? 'unseen';
    const beside = windows.filter((other, j) => alone[j] !== 'crossed' && isAlike(window, other));
    const [below, above] = [
      beside.filter(({ load }) => load <= window.load),
      beside.filter(({ load }) => load >= window.load),
    ];
    if (standingOf(together(below)) === 'crossed') return 'crossed';
    return standingOf(together(above)) === 'met' ? 'met' : 'open';
  });
}

const isAlike = (one: Window, other: Window): boolean => {
  const [lower, upper] = one.load < other.load ? [one, other] : [other, one];
  return upper.load <= Math.max(further * lower.load, lower.load + chance(lower));
};

/** The upper end of a bucket still counts to it: a range that ends at the limit meets it. */
function standingOf(strain: Interval | undefined): Standing {
  if (strain === undefined) return 'unseen';
  if (strain.kind !== 'at-least' && strain.high <= 1) return 'met';
  if (strain.kind === 'at-most') return 'open';
  if (strain.kind === 'interval' && strain.low === strain.high) return 'crossed';
  return strain.low >= 1 ? 'crossed' : 'open';
}

/** The first objective crossed, by load; a crossing must hold to the highest load, one lapse in four allowed. */
export function crossingOf(view: View, overloaded: readonly boolean[], objectives: Objectives): Crossing | undefined {
  const found = rulesOf(objectives).flatMap((rule) => {
    const at = firstCrossed(view, rule);
    return at === undefined ? [] : [{ rule, at }];
  });
  const first = found.toSorted((a, b) => a.at - b.at)[0];
  if (!first) return undefined;
  const { rule, at } = first;
  const here = view.windows[at];
  if (!here) return undefined;
  // windows of about one load stand as they came
  const standings = standingsOf(view, rule);
  const before = view.windows.slice(0, at).findLast(({ load }, i) => load < here.load && standings[i] === 'met');
  return {
    text: `${rule.text} was crossed at ${rate(here.load)}`,
    above: before?.load,
    upTo: here.load,
    sustained: overloaded[at] !== true,
    rate: between(before, here, rule),
  };
}

/** Windows in which it cannot be told are no lapses. */
function firstCrossed(view: View, rule: Rule): number | undefined {
  const standings = standingsOf(view, rule);
  const start = standings.findIndex((here, i) => {
    const rest = standings.slice(i).filter((standing) => standing === 'met' || standing === 'crossed');
    return here === 'crossed' && rest.filter((standing) => standing === 'crossed').length >= 0.75 * rest.length;
  });
  return start < 0 ? undefined : start;
}

/** Between the last load that met the objective and the first that did not; the point where the strain, on a log scale, would be 1. */
function between(before: Window | undefined, here: Window, rule: Rule): Interval {
  if (!before) return { kind: 'at-most', high: here.load };
  const [low, high] = [Math.log(strainAt(rule, before) || 1e-3), Math.log(strainAt(rule, here) || 1)];
  const share = high > low ? Math.min(1, Math.max(0, -low / (high - low))) : 0;
  return {
    kind: 'interval',
    value: perSecond(before.load + share * (here.load - before.load)),
    low: before.load,
    high: here.load,
  };
}

/** The point of a strain, else the end of it that is known. */
function strainAt(rule: Rule, window: Window): number {
  const strain = rule.strain(window);
  if (strain === undefined) return 0;
  if (strain.kind === 'interval') return strain.value;
  return strain.kind === 'at-least' ? strain.low : strain.high;
}

/**
 * What the windows of a run, by load, say of one objective.
 *
 * @param asides windows that support no claim: where one of them is above the limit, whether it is met there cannot be told
 */
export function toldOf(view: View, rule: Rule, asides: readonly Window[] = []): Told {
  const standings = standingsOf(view, rule);
  const at = firstCrossed(view, rule);
  const missed = missedBelow(view, rule, at);
  const isTop = at === undefined && missed.length > 0 && !isMetPlainlyAbove(view, standings, missed);
  const here = at === undefined ? undefined : view.windows[at]?.load;
  const lowest = Math.min(...missed.map(({ load }) => load));
  const upTo = here ?? (isTop ? lowest : undefined);
  const below = isTop ? lowest / further : (upTo ?? Number.POSITIVE_INFINITY);
  const met = view.windows.slice(0, at).filter(({ load }, i) => standings[i] === 'met' && load < below);
  return {
    crossed: upTo !== undefined,
    upTo,
    met: met.at(-1)?.load,
    missed: missedInWords(view, rule, missed),
    open: openIn(view, rule, standings, at) ?? openAside(rule, asides, upTo),
  };
}

/** Where it cannot be told in windows that count; where it can be told in none, that nothing tells it. A share that is met at about this load or above is met, whatever chance leaves open of one window. */
function openIn(
  { windows }: View,
  rule: Rule,
  standings: readonly Standing[],
  at: number | undefined,
): string | undefined {
  const isMetAbove = (window: Window): boolean =>
    rule.together !== undefined &&
    windows.some((other, i) => standings[i] === 'met' && (other.load >= window.load || isAlike(window, other)));
  const open = windows.slice(0, at).find((window, i) => standings[i] === 'open' && !isMetAbove(window));
  if (open) return `at ${rate(open.load)} it lies ${rule.seen(open)}`;
  const isUnseen = standings.length > 0 && standings.every((standing) => standing === 'unseen');
  return isUnseen ? 'nothing tells it' : undefined;
}

/** Where it is above the limit in a window of our own that does not count, plainly below the load at which it is crossed anyway. */
function openAside(rule: Rule, asides: readonly Window[], upTo = Number.POSITIVE_INFINITY): string | undefined {
  const above = asides.filter(
    (one) => isOwn(one) && isOpenAside(one) && one.load < upTo / further && isMissed(rule, one),
  );
  const lowest = above.toSorted((a, b) => a.load - b.load)[0];
  return (
    lowest && `at ${rate(lowest.load)} it was ${(rule.plainly ?? rule.seen)(lowest)}, in a window that does not count`
  );
}

/** Whether a window is above the limit, and not by chance alone. */
const isMissed = (rule: Rule, window: Window): boolean => standingOf(rule.strain(window)) === 'crossed';

/** What an overload had left says nothing of the load of its window, and what was cut short little. */
const isOpenAside = ({ aside }: Window): boolean =>
  aside !== undefined && (aside.kind !== 'data-invalid' || aside.unread === true);

/** What others send is told as a whole: now and then something else is in their way. */
const isOwn = ({ health }: Window): boolean => health.verdict !== 'foreign';

/** The windows of our own load in which it was surely missed, at loads plainly below that from which on it is crossed for good. */
function missedBelow({ windows }: View, rule: Rule, at: number | undefined): readonly Window[] {
  const below = at === undefined ? Number.POSITIVE_INFINITY : (windows[at]?.load ?? 0) / further;
  return windows.slice(0, at).filter((window) => isOwn(window) && window.load < below && isMissed(rule, window));
}

/** Whether a load that is plainly higher met it. */
function isMetPlainlyAbove({ windows }: View, standings: readonly Standing[], missed: readonly Window[]): boolean {
  const highest = Math.max(...missed.map(({ load }) => load));
  return windows.some(({ load }, i) => load > further * highest && standings[i] === 'met');
}

function missedInWords({ windows }: View, rule: Rule, missed: readonly Window[]): Missed | undefined {
  const byLoad = missed.toSorted((a, b) => a.load - b.load);
  const [lowest, highest] = [byLoad[0], byLoad.at(-1)];
  const worst = missed.toSorted((a, b) => strainAt(rule, b) - strainAt(rule, a))[0];
  if (!lowest || !highest || !worst) return undefined;
  const [from, to] = [rate(lowest.load), rate(highest.load)];
  const where = from === to ? `at ${from}` : `at ${from} to ${to}`;
  const most = (rule.plainly ?? rule.seen)(worst);
  const seen = missed.length === 1 ? most : `the worst ${most}`;
  const text = `in ${missed.length} of ${windows.length} windows, ${where} (${seen})`;
  return { load: lowest.load, text };
}

/** Which objectives were missed in windows of our own load, though they are not crossed from there on. */
export function missedIn(view: View, objectives: Objectives): readonly string[] {
  return rulesOf(objectives).flatMap((rule) => {
    const { missed } = toldOf(view, rule);
    return missed ? [`${rule.text} was missed ${missed.text}`] : [];
  });
}
