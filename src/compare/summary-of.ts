import type { ComparedPair, Difference } from '../model/comparison.ts';
import type { Capacity } from '../model/finding.ts';
import type { Pair } from './set-ups.ts';

/** One pair of set-ups with everything that was compared of it, and what it comes to. */
export type Compared = {
  readonly pair: Pair;
  readonly found: readonly Difference[];
  readonly answer: ComparedPair['answer'];
};

const mostSentences = 3;
/** What has a clause of its own. */
const headline = ['first resource', 'capacity'];

/** One sentence a pair, three at most; what further pairs come to is counted. */
export function summaryOf(compared: readonly Compared[]): string {
  if (compared.length === 0) return 'One run alone cannot be compared.';
  if (compared.length <= mostSentences) return compared.map(sentenceOn).join(' ');
  const told = compared.slice(0, mostSentences - 1);
  const left = compared.length - told.length;
  return [...told.map(sentenceOn), `The ${left} set-ups after them are compared below.`].join(' ');
}

const verdicts = {
  different: 'differ',
  equivalent: 'are equivalent',
  'cannot-tell': 'cannot be told apart',
} as const satisfies Record<ComparedPair['answer'], string>;

/** "Run 1 → run 2 differ: api / cpu saturates first, before it was …; capacity is higher: …; higher too: peak goodput." */
export function sentenceOn({ pair, found, answer }: Compared): string {
  const { earlier, later, called } = pair;
  const clauses = [
    ...mismatch(pair),
    ...found
      .filter(({ what }) => headline.includes(what))
      .toSorted((a, b) => Number(isOpen(a)) - Number(isOpen(b)))
      .map(shortly),
    ...['higher', 'lower'].flatMap((way) => others(found, way)),
    ...(answer === 'cannot-tell' ? cures(found) : []),
  ];
  const title = `${called(earlier)} → ${called(later)}`;
  const word = answer === 'cannot-tell' && found.some(isReal) ? 'may differ' : verdicts[answer];
  return `${title.charAt(0).toUpperCase()}${title.slice(1)} ${word}: ${clauses.join('; ')}.`;
}

const isOpen = ({ finding }: Difference): boolean => finding === 'cannot-tell';

const isReal = ({ finding }: Difference): boolean => finding === 'higher' || finding === 'lower';

/** What makes the whole open: that one of so many numbers looks different by chance, else what would decide about the capacity or the goodput. */
function cures(found: readonly Difference[]): readonly string[] {
  const numbers = found.filter(({ ratio }) => ratio !== null).length;
  if (found.some(isReal)) return [`of ${numbers} numbers compared at once one may look so by chance`];
  const open = found.filter(({ finding, ratio }) => finding === 'cannot-tell' && ratio !== null);
  const decisive = ['capacity', 'peak goodput'].map((what) => open.find((one) => one.what === what)).find(Boolean);
  const cure = decisive?.sentence.match(/; (?<cure>[^;]*)$/u)?.groups?.cure;
  return cure === undefined ? [] : [cure];
}

/** Without what stands behind a semicolon with the difference: its cure, or what it was held against. */
function shortly({ finding, ratio, sentence }: Difference): string {
  return finding === 'equivalent' || ratio === null ? sentence : sentence.replace(/; .*$/u, '');
}

/** "lower too: p99 at 475/s, demand of db / cpu" */
function others(found: readonly Difference[], way: string): readonly string[] {
  const alike = found.filter(({ what, finding }) => finding === way && !headline.includes(what));
  const isToo = found.some(({ what, finding }) => finding === way && headline.includes(what));
  return alike.length === 0 ? [] : [`${way}${isToo ? ' too' : ''}: ${alike.map(({ what }) => what).join(', ')}`];
}

const setBy = {
  objective: 'by an objective',
  physical: 'physically',
  backlog: 'by what piles up',
} as const satisfies Record<Capacity['binds'], string>;

/** What makes the two sides hard to compare, said first. */
function mismatch({ earlier, later }: Pair): readonly string[] {
  const both = [...earlier, ...later];
  const targets = [...new Set(both.map(({ run }) => run.target))];
  const told = new Set(both.flatMap(({ capacity }) => (capacity ? [capacity.binds] : [])));
  const binds = (['objective', 'physical', 'backlog'] as const).filter((one) => told.has(one));
  return [
    ...(targets.length > 1 ? [`the targets differ (${targets.join(', ')})`] : []),
    ...(binds.length > 1 ? [`one capacity is set ${binds.map((one) => setBy[one]).join(', the other ')}`] : []),
  ];
}
