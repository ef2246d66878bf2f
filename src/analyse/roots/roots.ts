import type { Component } from '../../model/component.ts';
import { atCeiling } from '../../model/full.ts';
import { sum } from '../../stats/sum.ts';
import { type HoldGrowth, holdGrowth, withWhatIsBelow } from '../holds/hold-time.ts';
import { keptBehindPool } from '../holds/kept-behind-pool.ts';
import { isKeptByItself } from '../holds/kept-by-itself.ts';
import { seenBelow } from '../holds/residence.ts';
import { fullOfCollecting } from '../saturation/full-of-collecting.ts';
import { type Saturation, saturationOf } from '../saturation/saturation.ts';
import { type Case, isSame, known, nameOf, sumAt, type Track } from '../seen/cases.ts';
import { filledByStrangers } from '../seen/strangers.ts';
import type { View } from '../seen/view.ts';
import { byElimination, keptByLeaf } from './by-elimination.ts';
import { withCaches } from './caches.ts';
import { shareInDoubt, shareUnused } from './doubts.ts';
import { withTurns } from './in-turns.ts';
import type { Graph, Judged, Standing } from './judged.ts';
import type { LeftOver } from './left-over.ts';
import { withPlaces } from './no-place.ts';
import { besideHeld, besideRoot, withWhatIsUnder } from './under-holds.ts';

/** A resource that rises by less than this share of its ceiling while load rises does not move with this load. */
const moves = 0.1;
/** Where this share of what a hold keeps longer waits at one leaf below, that is why. */
const much = 0.5;
/** All of it then, and told of those that wait there, not of how long. */
const atLeaf = { share: 1, factor: Number.POSITIVE_INFINITY, error: 0 };
/** Even odds: below that a hold is rather kept by something below than its own limit. */
const even = 0.5;

/** Few looks at two gauges leave so much open of which has more in use. */
const nearlyAsMany = 0.9;

/** A pool whose units are missing although nothing that is seen keeps them: what nobody declared may. */
const byItself = 0.7;
/** A hold of which nobody tells how many units are in use while it is full, and so not how long each is held: more likely its own limit than not, and no more. */
const untold = 0.75;

type Filled = { readonly one: Case; readonly saturation: Saturation; readonly onset: number };

/** Everything that a standing is judged from. */
type Scene = Graph & {
  readonly view: View;
  /** What this load saturates. */
  readonly saturated: readonly Filled[];
};

/**
 * Tells roots from symptoms: a saturated resource is a root when nothing saturated lies below it on which it waits;
 * a root that is a hold must also keep its hold time, else something below holds it that nothing shows.
 */
export function judgeCases(cases: readonly Case[], view: View, graph: Graph): readonly Judged[] {
  const all = saturations(cases, view, graph);
  const filled = all.flatMap(({ one, saturation }): readonly Filled[] =>
    saturation.onset === undefined ? [] : [{ one, saturation, onset: saturation.onset }],
  );
  const saturated = filled.filter((each) => isByThisLoad(each, view, { ...graph, cases: graph.around }));
  const scene: Scene = { ...graph, view, saturated };
  const judged = all.map(({ one, saturation }): Judged => {
    const each = filled.find((other) => other.one === one);
    if (!each) return { one, saturation, standing: { kind: 'unsaturated' } };
    if (!saturated.includes(each)) return { one, saturation, standing: { kind: 'bystander' } };
    return { one, saturation, standing: doubted(standingOf(each, scene), each, scene) };
  });
  const found = judged.some((each) => isRootInTime(each, graph.plateau))
    ? withWhatIsUnder(judged, besideRoot, scene)
    : ifNone(withWhatIsLeft(judged, scene), (none) => withWhatIsUnder(none, besideHeld, scene));
  return withPlaces(withCaches(withTurns(found, scene), scene), scene);
}

/** What saturates only at a higher load than that at which goodput stopped following leaves open what stopped it. */
const isRootInTime = ({ standing, saturation: { onset = 0, since = onset } }: Judged, plateau = since): boolean =>
  standing.kind === 'root' && since <= plateau;

/** Where nothing that is left is a root either. */
const ifNone = (
  judged: readonly Judged[],
  then: (judged: readonly Judged[]) => readonly Judged[],
): readonly Judged[] => (judged.some(({ standing }) => standing.kind === 'root') ? judged : then(judged));

/** Holds first: what lies below those that are full is judged as what they let through. */
function saturations(
  cases: readonly Case[],
  view: View,
  { waitsFor, leaks, restarted = () => false }: Graph,
): readonly { readonly one: Case; readonly saturation: Saturation }[] {
  const groups = Map.groupBy(cases, nameOf);
  const judge = (one: Case, under: readonly Case[]): Saturation =>
    saturationOf(one, view, {
      alike: groups.get(nameOf(one)) ?? [one],
      under,
      leaks: leaks(one),
      restarted: restarted(one),
    });
  const holds = new Map(cases.filter(isHold).map((one) => [one, judge(one, [])]));
  const full = [...holds].filter(([, { onset }]) => onset !== undefined).map(([one]) => one);
  return cases.map((one) => ({
    one,
    saturation:
      holds.get(one) ??
      judge(
        one,
        full.filter((hold) => waitsFor(hold.resource, one.resource)),
      ),
  }));
}

const isHold = ({ resource }: Case): boolean => resource.layer === 'hold';

/** Where nothing is a root: what must be, because nothing else is left, and what waits for it. */
function withWhatIsLeft(judged: readonly Judged[], scene: Scene): readonly Judged[] {
  const held = judged.flatMap(({ one, saturation: { onset }, standing }) =>
    onset !== undefined && (standing.kind === 'held' || standing.kind === 'symptom') ? [{ one, onset }] : [],
  );
  const free = judged.flatMap(({ one, standing }) => (standing.kind === 'unsaturated' ? [one] : []));
  const left = byElimination(free, { ...scene, held });
  return judged.map((each): Judged => {
    const found = left.find(({ one }) => one === each.one);
    if (found) return eliminated(each, { ...found, own: found.own * shareInDoubt(found, scene) });
    const cause = left.find(({ one }) => scene.waitsFor(each.one.resource, one.resource));
    return cause && each.saturation.onset !== undefined
      ? { ...each, standing: { kind: 'symptom', of: cause.one } }
      : each;
  });
}

const eliminated = ({ one, saturation }: Judged, { onset, own, by }: LeftOver): Judged => ({
  one,
  saturation: { ...saturation, saturated: saturation.saturated.map((_, i) => i >= onset), onset },
  standing: { kind: 'root', own, by: by ?? 'elimination' },
});

function isByThisLoad(
  { one, onset }: Filled,
  view: View,
  given: { readonly cases: readonly Case[]; readonly components: readonly Component[] },
): boolean {
  return movesWithLoad(one, view) && filledByStrangers(one, onset, view, given) !== true;
}

/** What was not read at low load is held against the lowest at which it was; what was never read, and refuses at its limit, by where it does. A hold that is full at any load moves with it where ever more wait: as many as it has units. */
function movesWithLoad(one: Case, view: View): boolean {
  const all = view.windows.map((_, i) => i);
  if (one.refusedAtLimit && known(one.usage, all).length === 0)
    return sum(known(one.refusals, view.low)) === 0 && known(one.refusals, all).some((refused) => refused > 0);
  const top = Math.max(0, ...known(one.usage, all));
  const low = atLow(one.usage, view);
  const ceiling = Math.max(0, ...atLow(one.ceiling, view)) || top;
  const waiting = isHold(one) && (one.queueReads ?? '$number').startsWith('$number') ? one.queue : undefined;
  const risen = Math.max(0, ...known(waiting, all)) - Math.min(Number.POSITIVE_INFINITY, ...known(waiting, view.low));
  // What refuses when it is full, and was not at the lowest load, came to be full with it, however near it was: connections stay open when they are not used.
  const filled = one.resource.hard && Math.min(...low) < atCeiling * ceiling && top >= atCeiling * ceiling;
  return low.length > 0 && (top - Math.min(...low) >= moves * ceiling || risen >= ceiling || filled);
}

function atLow(track: Track, view: View): readonly number[] {
  const low = known(track, view.low);
  return low.length > 0
    ? low
    : known(
        track,
        view.windows.map((_, i) => i),
      ).slice(0, 1);
}

/** What nothing explains may still be in doubt; what is not given back fills when it does. */
function doubted(standing: Standing, each: Filled, scene: Scene): Standing {
  if (standing.kind !== 'root' || scene.leaks(each.one)) return standing;
  const shares = [shareInDoubt(each, scene), shareUnused(each, scene), shareKeptThere(each, scene)];
  return { ...standing, own: shares.reduce((own, share) => own * share, standing.own) };
}

/** The share that is left to what full threads wait for behind their own pool, where most of what these are kept longer by is kept nowhere that is seen. */
function shareKeptThere({ one }: Filled, scene: Scene): number {
  const above = scene.saturated.filter((each) => scene.waitsFor(each.one.resource, one.resource));
  const shares = above.flatMap((each) => keptBehindPool(each.one, one, scene) ?? []);
  const least = Math.min(1, ...shares);
  return least < much ? least : 1;
}

function standingOf(each: Filled, scene: Scene): Standing {
  const { one, onset } = each;
  const { waitsFor, leaks, saturated, view } = scene;
  const below = saturated.filter((other) => other.one !== one && liesBelow(each, other, scene));
  const causes = below.filter((other) => other.onset <= onset || isHeldBy(each, other, scene));
  const isAbove = (cause: Filled, third: Filled): boolean =>
    waitsFor(cause.one.resource, third.one.resource) || fullOfCollecting(cause, third, scene);
  const deepest = causes.find((cause) => !causes.some((third) => isAbove(cause, third)));
  if (deepest) return { kind: 'symptom', of: deepest.one };
  if (leaks(one)) return { kind: 'root', own: 1 };
  const growth = growthOf(each, { before: Math.min(view.windows.length, ...below.map((other) => other.onset)) }, scene);
  if (growth === undefined) return { kind: 'root', own: one.resource.layer === 'hold' && isUnread(each) ? untold : 1 };
  if (growth.own >= even) return { kind: 'root', own: growth.own };
  return isKeptByItself(one, scene) ? { kind: 'root', own: byItself } : { kind: 'held', growth: growth.factor };
}

/** Whether nobody tells how many units were in use while it was full. */
const isUnread = ({ one, onset }: Filled): boolean => one.usage.every((used, i) => i < onset || used === undefined);

/** Declared, or, without a declared graph, of two holds the one that is held longer waits for the one that is not. */
function liesBelow(above: Filled, below: Filled, scene: Scene): boolean {
  const [upper, lower] = [above.one.resource, below.one.resource];
  if (scene.waitsFor(upper, lower) || fullOfCollecting(above, below, scene)) return true;
  if (!scene.undeclared || upper.component === lower.component || lower.layer !== 'hold') return false;
  const windows = { from: Math.min(...scene.saturated.map(({ onset }) => onset)) };
  const [up, down] = [growthOf(above, windows, scene), growthOf(below, windows, scene)];
  return up !== undefined && down !== undefined && up.own < even && down.own >= even && mayContain(above, below, scene);
}

/** What waits for another hold keeps its own units meanwhile: it cannot have fewer in use than the other. */
function mayContain(above: Filled, below: Filled, { around, view }: Scene): boolean {
  const inUse = ({ one }: Filled): readonly (number | undefined)[] => {
    const alike = around.filter(({ resource }) => isSame(resource, one.resource));
    return view.windows.map((_, i) => sumAt(alike, 'usage', i));
  };
  const [upper, lower] = [inUse(above), inUse(below)];
  const both = view.windows.flatMap((_, i) => {
    const [up, down] = [upper[i], lower[i]];
    return up === undefined || down === undefined ? [] : [{ up, down }];
  });
  return sum(both.map(({ up }) => up)) >= nearlyAsMany * sum(both.map(({ down }) => down));
}

/** What fills only at a higher load is a cause where work was already held longer here; where it was not, it is what comes next. */
function isHeldBy(each: Filled, other: Filled, scene: Scene): boolean {
  const growth = growthOf(each, { before: other.onset }, scene);
  return growth === undefined || growth.own < even;
}

/** How much longer work is held from the onset on, up to a window; leaves and threads are not held. */
function growthOf(
  { one, onset }: Filled,
  { from = onset, before }: { readonly from?: number; readonly before?: number },
  scene: Scene,
): HoldGrowth | undefined {
  if (one.resource.layer !== 'hold') return undefined;
  const { view, around: cases, components } = scene;
  const alike = cases.filter(({ resource }) => isSame(resource, one.resource));
  const windows = { from, before: before ?? view.windows.length };
  const growth = holdGrowth(one, view, { ...windows, alike, waits: scene.waits(one) });
  const waits = keptByLeaf(one, scene) ?? 0;
  const below = waits >= much ? atLeaf : seenBelow(one, windows, { cases, components, view });
  return growth && withWhatIsBelow(growth, below);
}
