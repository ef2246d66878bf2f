import type { Difference } from '../model/comparison.ts';
import { rate, resourceName } from '../model/in-words.ts';
import type { Report } from '../model/report.ts';
import { answering } from './answering.ts';
import type { Pair, SetUp } from './set-ups.ts';

/** What a set-up names as saturated first: one resource in all its runs; nothing up to a load; or why that is open. */
type First =
  | { readonly kind: 'named'; readonly name: string; readonly from: number; readonly aside: Aside }
  | { readonly kind: 'none'; readonly upTo: number; readonly because: string; readonly aside: Aside }
  | { readonly kind: 'open'; readonly because: string };

/** The repeats that take no part: those without an answer, and those that cannot tell the one that is named from others. */
type Aside = { readonly silent: readonly Report[]; readonly tied: readonly Report[] };

type Told = Pick<Difference, 'finding' | 'sentence'>;

/** Whether another resource saturates first. It is no number: the finding is `changed`, `equivalent` or `cannot-tell`. */
export function firstResource({ earlier, later, called }: Pair): Difference {
  const runs = [...earlier, ...later];
  return {
    what: 'first resource',
    unit: '',
    runs: runs.map(({ run }) => run.id),
    values: runs.map(() => null),
    ratio: null,
    effect: null,
    repeats: null,
    ...told(firstOf(earlier, called), firstOf(later, called), called),
  };
}

function told(before: First, after: First, called: Pair['called']): Told {
  const found = between(before, after);
  if (found !== undefined) {
    const asides = [before, after].flatMap((side) => (side.kind === 'open' ? [] : [side.aside]));
    return { ...found, sentence: [found.sentence, ...leftOut(asides, called)].join('; ') };
  }
  const open = [before, after].flatMap((side) => (side.kind === 'named' ? [] : [side.because]));
  return {
    finding: 'cannot-tell',
    sentence: `which resource saturates first cannot be compared: ${open.join('; ')}`,
  };
}

function between(before: First, after: First): Told | undefined {
  if (before.kind === 'named' && after.kind === 'named') return named(before.name, after.name);
  if (before.kind === 'named' && after.kind === 'none' && after.upTo >= before.from)
    return changed(`nothing saturates up to ${rate(after.upTo)}, before it was ${before.name}`);
  if (before.kind === 'none' && after.kind === 'named' && before.upTo >= after.from)
    return changed(`${after.name} saturates first, before nothing did up to ${rate(before.upTo)}`);
  return undefined;
}

const changed = (sentence: string): Told => ({ finding: 'changed', sentence });

function named(before: string, after: string): Told {
  if (before === after) return { finding: 'equivalent', sentence: `${after} saturates first, as before` };
  return changed(`${after} saturates first, before it was ${before}`);
}

/** A run without an answer disagrees with none of its repeats, nor does a tie in which the one that they name stands: it is left out, and that is said. */
function firstOf(setUp: SetUp, called: Pair['called']): First {
  const telling = answering(setUp);
  const names = new Set(telling.flatMap((report) => nameIn(report) ?? []));
  const [name, ...others] = names;
  const silent = telling.filter((report) => nameIn(report) === undefined && !mayBe(report, name));
  const runs = called(telling);
  if (others.length > 0 || (name !== undefined && silent.length > 0)) {
    const several = [...new Set(telling.map(nameIn))].map((each) => each ?? 'none').join(', ');
    return { kind: 'open', because: `${runs} disagree (${several})` };
  }
  const aside = asideOf(setUp, name);
  if (name !== undefined) {
    const onsets = telling.filter((report) => nameIn(report) === name).map(onsetIn);
    return { kind: 'named', name, from: Math.max(...onsets), aside };
  }
  const because = `${runs} ${telling.length > 1 ? 'name' : 'names'} none (${telling[0]?.verdict.kind})`;
  const upTo = Math.min(...telling.map(reachedIn));
  return upTo > 0 ? { kind: 'none', upTo, because, aside } : { kind: 'open', because };
}

/** Whether a run cannot tell of several which was first, and this one is among them. */
const mayBe = ({ verdict }: Report, name: string | undefined): boolean =>
  verdict.kind === 'near-tie' && verdict.set.some((one) => resourceName(one) === name);

function asideOf(setUp: SetUp, name: string | undefined): Aside {
  const telling = answering(setUp);
  return {
    silent: setUp.filter((report) => !telling.includes(report)),
    tied: telling.filter((report) => nameIn(report) === undefined && mayBe(report, name)),
  };
}

/** "run 1 has no answer (generator-limited)" */
function leftOut(asides: readonly Aside[], called: Pair['called']): readonly string[] {
  const kinds = Map.groupBy(
    asides.flatMap(({ silent }) => silent),
    ({ verdict }) => verdict.kind,
  );
  const tied = asides.flatMap((aside) => aside.tied);
  return [
    ...[...kinds].map(([kind, runs]) => `${called(runs)} ${runs.length > 1 ? 'have' : 'has'} no answer (${kind})`),
    ...(tied.length > 0 ? [`in ${called(tied)} it cannot be told from others`] : []),
  ];
}

function nameIn({ verdict }: Report): string | undefined {
  return verdict.first ? resourceName(verdict.first) : undefined;
}

/** The load by which the first resource was saturated; without an onset none is high enough to say that it no longer is. */
function onsetIn({ verdict: { first }, resources }: Report): number {
  const its = resources.filter((one) => one.component === first?.component && one.resource === first.resource);
  const onsets = its.flatMap(({ onset }) => (onset ? [onset.load.upTo] : []));
  return onsets.length === 0 ? Number.POSITIVE_INFINITY : Math.min(...onsets);
}

/** Up to which rate a run carried load with nothing saturated: what it carried, however far a line goes on from there; 0 where it says no such thing. */
function reachedIn({ verdict, capacity, load, resources }: Report): number {
  if (verdict.kind !== 'not-reached' || resources.some(({ state }) => state === 'root')) return 0;
  const carried = load.steps.filter(({ aside }) => aside === null).map(({ goodput }) => goodput);
  return Math.max(0, ...carried, capacity?.rate.kind === 'at-least' ? capacity.rate.low : 0);
}
