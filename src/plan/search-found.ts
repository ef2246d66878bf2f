import { duration, rate, users } from '../model/in-words.ts';
import type { Search } from '../model/plan.ts';
import type { Trial } from '../model/trial.ts';
import { type Bracket, bracketOf, goingOf } from './search.ts';
import { levelOf, standingsOf } from './standings.ts';

type Why = Extract<ReturnType<typeof goingOf>, { kind: 'over' }>['why'];

/** What a search came to, in one sentence: between which levels that were tried the limit lies, and why it ended there. */
export function searchFound(search: Search, history: readonly Trial[]): string {
  const going = goingOf(search, history);
  const bracket = bracketOf(search, history);
  const say = search.crowd === undefined ? rate : users;
  const held = bracket.pass !== undefined && standingsOf(search, history).get(bracket.pass) === 'held';
  const holds = history.findLast(({ step }) => levelOf(step) === bracket.pass)?.step.measure;
  const said = held && holds !== undefined ? ` (held for ${duration(holds)})` : '';
  return `${endings[going.kind === 'over' ? going.why : 'cut-short'](say(search.to))}${knownOf(bracket, say, said)}`;
}

/** How it ended; `top` is the highest level that it was allowed. */
const endings: Readonly<Record<Why, (top: string) => string>> = {
  found: () => 'the search found that ',
  'no-limit': (top) => `the search found no limit up to ${top}: `,
  'nothing-passes': () => 'the search found no load that surely meets the objectives: ',
  limited: () => 'the search ended because the load generator was at its limit: ',
  capped: () => 'the search ended because limits.in_flight or limits.rate held requests back: ',
  'cut-short': () => 'the search was stopped before it ended: ',
  budget: () => 'the search ended because the limits allow no more steps: ',
};

function knownOf({ pass, fail, open }: Bracket, say: (level: number) => string, held: string): string {
  const met =
    pass === undefined ? 'none that was tried surely meets the objectives' : `${say(pass)} meets the objectives${held}`;
  const missed = fail === undefined ? 'none that was tried surely misses them' : `${say(fail)} misses them`;
  const [low = 0, high = low] = [open[0], open.at(-1)];
  const tried = open.length === 1 ? `at ${say(low)}` : `from ${say(low)} to ${say(high)}`;
  const between = open.length === 0 ? '' : `; ${tried} it cannot be told from chance in the time that was measured`;
  return `${met}, and ${missed}${between}`;
}
