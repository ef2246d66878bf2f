import type { Phases, Search, Step } from '../model/plan.ts';
import type { SearchEnding } from '../model/search-outcome.ts';
import type { Trial } from '../model/trial.ts';
import { seconds } from '../model/units.ts';
import { levelStep } from './ground.ts';
import { holdFor, isHold, levelOf, measureFor, type Standing, standingsOf } from './standings.ts';
import { totals } from './totals.ts';

/** Where nothing passes the load is halved, so often at most. */
const mostHalvings = 10;
/** After a step that failed the next settles for so many times as long: what it left must be gone. */
const coolDown = 2;

/** How a search stands: what it tries next, or why it is over. */
export type Going =
  | { readonly kind: 'try' | 'hold'; readonly level: number }
  | { readonly kind: 'over'; readonly why: SearchEnding };

/** What is known of the limit: the highest level below it that passed, and the lowest that failed. */
export type Bracket = {
  readonly pass: number | undefined;
  readonly fail: number | undefined;
  readonly open: readonly number[];
};

/**
 * The next step of a search, or undefined once it is over. It grows by a factor until a level fails for sure, goes down by halves where the first one does, bisects between
 * the last level that passed and the first that failed, and holds the one that passed for longer: no level is ever told that was not tried.
 */
export function nextTrial(search: Search, history: readonly Trial[]): Step | undefined {
  const going = goingOf(search, history);
  return going.kind === 'over' ? undefined : stepOf(search, going, history);
}

/** How the search stands after these trials. */
export function goingOf(search: Search, history: readonly Trial[]): Going {
  const ended = endedBy(history);
  if (ended) return ended;
  const going = onceMore(search, history) ?? wanted(search, history);
  if (going.kind === 'over' || isAffordable(search, going, history)) return going;
  const { pass } = bracketOf(search, history);
  const hold = { kind: 'hold', level: pass ?? 0 } as const;
  const isHeld = pass !== undefined && standingsOf(search, history).get(pass) === 'held';
  return pass !== undefined && !isHeld && isAffordable(search, hold, history) ? hold : { kind: 'over', why: 'budget' };
}

/** Between which levels the limit lies. What passed above a level that failed for sure says nothing. */
export function bracketOf(search: Search, history: readonly Trial[]): Bracket {
  const standings = [...standingsOf(search, history)];
  const fail = standings.find(([, standing]) => standing === 'fail')?.[0];
  const below = standings.filter(([level]) => level < (fail ?? Number.POSITIVE_INFINITY));
  const pass = below.findLast(([, standing]) => isGood(standing))?.[0];
  const open = below.filter(([level, standing]) => standing === 'open' && level > (pass ?? 0)).map(([level]) => level);
  return { pass, fail, open };
}

const isGood = (standing: Standing): boolean => standing === 'pass' || standing === 'held';

/** Steps that say nothing of the target end the search, and so does one that was stopped. A generator that was late once may have been so by chance; twice on end it is at its limit. */
function endedBy(history: readonly Trial[]): Going | undefined {
  const [before, last] = [history.at(-2), history.at(-1)];
  if (last === undefined) return undefined;
  if (!last.record.complete) return { kind: 'over', why: 'cut-short' };
  if (last.record.health.verdict === 'capped') return { kind: 'over', why: 'capped' };
  return isLimited(last) && before && isLimited(before) ? { kind: 'over', why: 'limited' } : undefined;
}

const isLimited = ({ record }: Trial): boolean => record.health.verdict === 'limited';

/** The same step again, where the generator was late in it. */
function onceMore(search: Search, history: readonly Trial[]): Exclude<Going, { kind: 'over' }> | undefined {
  const last = history.at(-1);
  if (last === undefined || !isLimited(last)) return undefined;
  return { kind: isHold(last.step, search) ? 'hold' : 'try', level: levelOf(last.step) };
}

function wanted(search: Search, history: readonly Trial[]): Going {
  const standings = standingsOf(search, history);
  const last = history.at(-1)?.step;
  if (last === undefined) return { kind: 'try', level: search.from };
  if (standings.get(levelOf(last)) === 'undecided') return { kind: 'try', level: levelOf(last) };
  const bracket = bracketOf(search, history);
  const { pass, fail } = bracket;
  const level = higher(search, bracket) ?? between(search, bracket) ?? lower(search, bracket, standings);
  if (level !== undefined) return { kind: 'try', level };
  if (pass === undefined) return { kind: 'over', why: 'nothing-passes' };
  if (standings.get(pass) !== 'held') return { kind: 'hold', level: pass };
  return { kind: 'over', why: fail === undefined && pass >= search.to ? 'no-limit' : 'found' };
}

/** Half of the lowest level that was tried, where nothing passes. */
function lower(search: Search, { pass }: Bracket, standings: ReadonlyMap<number, Standing>): number | undefined {
  if (pass !== undefined) return undefined;
  const lowest = Math.min(...standings.keys());
  const half = rounded(search, lowest / 2);
  return half < lowest && half >= search.from / 2 ** mostHalvings && half > 0 ? half : undefined;
}

/** Up to the first level that fails: a factor above the highest that was tried. */
function higher(search: Search, { pass, fail, open }: Bracket): number | undefined {
  const top = open.at(-1) ?? pass ?? search.from;
  if (fail !== undefined || top >= search.to) return undefined;
  return Math.min(search.to, Math.max(rounded(search, top * search.factor), isWhole(search) ? top + 1 : 0));
}

/** The middle of the wider gap: above what passed, or below what failed where levels between could not be told. Undefined where both are close enough. */
function between(search: Search, { pass, fail, open }: Bracket): number | undefined {
  const chain = [...(pass === undefined ? [] : [pass]), ...open, ...(fail === undefined ? [] : [fail])];
  const gaps = [...(pass === undefined ? [] : [chain.slice(0, 2)]), ...(fail === undefined ? [] : [chain.slice(-2)])];
  const wide = gaps
    .flatMap(([low, high]) => (low === undefined || high === undefined ? [] : [{ low, high }]))
    .map(({ low, high }) => ({ low, high, share: high / low - 1, middle: rounded(search, (low + high) / 2) }))
    .filter(({ low, high, share, middle }) => share > search.precision && middle > low && middle < high)
    .toSorted((a, b) => b.share - a.share);
  return wide[0]?.middle;
}

const isWhole = ({ crowd }: Search): boolean => crowd !== undefined;

/** Users are whole; a rate is rounded to four digits, so that it can be read. */
const rounded = (search: Search, level: number): number =>
  isWhole(search) ? Math.round(level) : Number(level.toPrecision(4));

function stepOf(search: Search, going: Exclude<Going, { kind: 'over' }>, history: readonly Trial[]): Step {
  const { phases, crowd } = search;
  const after = history.at(-1)?.grade === 'fail' ? coolDown : 1;
  const asked: Phases = {
    settle: seconds(phases.settle * after),
    measure: (going.kind === 'hold' ? holdFor : measureFor)(search, going.level),
  };
  return levelStep(history.length, going.level, asked, crowd);
}

/** Whether a step can be paid with what is left, and after it a hold of what passed. */
function isAffordable(search: Search, going: Exclude<Going, { kind: 'over' }>, history: readonly Trial[]): boolean {
  const step = stepOf(search, going, history);
  const { pass } = bracketOf(search, history);
  const kept =
    isHold(step, search) || pass === undefined ? [] : [stepOf(search, { kind: 'hold', level: pass }, history)];
  const all = [...history.map((trial) => trial.step), step, ...kept];
  const { requests, duration } = totals(all);
  return requests <= search.budget.requests && duration <= search.budget.duration;
}
