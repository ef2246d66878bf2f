import type { Findings, Leak, Onset, ResourceFinding, ResourceState } from '../model/finding.ts';
import type { Sheet } from '../model/sheet.ts';
import { ratio } from '../model/units.ts';
import { borrows, spentFrom } from './cost/borrows.ts';
import type { Cost } from './cost/cost.ts';
import { proofsOf } from './proofs.ts';
import type { Judged, Standing } from './roots/judged.ts';
import { type Case, fillOf, nameOf } from './seen/cases.ts';
import { bracketAt, type View } from './seen/view.ts';

/** What a finding is drawn up from besides its own judgement. */
export type Context = {
  readonly view: View;
  readonly sheet: Sheet;
  readonly costs: ReadonlyMap<Case, Cost>;
  readonly plateau: number | undefined;
  readonly sustained: readonly boolean[];
  readonly capacity: Findings['capacity'];
  readonly candidates: Findings['candidates'];
  readonly leaks: ReadonlyMap<string, Leak>;
};

/** One instance of one resource, by name. */
export const keyOf = ({ resource, at }: Case): string =>
  `${resource.component}/${resource.resource} ${JSON.stringify(Object.entries(at).toSorted())}`;

/** What is told of one instance of a resource. */
export function findingOf(judged: Judged, context: Context): ResourceFinding {
  const { one, standing } = judged;
  const state = stateOf(judged);
  const cost = context.costs.get(one);
  const reached =
    standing.kind === 'root' && context.plateau !== undefined && context.capacity?.provenance === 'reached';
  return {
    resource: one.resource,
    at: one.at,
    state,
    peak: peak(one),
    ...momentsOf(one, context),
    curve: context.sheet.windows.map((_, i) => curveAt(one, context.view, i)),
    onset: onsetOf(judged, context),
    demand: cost?.demand,
    capacity:
      reached && context.capacity
        ? { rate: context.capacity.rate, provenance: 'reached', extrapolation: 1 }
        : cost?.capacity,
    leak: context.leaks.get(keyOf(one)),
    proofs: proofsOf(one, context.view, context.sheet),
    because: standing.kind === 'symptom' ? because(standing) : undefined,
    ...(standing.kind === 'symptom' && standing.by === 'misses' ? { isFed: true } : {}),
  };
}

const because = ({ of, by }: Standing & { readonly kind: 'symptom' }): string =>
  by === undefined ? `it waits for ${nameOf(of)}` : reasons[by](nameOf(of));

const reasons = {
  misses: (cache: string) => `its work comes of the misses of ${cache}`,
  places: (nodes: string) => `more pods are wanted, and ${nodes} has no place for them`,
};

/** Not saturated is busy, starved, free or blind; saturated is what its standing says. Usage that is merely flat, at no known ceiling, is free; what was full when it was last read is busy. */
function stateOf({ one, saturation, standing }: Judged): ResourceState {
  if (standing.kind === 'held') return 'symptom';
  if (standing.kind !== 'unsaturated') return standing.kind;
  if (one.usage.every((value) => value === undefined)) return 'blind';
  if (saturation.full.some((full, i) => full && saturation.starved[i])) return 'starved';
  const last = one.usage.findLastIndex((value) => value !== undefined);
  return saturation.full[last] && fillOf(one, last) !== undefined ? 'busy' : 'free';
}

function peak(one: Case): ResourceFinding['peak'] {
  const top = one.usage.reduce<number>((best, value, i) => ((value ?? -1) > (one.usage[best] ?? -1) ? i : best), 0);
  const usage = one.usage[top];
  if (usage === undefined) return undefined;
  const fill = fillOf(one, top);
  return { usage, ceiling: one.ceiling[top], ratio: fill === undefined ? undefined : ratio(fill) };
}

/** How full it was for moments, which a mean over a long window does not show. */
function momentsOf(one: Case, { sheet, view }: Context): Pick<ResourceFinding, 'moments'> {
  const row = sheet.rows[one.rows.usage ?? -1];
  const shares = view.index.flatMap((at, position) => {
    const [reading, ceiling] = [row?.readings[at], one.ceiling[position]];
    const fullest = reading?.kind === 'value' ? reading.fullest : undefined;
    return fullest === undefined || !ceiling ? [] : [fullest / ceiling];
  });
  return shares.length === 0 ? {} : { moments: Math.max(...shares) };
}

function curveAt(one: Case, view: View, sheetIndex: number): number | undefined {
  const position = view.index.indexOf(sheetIndex);
  return position < 0 ? undefined : fillOf(one, position);
}

function onsetOf({ one, saturation }: Judged, { view, candidates, sustained }: Context): Onset | undefined {
  const at = saturation.onset === undefined || !borrows(one, sustained) ? saturation.onset : spentFrom(one);
  const here = at === undefined ? undefined : view.windows[at];
  if (at === undefined || !here) return undefined;
  const candidate = candidates.find(
    ({ component, resource }) => component === one.resource.component && resource === one.resource.resource,
  );
  return { ...bracketAt(view, at), time: here.span.from, probability: candidate?.probability ?? ratio(0) };
}

const order: readonly ResourceState[] = ['root', 'symptom', 'bystander', 'starved', 'busy', 'free', 'blind'];

/** Roots first, then what was full before others, then the fullest. */
export function byImportance(a: ResourceFinding, b: ResourceFinding): number {
  const since = ({ onset }: ResourceFinding): number => onset?.upTo ?? Number.MAX_SAFE_INTEGER;
  return (
    order.indexOf(a.state) - order.indexOf(b.state) ||
    since(a) - since(b) ||
    (b.peak?.ratio ?? 0) - (a.peak?.ratio ?? 0)
  );
}
