import type { Difference } from '../model/comparison.ts';
import { number, percent } from '../model/in-words.ts';
import type { Interval } from '../model/interval.ts';
import { negligible } from './negligible.ts';
import type { Quantity } from './quantities.ts';
import { repeatsToDecide } from './repeats-to-decide.ts';

/** What a sentence about one quantity is made from. */
export type Told = {
  readonly quantity: Quantity;
  readonly earlier: readonly (Interval | undefined)[];
  readonly later: readonly (Interval | undefined)[];
  readonly ratio: Interval | undefined;
  readonly finding: Difference['finding'];
  /** The runs that give no such number. */
  readonly silent: readonly string[];
  /** What the runs are called that give a bound which their repeats go beyond. */
  readonly bounds: string | undefined;
  /** How many quantities of its kind were compared at once. */
  readonly family: number;
  /** About how many runs a side would decide. */
  readonly repeats: number | undefined;
};

/** Says one difference, or why there is none to be told. */
export function sentenceOf(told: Told): string {
  const { quantity, finding, ratio } = told;
  if (ratio === undefined) return `${quantity.what} cannot be compared: ${whyNot(told)}`;
  const change = `${sides(told)}, ${times(ratio)}`;
  const beside = told.bounds === undefined ? '' : `; only a bound is known of ${told.bounds}, and left out`;
  if (finding === 'equivalent') return `${quantity.what} is the same within ${percent(negligible)}: ${change}${beside}`;
  if (finding !== 'cannot-tell') return `${quantity.what} is ${finding}: ${change}${boldly(told)}${beside}`;
  return `${quantity.what}: it cannot be told whether it differs (${change})${beside}; ${cure(told)}`;
}

/** One run each tells a difference only where it is larger than runs of one set-up can plausibly lie apart. */
const boldly = (told: Told): string =>
  isSingle(told) ? `; more than the ${percent(told.quantity.scatter)} by which runs of one set-up may differ` : '';

/** "193/s → 402/s", "at least 240/s → 402/s"; of repeats the middle and their number. */
function sides({ earlier, later, quantity }: Pick<Told, 'earlier' | 'later' | 'quantity'>): string {
  return [earlier, later].map((side) => sideIn(side, quantity.say)).join(' → ');
}

function sideIn(side: readonly (Interval | undefined)[], say: Quantity['say']): string {
  const given = side.filter((value) => value !== undefined);
  const [only] = given;
  if (given.length === 1 && only) return inShort(only, say);
  const points = given.flatMap((value) => (value.kind === 'interval' ? [value.value] : []));
  const [low, high] = [Math.min(...points), Math.max(...points)];
  if (points.length < given.length || low < 0) return given.map((value) => inShort(value, say)).join(', ');
  const ends = [...new Set([say(low), say(high)])];
  return `${ends.join(' to ')} in ${given.length} runs`;
}

/** What may as well be nothing is told by the most that it can be. */
function inShort(value: Interval, say: Quantity['say']): string {
  if (value.kind === 'interval' && value.low <= 0) return `at most ${say(Math.max(0, value.high))}`;
  if (value.kind === 'interval') return say(value.value);
  return value.kind === 'at-least' ? `at least ${say(value.low)}` : `at most ${say(value.high)}`;
}

/** "× 2.08 (1.95 to 2.21)", "× 1.3 or more" */
function times(ratio: Interval): string {
  if (ratio.kind === 'at-least') return `× ${number(ratio.low)} or more`;
  if (ratio.kind === 'at-most') return `× ${number(ratio.high)} or less`;
  const isApart = ratio.low > 1 || ratio.high < 1;
  const edge = (value: number): string =>
    isApart && number(value) === '1' ? `just ${value < 1 ? 'below' : 'above'} 1` : number(value);
  return `× ${number(ratio.value)} (${edge(ratio.low)} to ${edge(ratio.high)})`;
}

function whyNot({ silent, earlier, later, quantity }: Told): string {
  const given = [...earlier, ...later].filter((value) => value !== undefined);
  if (silent.length > 0 && [earlier, later].some((side) => side.every((value) => value === undefined)))
    return `${silent.join(', ')} ${silent.length > 1 ? 'have' : 'has'} no number for it`;
  if (given.every((value) => value.kind !== 'interval'))
    return `neither side knows more than a bound, ${sides({ earlier, later, quantity })}`;
  return `what is known of one side leaves the other open, ${sides({ earlier, later, quantity })}`;
}

function cure(told: Told): string {
  const { family, ratio, repeats } = told;
  const apart = ratio?.kind === 'interval' && (ratio.low > 1 || ratio.high < 1);
  if (apart) return `${family} of its kind were compared at once, and one of them differs as much by chance`;
  if (isSingle(told)) return `one run each does not show how far runs of one set-up lie apart${decisive(told)}`;
  if (ratio?.kind !== 'interval') return 'more repeats would narrow it down';
  return repeats === undefined
    ? 'more than 100 runs each would be needed to decide'
    : `about ${repeats} runs each would decide`;
}

const isSingle = ({ earlier, later }: Told): boolean => earlier.length === 1 && later.length === 1;

/** On a quiet machine runs lie apart by a third of what they do elsewhere. */
const quietShare = 1 / 3;
/** Fewer runs do not show their own scatter. */
const fewest = 3;

/** ": 5 each would decide if that is 1 %, 41 if it is 3 %" */
function decisive({ ratio, quantity: { typical } }: Told): string {
  if (ratio?.kind !== 'interval') return '';
  const [quiet, usual] = [quietShare * typical, typical].map((spread) => {
    const runs = repeatsToDecide(Math.log(ratio.value), spread, Math.log(1 + negligible));
    return { runs: runs === undefined ? 'more than 100' : String(Math.max(fewest, runs)), spread: percent(spread) };
  });
  if (!quiet || !usual || quiet.runs === usual.runs) return `: ${usual?.runs ?? fewest} each would decide`;
  return `: ${quiet.runs} each would decide if that is ${quiet.spread}, ${usual.runs} if it is ${usual.spread}`;
}
