import type { Difference } from '../model/comparison.ts';
import type { Report } from '../model/report.ts';
import type { Pair, SetUp } from './set-ups.ts';

/** What a set-up names as saturated first: one resource in all its runs, or why there is none. */
type First = { readonly kind: 'named'; readonly name: string } | { readonly kind: 'open'; readonly because: string };

/** Whether another resource saturates first. It is no number: the finding is `changed`, `equivalent` or `cannot-tell`. */
export function firstResource({ earlier, later }: Pair): Difference {
  const runs = [...earlier, ...later];
  const [before, after] = [firstOf(earlier), firstOf(later)];
  return {
    what: 'first resource',
    unit: '',
    runs: runs.map(({ run }) => run.id),
    values: runs.map(() => null),
    ratio: null,
    ...told(before, after),
  };
}

function told(before: First, after: First): Pick<Difference, 'finding' | 'sentence'> {
  const open = [before, after].flatMap((side) => (side.kind === 'open' ? [side.because] : []));
  if (before.kind === 'open' || after.kind === 'open')
    return {
      finding: 'cannot-tell',
      sentence: `which resource saturates first cannot be compared: ${open.join('; ')}`,
    };
  if (before.name === after.name)
    return { finding: 'equivalent', sentence: `${after.name} saturates first, as before` };
  return { finding: 'changed', sentence: `${after.name} saturates first, before it was ${before.name}` };
}

function firstOf(setUp: SetUp): First {
  const names = new Set(setUp.map(nameIn));
  const [name, ...others] = names;
  const ids = setUp.map(({ run }) => run.id).join(', ');
  if (others.length > 0)
    return {
      kind: 'open',
      because: `the repeats ${ids} disagree (${[...names].map((each) => each ?? 'none').join(', ')})`,
    };
  if (name === undefined)
    return { kind: 'open', because: `${ids} ${setUp.length > 1 ? 'name' : 'names'} none (${setUp[0]?.verdict.kind})` };
  return { kind: 'named', name };
}

function nameIn({ verdict }: Report): string | undefined {
  return verdict.first ? `${verdict.first.component} / ${verdict.first.resource}` : undefined;
}
