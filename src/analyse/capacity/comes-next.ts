import type { Candidate, Findings, OwnCapacity, ResourceFinding } from '../../model/finding.ts';
import type { Resource } from '../../model/resource.ts';
import type { Cost } from '../cost/cost.ts';
import type { Judged } from '../roots/judged.ts';
import { type Case, isSame } from '../seen/cases.ts';
import { isCount } from '../seen/may-grow.ts';
import { reach } from '../seen/reach.ts';
import { ranked } from './expected.ts';

/** What is less likely than this is not among those that are lifted. */
const worthLifting = 0.1;

type Given = {
  readonly judged: readonly Judged[];
  readonly costs: ReadonlyMap<Case, Cost>;
  readonly candidates: readonly Candidate[];
};

/** What would end so many times farther than what is known to be carried, by its line alone, is no next: even the farthest that is claimed, taken from there as far again, does not reach it. */
const outOfSight = reach.farthest ** 2;

/**
 * What would limit once what is first is lifted, lowest first. What is full as well, and not first, ends where its own line does; what is lifted along with the first is not asked: instances with
 * their number or with the nodes that they find no place on, and what waits for misses with the cache.
 *
 * @param ends every resource with where it ends, by the name that it is told by
 */
export function comesNext(ends: readonly ResourceFinding[], given: Given): Findings['next'] {
  const roots = given.judged.filter(({ standing }) => standing.kind === 'root').map(({ one }) => one);
  const likely = roots.filter(({ resource }) => given.candidates.some((one) => isLikely(one, resource)));
  const lifted = likely.length > 0 ? likely : roots;
  const left = ends.filter(
    ({ state, resource, at }) => state !== 'bystander' && !lifted.some((one) => liftsToo(one, { resource, at }, given)),
  );
  return ranked(left.map((each) => ({ ...each, capacity: ownOf(each, given) }))).filter(({ capacity }) =>
    isInSight(capacity),
  );
}

const isInSight = ({ rate, indicative = 0 }: OwnCapacity): boolean =>
  rate.kind !== 'at-least' || indicative <= outOfSight * rate.low;

const isLikely = ({ component, resource, probability }: Candidate, of: Resource): boolean =>
  probability >= worthLifting && of.component === component && of.resource === resource;

type Placed = Pick<Case, 'resource' | 'at'>;

function liftsToo(lifted: Case, other: Placed, { judged }: Given): boolean {
  if (isSame(lifted.resource, other.resource)) return true;
  if (lifted.resource.component === other.resource.component && isCounted(lifted) !== isCounted(other))
    return isCounted(lifted) ? isInstance(other) : isInstance(lifted);
  const found = judged.find(({ one }) => one.resource === other.resource && one.at === other.at);
  return found !== undefined && (isMadeBy(lifted, found, judged) || findsPlaceIn(lifted, found, judged));
}

const isCounted = (one: Placed): boolean => isCount({ resource: one.resource });

const isInstance = ({ at }: Placed): boolean => Object.keys(at).length > 0;

/** It is full of what the lifted leaves to it, or waits for something that is. */
function isMadeBy(lifted: Case, { standing }: Judged, judged: readonly Judged[]): boolean {
  if (standing.kind !== 'symptom') return false;
  if (standing.by !== undefined) return isSame(standing.of.resource, lifted.resource);
  const cause = judged.find(({ one }) => one === standing.of);
  return cause?.standing.kind === 'symptom' && cause.standing.by !== undefined && isMadeBy(lifted, cause, judged);
}

/** More nodes have a place for more instances, with all that each of them has, and for their number. */
const findsPlaceIn = (lifted: Case, { one }: Judged, judged: readonly Judged[]): boolean =>
  (isInstance(one) || isCounted(one)) &&
  judged.some(
    ({ one: other, standing }) =>
      other.resource.component === one.resource.component &&
      standing.kind === 'symptom' &&
      standing.by === 'places' &&
      isSame(standing.of.resource, lifted.resource),
  );

/** What the target carried is what all that are full carry together. */
function ownOf({ resource, at, state, capacity }: ResourceFinding, { judged, costs }: Given): OwnCapacity | undefined {
  if (state !== 'root') return capacity;
  const found = judged.find(({ one }) => one.resource === resource && one.at === at);
  return found && costs.get(found.one)?.capacity;
}
