import type { Difference } from '../model/comparison.ts';
import { rate, resourceName } from '../model/in-words.ts';
import type { Report } from '../model/report.ts';
import type { Pair, SetUp } from './set-ups.ts';

/** What a set-up names as saturated first: one resource in all its runs; nothing up to a load; or why that is open. */
type First =
  | { readonly kind: 'named'; readonly name: string; readonly from: number }
  | { readonly kind: 'none'; readonly upTo: number; readonly because: string }
  | { readonly kind: 'open'; readonly because: string };

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
    ...told(firstOf(earlier, called), firstOf(later, called)),
  };
}

function told(before: First, after: First): Told {
  if (before.kind === 'named' && after.kind === 'named') return named(before.name, after.name);
  if (before.kind === 'named' && after.kind === 'none' && after.upTo >= before.from)
    return changed(`nothing saturates up to ${rate(after.upTo)}, before it was ${before.name}`);
  if (before.kind === 'none' && after.kind === 'named' && before.upTo >= after.from)
    return changed(`${after.name} saturates first, before nothing did up to ${rate(before.upTo)}`);
  const open = [before, after].flatMap((side) => (side.kind === 'named' ? [] : [side.because]));
  return {
    finding: 'cannot-tell',
    sentence: `which resource saturates first cannot be compared: ${open.join('; ')}`,
  };
}

const changed = (sentence: string): Told => ({ finding: 'changed', sentence });

function named(before: string, after: string): Told {
  if (before === after) return { finding: 'equivalent', sentence: `${after} saturates first, as before` };
  return changed(`${after} saturates first, before it was ${before}`);
}

function firstOf(setUp: SetUp, called: Pair['called']): First {
  const names = new Set(setUp.map(nameIn));
  const [name, ...others] = names;
  const runs = called(setUp);
  if (others.length > 0) {
    const several = [...names].map((each) => each ?? 'none').join(', ');
    return { kind: 'open', because: `${runs} disagree (${several})` };
  }
  if (name !== undefined) return { kind: 'named', name, from: Math.max(...setUp.map(onsetIn)) };
  const because = `${runs} ${setUp.length > 1 ? 'name' : 'names'} none (${setUp[0]?.verdict.kind})`;
  const upTo = Math.min(...setUp.map(reachedIn));
  return upTo > 0 ? { kind: 'none', upTo, because } : { kind: 'open', because };
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
function reachedIn({ verdict, capacity, load }: Report): number {
  if (verdict.kind !== 'not-reached') return 0;
  const carried = load.steps.filter(({ aside }) => aside === null).map(({ goodput }) => goodput);
  return Math.max(0, ...carried, capacity?.rate.kind === 'at-least' ? capacity.rate.low : 0);
}
