import type { BlindSpot } from '../model/blind-spot.ts';
import type { Component } from '../model/component.ts';
import type { Findings, Leak, ResourceFinding } from '../model/finding.ts';
import { rate } from '../model/in-words.ts';
import { isUrgent, type Note } from '../model/note.ts';
import type { Objectives } from '../model/objectives.ts';
import type { Sheet } from '../model/sheet.ts';
import type { Twin } from '../model/twin.ts';
import { ratio, type Seconds } from '../model/units.ts';
import { carriedCapacity } from './capacity/capacity.ts';
import { comesNext } from './capacity/comes-next.ts';
import { endOfTarget } from './capacity/end-of-target.ts';
import { expectedFirst, ranked } from './capacity/expected.ts';
import { settled, without } from './capacity/not-yet.ts';
import { crossingOf, missedIn } from './capacity/objective.ts';
import { slowedUnseen } from './capacity/slowed-unseen.ts';
import { targetCapacity } from './capacity/target-capacity.ts';
import { costingOf, workOf } from './cost/costing.ts';
import { endedByAbsence } from './ended-by-absence.ts';
import { byImportance, findingOf, keyOf } from './finding-of.ts';
import { groundsOf } from './grounds.ts';
import { growthNotes } from './growth.ts';
import { leafWaits } from './holds/leaf-waits.ts';
import { leakOf } from './holds/leak.ts';
import { outagesOf } from './outages.ts';
import { fedBy } from './roots/fed-by-misses.ts';
import { besideHolds } from './roots/gains.ts';
import { heldByBlind, waitedFor } from './roots/held-by-blind.ts';
import type { Graph, Judged } from './roots/judged.ts';
import { probabilitiesOf } from './roots/probability.ts';
import { judgeCases } from './roots/roots.ts';
import { isToldItself } from './roots/told-as.ts';
import { scalabilityOf } from './scalability.ts';
import { blindBelow } from './seen/blind-below.ts';
import { type Case, casesOf } from './seen/cases.ts';
import { behindUnread, carriedAside, overloadOf, plateauFrom } from './seen/overload.ts';
import { bracketAt, type View, viewOf } from './seen/view.ts';
import { isUndeclared, type WaitsFor, waitsForOf } from './seen/waits-for.ts';

/** What is known of the target besides the sheet. */
export type Known = {
  readonly components: readonly Component[];
  readonly objectives: Objectives;
  readonly blind: readonly BlindSpot[];
  /** What two components name, and is one thing. */
  readonly twins?: readonly Twin[] | undefined;
  /** After how long our own load gives a request up; absent where others load it. */
  readonly patience?: Seconds | undefined;
  /** Whether our own load comes at even intervals. */
  readonly evenly?: boolean;
};

/** From a sheet to findings: what is saturated, root or symptom, since which load, what each resource costs and would carry, what comes next. */
export function analyse(sheet: Sheet, given: Known): Findings {
  const view: View = { ...viewOf(sheet), ...(given.evenly && { evenly: true }) };
  const overloaded = overloadOf(sheet, view);
  const cases = casesOf(sheet, view);
  const leaks = leaksOf(cases, view, sheet);
  const plateau = plateauFrom(overloaded, view);
  const graph: Graph = graphOf(cases, view, { given, plateau, leaks });
  const crossing = crossingOf(view, overloaded, given.objectives);
  const sustained = overloaded.map((over) => !over);
  const run = { view, sustained, components: given.components };
  const work = workOf(cases, run);
  const costing = costingOf({ ...run, cases, sheet, waitsFor: graph.waitsFor, work, patience: given.patience });
  const { judged, early } = settled(judgeCases(cases, view, graph), { view, graph, axis: sheet.axis, costing });
  const costs = costing(judged);
  const beside = carriedAside(sheet, view);
  const ended = endedByAbsence(view, overloaded, plateau, judged);
  const reach = { view, axis: sheet.axis, overloaded, plateau, crossing, costs, leaks: graph.leaks };
  const slowed = slowedUnseen(cases, view, plateau);
  const isOpen = ended !== undefined || slowed !== undefined;
  const told = isOpen ? carriedCapacity(view, overloaded) : targetCapacity(judged, { ...reach, fails: work.fails });
  const end = endOfTarget(told, { ...reach, judged, beside: beside.rate, isCutShort: ended !== undefined });
  const found = without(early, probabilitiesOf(sheet, view, graph));
  const context = {
    view,
    sheet,
    costs,
    plateau,
    sustained,
    capacity: end.capacity,
    candidates: found.candidates,
    leaks: toldLeaks(leaks, judged, graph.waitsFor),
  };
  const resources = judged.map((each) => findingOf(each, context)).toSorted(byImportance);
  const ends = endsOf(resources, judged, { ...graph, view });
  const expected = expectedOf(ends, view, { ...given, slowed });
  return {
    resources,
    candidates: found.candidates,
    unobserved: ratio(found.unobserved),
    blindBelow: found.candidates[0] ? blindBelow(found.candidates[0].component, given) : [],
    plateau: plateau === undefined ? undefined : bracketAt(view, plateau),
    ...(ended !== undefined && { ended }),
    behindUnread: behindUnread(sheet, view),
    objective: crossing,
    missed: missedIn(view, given.objectives),
    ...end,
    ...(slowed && { slowed }),
    next: comesNext(ends, { judged, costs, candidates: found.candidates }),
    expected,
    heldByBlind: heldByBlind(judged, view),
    scalability: scalabilityOf(view, overloaded),
    blind: given.blind,
    notes: [
      ...outagesOf(sheet, view, plateau),
      ...sheet.notes.filter(isUrgent),
      ...growthNotes(sheet, view),
      ...(end.backlog || end.capacity === told ? [] : [besideNote(beside)]),
      ...waitedFor(judged, view),
      ...groundsOf(judged, { ...context, ...work, ...graph, named: found.candidates, expected }),
      ...sheet.notes.filter((note) => !isUrgent(note)),
    ],
  };
}

/** Why more is carried than the windows tell of which the resources were read. */
const besideNote = ({ rate: carried, dearer }: ReturnType<typeof carriedAside>): Note => ({
  about: 'data',
  text: dearer
    ? `up to ${rate(carried)} were answered well before a request came to cost less: so much is carried at least, and what it would take now is not known`
    : `up to ${rate(carried)} were answered well where too little of the resources could be read: so much is carried at least, and what it took there is not known`,
});

type Around = {
  readonly given: Known;
  readonly plateau: number | undefined;
  readonly leaks: ReadonlyMap<string, Leak>;
};

/** What the judgement of cases rests on besides them. */
const graphOf = (cases: readonly Case[], view: View, { given, plateau, leaks }: Around): Graph => ({
  waitsFor: waitsForOf(given.components),
  plateau,
  blind: given.blind,
  twins: given.twins,
  around: cases,
  components: given.components,
  undeclared: isUndeclared(given.components),
  waits: leafWaits({ view, around: cases, components: given.components }),
  beside: besideHolds({ view, around: cases, components: given.components }),
  leaks: (one) => leaks.size > 0 && leaks.has(keyOf(one)),
  restarted: (one) => leaks.size > 0 && leaks.get(keyOf(one))?.fullAfter !== undefined,
});

/** What ends where, each under one name: what a cache more likely feeds than not ends where it does because the cache does not hold more. */
function endsOf(
  resources: readonly ResourceFinding[],
  judged: readonly Judged[],
  given: Graph & { readonly view: View },
): readonly ResourceFinding[] {
  const single = resources.filter((one) => isToldItself(one, given.twins));
  return single.map((each) => {
    const found = judged.find(({ one }) => one.resource === each.resource && one.at === each.at);
    const fed = found && each.capacity ? fedBy(found.one, given) : undefined;
    return fed ? { ...each, resource: fed.resource, at: fed.at } : each;
  });
}

/** What is full of the work of others is not expected of this load. */
const expectedOf = (
  ends: readonly ResourceFinding[],
  { windows }: View,
  { blind, slowed }: Known & Pick<Findings, 'slowed'>,
): Findings['expected'] =>
  expectedFirst(ranked(ends.filter(({ state }) => state !== 'bystander')), {
    carried: Math.max(...windows.map(({ goodput }) => goodput)),
    blind: blind.length,
    isBehind: slowed !== undefined,
  });

const leaksOf = (cases: readonly Case[], view: View, sheet: Sheet): ReadonlyMap<string, Leak> =>
  new Map(
    cases.flatMap((one) => {
      const leak = leakOf(one, view, sheet, cases);
      return leak ? [[keyOf(one), leak] as const] : [];
    }),
  );

/**
 * What a leaking pool keeps keeps what lies below it too: that fills no further than the pool does, and is no leak of its own. And what grew before it was full because it waits for something that is full,
 * and does not leak, gives back what it keeps.
 */
function toldLeaks(
  leaks: ReadonlyMap<string, Leak>,
  judged: readonly Judged[],
  waitsFor: WaitsFor,
): ReadonlyMap<string, Leak> {
  const ended = judged.filter(({ one, standing }) => standing.kind === 'root' && leaks.has(keyOf(one)));
  const images = judged.filter(
    ({ one }) => one.resource.kind !== 'space' && ended.some((root) => waitsFor(root.one.resource, one.resource)),
  );
  const waiting = judged.filter(
    ({ one, standing }) =>
      standing.kind === 'symptom' && !leaks.has(keyOf(standing.of)) && leaks.get(keyOf(one))?.fillsIn !== undefined,
  );
  const names = new Set([...images, ...waiting].map(({ one }) => keyOf(one)));
  return new Map([...leaks].filter(([name]) => !names.has(name)));
}
