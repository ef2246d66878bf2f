import { duration, rate, users } from '../model/in-words.ts';
import type { Search } from '../model/plan.ts';
import type { SearchEnding, SearchOutcome } from '../model/search-outcome.ts';
import type { Trial } from '../model/trial.ts';
import { bracketOf, goingOf } from './search.ts';
import { levelOf, standingsOf } from './standings.ts';

/** What a search came to: between which levels that were tried the limit lies, and why it ended there. */
export function searchFound(search: Search, history: readonly Trial[]): SearchOutcome {
  const going = goingOf(search, history);
  const { pass, fail, open } = bracketOf(search, history);
  const isHeld = pass !== undefined && standingsOf(search, history).get(pass) === 'held';
  const hold = history.findLast(({ step }) => levelOf(step) === pass)?.step.measure;
  const known: Omit<SearchOutcome, 'sentence'> = {
    ended: going.kind === 'over' ? going.why : 'cut-short',
    unit: search.crowd === undefined ? 'requests/s' : 'users',
    met: pass ?? null,
    held: isHeld && hold !== undefined ? hold : null,
    missed: fail ?? null,
    open: [...open],
  };
  return { ...known, sentence: inWords(known, search.to) };
}

/** How it ended; `top` is the highest level that it was allowed. */
const endings: Readonly<Record<SearchEnding, (top: string) => string>> = {
  found: () => '',
  'no-limit': (top) => `no limit was found up to ${top}: `,
  'nothing-passes': () => 'no load was found that surely meets the objectives: ',
  limited: () => 'the search ended because the load generator was at its limit: ',
  capped: () => 'the search ended because limits.in_flight or limits.rate held requests back: ',
  'cut-short': () => 'the search was stopped before it ended: ',
  budget: () => 'the search ended because the limits allow no more steps: ',
};

function inWords({ ended, unit, met, held, missed, open }: Omit<SearchOutcome, 'sentence'>, to: number): string {
  const say = unit === 'users' ? users : rate;
  const said = held === null ? '' : ` (held for ${duration(held)})`;
  const passed =
    met === null ? 'none that was tried surely meets the objectives' : `${say(met)} meets the objectives${said}`;
  const failed = missed === null ? 'none that was tried surely misses them' : `${say(missed)} misses them`;
  const [low = 0, high = low] = [open[0], open.at(-1)];
  const tried = open.length === 1 ? `at ${say(low)}` : `from ${say(low)} to ${say(high)}`;
  const between = open.length === 0 ? '' : `; ${tried} it cannot be told from chance in the time that was measured`;
  return `${endings[ended](say(to))}${passed}, and ${failed}${between}`;
}
