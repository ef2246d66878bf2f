import type { Candidate, OwnCapacity, ResourceFinding } from '../../model/finding.ts';
import { type Random, seeded } from '../../model/random.ts';
import { ratio } from '../../model/units.ts';
import { normalQuantile } from '../../stats/normal-quantile.ts';

const draws = 500;
/** An upper bound says little about where below it the end lies, and a long extrapolation little about where it is. */
const boundSpread = 0.15;

/** A capacity with a point to order by; a resource of which only "at least" is known comes in nowhere. */
type Ranked = {
  readonly component: string;
  readonly resource: string;
  readonly at: Candidate['at'];
  readonly capacity: OwnCapacity;
};

/** The resources that would limit next, lowest first, one entry a resource. */
export function ranked(findings: readonly ResourceFinding[]): readonly Ranked[] {
  const all = findings.flatMap(({ resource, at, capacity }) =>
    capacity && pointOf(capacity) !== undefined
      ? [{ component: resource.component, resource: resource.resource, at, capacity }]
      : [],
  );
  const groups = Map.groupBy(all, ({ component, resource }) => `${component}/${resource}`);
  return [...groups.values()].flatMap((group) => group.toSorted(byPoint)[0] ?? []).toSorted(byPoint);
}

const byPoint = (a: Ranked, b: Ranked): number => (pointOf(a.capacity) ?? 0) - (pointOf(b.capacity) ?? 0);

/** The number to order by: the value, the side that is known from above, or where the line would end. */
function pointOf({ rate, indicative }: OwnCapacity): number | undefined {
  if (rate.kind === 'interval') return rate.value;
  return indicative ?? (rate.kind === 'at-most' ? rate.high : undefined);
}

/**
 * Which resource would be first if load went on, by Monte Carlo over the own capacities: the share of draws in which each is lowest
 * (analysis 3.5: the least of point estimates is biased, the draws are not). The draws leave `kept` for what no exporter shows.
 */
export function expectedFirst(rankedFindings: readonly Ranked[], kept: number): readonly Candidate[] {
  const random = seeded(20_001);
  const wins = rankedFindings.map(() => 0);
  for (let i = 0; i < draws && rankedFindings.length > 0; i += 1) {
    const drawn = rankedFindings.map((each) => draw(each.capacity, random));
    const lowest = drawn.indexOf(Math.min(...drawn));
    wins[lowest] = (wins[lowest] ?? 0) + 1;
  }
  return rankedFindings
    .map(({ component, resource, at }, i) => ({
      component,
      resource,
      at,
      probability: ratio(((wins[i] ?? 0) / draws) * (1 - kept)),
    }))
    .filter((candidate) => candidate.probability > 0.01)
    .toSorted((a, b) => b.probability - a.probability);
}

function draw({ rate, indicative }: OwnCapacity, random: Random): number {
  const z = normalQuantile(Math.min(0.999, Math.max(0.001, random())));
  if (rate.kind === 'interval') return rate.value + (z * (rate.high - rate.low)) / (2 * 1.96);
  if (rate.kind === 'at-most' && indicative !== undefined) return indicative + (z * (rate.high - indicative)) / 1.96;
  if (rate.kind === 'at-most') return rate.high * (1 - boundSpread * Math.abs(z));
  return indicative === undefined ? Number.POSITIVE_INFINITY : Math.max(rate.low, indicative * (1 + boundSpread * z));
}
