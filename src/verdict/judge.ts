import type { Candidate, Findings, ResourceFinding } from '../model/finding.ts';
import { atCeiling } from '../model/full.ts';
import { further } from '../model/further.ts';
import { rate, resourceName } from '../model/in-words.ts';
import type { Aside, Sheet } from '../model/sheet.ts';
import { perSecond, ratio } from '../model/units.ts';
import type { LimitClass, Verdict } from '../model/verdict.ts';

/** From this probability on one resource is named alone. */
const sure = 0.8;
/** Fewer windows than this that support claims answer nothing. */
const leastWindows = 3;
/** One alone is named from here on: three to two. */
const likely = 0.6;
/** A candidate below this does not belong to a tie. */
const inTie = 0.1;
/** What is half used may be full at a load above, and the highest loads are those from here on. */
const muchUsed = 0.5;
const nearTop = 0.9;
/** Answers of which this share fail, and that take no longer than this multiple of what they do at the lowest load, are turned away at once. */
const failing = 0.03;
const hardlyLonger = 1.5;

/** What the run came to, in the order of DESIGN: windows first, then what limits and nothing shows, ties, the one, objectives, nothing reached. */
export function judge(sheet: Sheet, findings: Findings): Verdict {
  const kept = sheet.windows.filter((window) => window.aside === undefined);
  if (kept.length < leastWindows) return setAside(sheet);
  const told = findings.candidates.filter(({ probability }) => probability >= inTie);
  const first = isHardlySeen(sheet, findings) ? undefined : told[0];
  if (unobserved(findings, first)) return unobservedLimit(sheet, findings, first);
  if (first && first.probability >= sure) return { kind: 'saturated', first, probability: first.probability };
  if (first) return { kind: 'near-tie', among: told };
  if (findings.objective) return objectiveLimited(findings.objective, findings);
  if (endedByGenerator(sheet)) return setAside(sheet);
  if (findings.behindUnread) return unread(findings.behindUnread);
  return notReached(sheet, findings);
}

function objectiveLimited({ text }: NonNullable<Findings['objective']>, findings: Findings): Verdict {
  const doubtful = doubtfulIn(findings);
  const fullest = doubtful[0] ?? fullestOf(findings);
  return { kind: 'objective-limited', objective: text, fullest, ...(doubtful.length > 0 && { doubtful }) };
}

function notReached(sheet: Sheet, findings: Findings): Verdict {
  const kept = sheet.windows.filter((window) => window.aside === undefined);
  const upTo = perSecond(Math.max(...kept.map((window) => window.goodput)));
  const doubtful = doubtfulIn(findings);
  const [silent, full] = [unreadAtTop(sheet, findings), sheet.axis === 'arrivals' ? [] : fullUntold(findings)];
  return {
    kind: 'not-reached',
    upTo,
    expected: findings.expected,
    ...(doubtful.length > 0 && { doubtful }),
    ...(silent.length > 0 && { unread: silent }),
    ...(full.length > 0 && { full }),
  };
}

/** Full and waiting in some draws and not in others, while goodput followed the load all the way: chance, not saturation. Where only answers are counted goodput cannot be seen to follow. */
const isHardlySeen = (sheet: Sheet, findings: Findings): boolean =>
  (findings.unobserved > 0.5 || (sheet.axis === 'arrivals' && isAlone(findings))) &&
  findings.plateau === undefined &&
  findings.heldByBlind === undefined &&
  !isReached(sheet, findings);

/** Goodput did not follow the load everywhere: what is carried was reached. */
const isReached = ({ axis }: Sheet, { capacity }: Findings): boolean =>
  axis === 'arrivals' && capacity?.provenance === 'reached' && capacity.binds === 'physical';

/** What the windows show as saturated, though not in so many of the draws that it is the answer: nobody is told then that nothing is. */
const doubtfulIn = ({ candidates, resources }: Findings): readonly Candidate[] =>
  candidates.filter((one) =>
    resources.some(
      ({ resource, state, onset }) =>
        state === 'root' && onset && resource.component === one.component && resource.resource === one.resource,
    ),
  );

/** One candidate of which we are not sure: what is left is not another resource that is seen. */
const isAlone = ({ candidates }: Findings): boolean =>
  candidates.filter(({ probability }) => probability >= inTie).length === 1 && (candidates[0]?.probability ?? 0) < sure;

/** Goodput stopped following and nothing seen is saturated, or what is saturated is held by something unseen: then one that is hardly more likely than not answers nothing. */
function unobserved(findings: Findings, first: Candidate | undefined): boolean {
  if (first)
    return (
      (isAlone(findings) && (first.probability < likely || findings.blindBelow.length > 0)) || findings.unobserved > 0.5
    );
  return findings.plateau !== undefined || findings.heldByBlind !== undefined;
}

function unobservedLimit(sheet: Sheet, findings: Findings, first: Candidate | undefined): Verdict {
  const { resources, candidates } = findings;
  const named = (all: readonly ResourceFinding[]): readonly string[] => [
    ...new Set(all.map(({ resource }) => resourceName(resource))),
  ];
  const from = findings.plateau?.upTo;
  const unread = resources.filter((one) => from !== undefined && isUnreadFrom(one, sheet, from));
  const open = [
    ...named([...resources.filter((one) => !hasRoom(one) || isNominal(one)), ...unread]),
    ...candidates.map(resourceName),
  ];
  const moments = named(resources.filter(isFullForMoments)).filter((name) => !open.includes(name));
  return {
    kind: 'unobserved-limit',
    notIn: named(resources).filter((name) => !open.includes(name) && !moments.includes(name)),
    unread: named(unread),
    always: named(resources.filter(isAlwaysFull)),
    moments,
    fits: findings.ended === undefined ? fitsOf(sheet, findings) : [],
    below: findings.heldByBlind?.text,
    likely: first,
  };
}

/** Where only answers are counted, what a full resource refuses is seen by nobody where it does not tell. */
const fullUntold = ({ resources }: Findings): readonly string[] => [
  ...new Set(
    resources
      .filter(({ resource, state, peak }) => resource.hard && state === 'busy' && (peak?.ratio ?? 0) >= atCeiling)
      .map(({ resource }) => resourceName(resource)),
  ),
];

/** What was much used elsewhere and is hardly read at the highest loads: that nothing saturated there is known of the others only. */
function unreadAtTop(sheet: Sheet, { resources }: Findings): readonly string[] {
  const top = Math.max(0, ...sheet.windows.map(({ load, aside }) => (aside === undefined ? load : 0)));
  const much = resources.filter(({ peak }) => (peak?.ratio ?? 0) >= muchUsed);
  return [
    ...new Set(
      much.filter((one) => isUnreadFrom(one, sheet, nearTop * top)).map(({ resource }) => resourceName(resource)),
    ),
  ];
}

/** Processors that are full in each window, at whatever load. */
const isAlwaysFull = ({ resource, state, curve }: ResourceFinding): boolean =>
  state === 'busy' && resource.unit === 'cores' && curve.every((ratio) => ratio === undefined || ratio >= atCeiling);

/** What a network card is rated for is no end of the path behind it, nor of a virtual one: a network has room only below a ceiling that somebody stated. */
const isNominal = ({ resource, proofs }: ResourceFinding): boolean =>
  resource.resource.startsWith('network-') &&
  !proofs.some(({ evidence }) => evidence.role === 'ceiling' && evidence.source === 'stated');

/** Not saturated, and never near its end; a resource has room where each of its instances has. */
const hasRoom = ({ state, peak }: ResourceFinding): boolean =>
  (state === 'free' || state === 'busy') && (peak?.ratio ?? 1) < atCeiling;

/** Between two scrapes something is full for as long as the middle of what fills it: of one and a half scrapes, over two fifths of use, the fuller one shows ¾ + ¼ × 0.4. */
const fullBetweenScrapes = 0.85;

/** Processors and threads that had room on average, and in a twentieth of the time of a window hardly any: a mean hides what is shorter. */
const isFullForMoments = ({ moments = 0 }: ResourceFinding): boolean => moments >= fullBetweenScrapes;

/** Read elsewhere, and in no more than half of the windows from where goodput no longer follows: that it had room there nobody knows. */
function isUnreadFrom({ curve }: ResourceFinding, { windows }: Sheet, load: number): boolean {
  if (curve.every((ratio) => ratio === undefined)) return false;
  const there = curve.filter((_, i) => windows[i]?.aside === undefined && (windows[i]?.load ?? 0) >= load);
  return there.filter((ratio) => ratio !== undefined).length <= there.length / 2;
}

/**
 * What a limit may be that nobody sees. What keeps a full hold is below it and lets nobody in; where answers fail as fast as they come at low load, nobody waits for anything: they are turned away.
 */
function fitsOf(sheet: Sheet, findings: Findings): readonly LimitClass[] {
  const inside: readonly LimitClass[] = ['lock', 'unmetered-pool', 'external-dependency', 'unmetered-device'];
  if (findings.heldByBlind) return inside;
  return failsAtOnce(sheet, findings) ? ['hidden-admission-limit'] : ['hidden-admission-limit', ...inside];
}

/** From where goodput no longer follows much fails, and answers take hardly longer than at the lowest load. */
function failsAtOnce({ windows }: Sheet, { plateau }: Findings): boolean {
  const kept = windows.filter(({ aside }) => aside === undefined).toSorted((a, b) => a.load - b.load);
  const there = kept.filter(({ load }) => plateau !== undefined && load >= plateau.upTo);
  const calm = kept[0]?.latency.p50;
  if (calm === undefined || there.length === 0) return false;
  return there.every(
    ({ errors, latency }) => errors >= failing && (latency.p50 ?? Number.POSITIVE_INFINITY) <= hardlyLonger * calm,
  );
}

/** The fullest resource that has a ceiling, first of those that this load fills: what an objective's latency most likely comes from. Not what is full of the work of others, nor a file system that happens to be. */
export function fullestOf(findings: Findings): Candidate | undefined {
  const { resources, expected } = findings;
  const own = resources.filter(({ peak, state }) => peak?.ratio !== undefined && state !== 'bystander');
  const filled = own.filter(({ capacity }) => capacity !== undefined);
  const top = (filled.length > 0 ? filled : own).toSorted((a, b) => (b.peak?.ratio ?? 0) - (a.peak?.ratio ?? 0))[0];
  if (!top) return expected[0];
  const { component, resource } = top.resource;
  const known = expected.find((one) => one.component === component && one.resource === resource);
  return { component, resource, at: top.at, probability: known?.probability ?? ratio(0) };
}

/** The load stopped rising because the generator could not go on: the question which resource is first stays open. Not where about the same load was offered once more and well. */
function endedByGenerator({ windows }: Sheet): boolean {
  const top = windows.toSorted((a, b) => b.load - a.load)[0];
  if (top?.aside?.kind !== 'generator-limited') return false;
  return !windows.some(({ load, aside }) => aside === undefined && load * further >= top.load);
}

/** Something gave way, and what it was cannot be read there: nothing saturated below is no answer to that. */
const unread = ({ load, aside }: NonNullable<Findings['behindUnread']>): Verdict => ({
  kind: aside.kind,
  because: [`goodput stopped following the load at ${rate(load)}, and ${aside.because}`],
});

function setAside(sheet: Sheet): Verdict {
  const asides = sheet.windows.flatMap((window) => window.aside ?? []);
  const because = [...new Set(asides.map((aside) => aside.because))];
  if (asides.length === 0) {
    return {
      kind: 'data-invalid',
      because: [
        `only ${sheet.windows.length} steady stretches of load were found; at least ${leastWindows} are needed`,
      ],
    };
  }
  return { kind: commonest(asides), because };
}

function commonest(asides: readonly Aside[]): Aside['kind'] {
  const counts = Map.groupBy(asides, (aside) => aside.kind);
  return [...counts].toSorted((a, b) => b[1].length - a[1].length)[0]?.[0] ?? 'data-invalid';
}
