import { textOf } from '../model/labels.ts';
import { type Limit, type LimitVerdict, limitVerdicts } from '../model/limit.ts';
import type { Term } from '../model/term.ts';
import { type Asking, askersOf, type Counted, podsOf } from './askers.ts';
import { type Bounds, exactly, plus, sharedBy, sumOf, times } from './bounds.ts';
import { giftFrom } from './gift.ts';
import { type Asker, limitInWords } from './in-words.ts';
import { isForOthers, type Others, othersOf } from './others.ts';
import { rangeOf } from './range.ts';
import { boundsPart } from './term.ts';

/** Beyond this share of what is given it is tight: Coroot warns there for connections. */
const tightFrom = 0.9;

/**
 * The arithmetic on configured limits, which needs no load: what may be asked for, at the autoscaler's maximum and in a rollout, against what is given.
 * Every number has bounds; a limit is exceeded or fits only where all of them agree, and what is not known is named. Exceeded ones come first.
 */
export function limitsOf(counted: Counted): readonly Limit[] {
  const gifts = Map.groupBy(
    counted.terms.filter(({ kind }) => kind === 'gives'),
    giftOf,
  );
  const limits = [
    ...[...gifts.values()].flatMap(([first, ...more]) => (first ? (limitOf([first, ...more], counted) ?? []) : [])),
    ...counted.components.flatMap((component): readonly Limit[] => {
      const range = rangeOf(component, counted);
      if (!range) return [];
      const { count, given, terms, text } = range;
      const what = { component: component.name, resource: 'address range', at: {}, unit: count.unit };
      return [{ ...what, ...comparedOf(count.bounds, given), terms: [...terms], text }];
    }),
  ];
  const rank = ({ verdict }: Limit): number => limitVerdicts.indexOf(verdict);
  return limits.toSorted((a, b) => rank(a) - rank(b));
}

/** What is the same thing to ask for: of one component and part, or of one who gives to several components. */
function giftOf({ component, giver, of, at, shared }: Term): string {
  return [giver === undefined || shared ? component : '', giver ?? '', of, textOf(at)].join('\n');
}

function limitOf(gives: readonly [Term, ...Term[]], given: Counted): Limit | undefined {
  const asking = askersOf(gives, given);
  if (asking.length === 0) return undefined;
  const [first] = gives;
  const isOneEach = first.shared || isBeside(first, asking, given);
  const asked: readonly Asker[] = isOneEach ? asking.map((one) => ({ ...one, count: undefined })) : asking;
  const own = gives.filter(({ component }) => component === first.component);
  const gift = giftFrom([first, ...own.slice(1)], isOneEach);
  const reserved = first.to === 'itself' ? sumOf(asking.map(presentOf)) : undefined;
  if (reserved && isForOthers(first, given.terms, reserved, sumOf(asking.map(({ demand }) => demand.bounds))))
    return undefined;
  const others: Others = isOneEach ? { bounds: exactly(0), terms: [] } : othersOf(first, given.terms, reserved);
  const total = plus(sumOf(asked.map(askedBy)), others.bounds);
  const compared = comparedOf(total, gift.bounds);
  const counts = asked.flatMap(({ count, demand }) => [...(count?.terms ?? []), ...demand.terms]);
  return {
    component: first.component,
    resource: first.giver === undefined ? first.of : `${first.of}, ${first.giver}`,
    at: { ...first.at },
    unit: first.unit,
    ...compared,
    verdict: first.shared ? sharedVerdict(total, gift.bounds) : compared.verdict,
    terms: [...counts, ...others.terms, ...gift.terms],
    text: limitInWords({ gives: first, asked, others, total, gift }),
  };
}

/** Whether everybody who asks has a giver of its own beside it, in the same pod. */
function isBeside({ to, component }: Term, asking: readonly Asking[], { components }: Counted): boolean {
  const giver = components.find(({ name }) => name === component);
  return to === 'callers' && asking.every((one) => podsOf(one.component) === podsOf(giver));
}

const askedBy = ({ count, demand }: Asker): Bounds => times(count?.bounds ?? exactly(1), demand.bounds);

const presentOf = ({ count, demand }: Asking): Bounds =>
  times(count.present === undefined ? { low: 0, high: count.bounds.high } : exactly(count.present), demand.bounds);

/** All bounds must agree before it is said that something does or does not fit. */
function comparedOf(asked: Bounds, given: Bounds): Pick<Limit, 'asked' | 'given' | 'verdict'> {
  return { verdict: verdictOf(asked, given), asked: boundsPart(asked), given: boundsPart(given) };
}

/** What is shared is never refused: more may ask for it than there is. */
function sharedVerdict(asked: Bounds, given: Bounds): LimitVerdict {
  const enough = sharedBy(given);
  if (asked.low > enough.high) return 'tight';
  return asked.high > enough.low ? 'cannot-tell' : 'fits';
}

function verdictOf(asked: Bounds, given: Bounds): LimitVerdict {
  if (asked.low > given.high) return 'exceeded';
  if (asked.high > given.low) return 'cannot-tell';
  return asked.high > tightFrom * given.low ? 'tight' : 'fits';
}
