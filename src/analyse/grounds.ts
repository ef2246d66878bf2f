import type { Candidate, Capacity, Findings } from '../model/finding.ts';
import { amount, duration, number, percent, rate, resourceName } from '../model/in-words.ts';
import type { Interval } from '../model/interval.ts';
import { textOf } from '../model/labels.ts';
import { shortfall } from '../model/shortfall.ts';
import type { Twin } from '../model/twin.ts';
import { median } from '../stats/median.ts';
import { borrows } from './cost/borrows.ts';
import { slowed } from './cost/collecting-end.ts';
import type { Cost } from './cost/cost.ts';
import type { Work } from './cost/costing.ts';
import type { Judged } from './roots/judged.ts';
import { alsoNamed } from './roots/told-as.ts';
import { doesKill, peaks, scatter } from './saturation/killing.ts';
import { type Case, isCollected, known, nameOf } from './seen/cases.ts';
import { pilesUpAt } from './seen/overload.ts';
import { latencyOf, type View } from './seen/view.ts';

/** Less of a gain than this is not worth a number. */
const barely = 0.01;

type Given = Work & {
  /** Nobody says what calls what. */
  readonly undeclared: boolean;
  readonly sustained: readonly boolean[];
  readonly capacity: Capacity | undefined;
  readonly view: View;
  /** What is expected first, most likely first. */
  readonly expected: readonly Candidate[];
  /** What may be first. */
  readonly named: readonly Candidate[];
  readonly twins?: readonly Twin[] | undefined;
  readonly costs: ReadonlyMap<Case, Cost>;
  /** Position from which on goodput no longer follows. */
  readonly plateau: number | undefined;
};

/** On what grounds a resource is named or ends, where that is not its line or its waiting. */
export const groundsOf = (
  judged: readonly Judged[],
  {
    undeclared,
    named,
    twins,
    sustained,
    inWork,
    dearer,
    drifts,
    fails,
    capacity,
    view,
    expected,
    costs,
    plateau,
  }: Given,
): Findings['notes'] => [
  ...undeclaredNote(undeclared, judged),
  ...eliminationNote(judged),
  ...silenceNote(judged, view),
  ...twinNotes(named, twins),
  ...cacheNote(judged),
  ...underNote(judged),
  ...turnsNote(judged),
  ...outrunNote(judged, view),
  ...lentNote(
    judged.map(({ one }) => one),
    sustained,
  ),
  ...judged.flatMap(({ one }) => inWork(one.resource)?.note ?? []),
  ...dearerNote([...dearer.keys()]),
  ...(drifts ? [driftNote] : []),
  ...failsNote(capacity?.provenance === 'extrapolated' ? fails : undefined),
  ...eitherOf(belowNote(capacity?.rate, view), beyondNote(capacity, view)),
  ...aboveNote(capacity, view),
  ...(plateau === undefined || judged.some(({ standing }) => standing.kind === 'root')
    ? []
    : hiddenNote(capacity, view)),
  ...[lateNote, oneByOneNote].flatMap((note) =>
    note(
      judged.filter((each) => isMeant(each, capacity ? expected[0] : undefined)),
      costs,
    ),
  ),
  ...peaksNote(
    judged.filter(({ one }) => costs.get(one)?.capacity?.rate.kind === 'interval'),
    capacity ? expected[0] : undefined,
    view,
  ),
];

/** What a declared graph would settle, where the answer rests on a guess at it. */
function undeclaredNote(undeclared: boolean, judged: readonly Judged[]): Findings['notes'] {
  const guessed = judged.filter(({ standing }) => standing.kind === 'symptom' || standing.kind === 'held');
  if (!undeclared || guessed.length === 0) return [];
  const names = [...new Set(guessed.map(({ one }) => nameOf(one)))].join(', ');
  const text = `no component declares "calls", so what waits for what was told by how long units are held; "calls" would settle it for ${names}`;
  return [{ about: 'configuration', text }];
}

/** That nothing but what else is left points to it. */
function eliminationNote(judged: readonly Judged[]): Findings['notes'] {
  const left = judged.filter(({ standing }) => standing.kind === 'root' && standing.by === 'elimination');
  const names = [...new Set(left.map(({ one }) => nameOf(one)))].join(', ');
  if (names === '') return [];
  return [
    {
      about: 'analysis',
      text: `${names} is concluded from what else is ruled out: goodput stopped following, and of what is observed nothing else explains it`,
    },
  ];
}

/** That something is named of which nothing is read where goodput stopped following, and what would show it. */
function silenceNote(judged: readonly Judged[], { windows }: View): Findings['notes'] {
  const texts = judged.flatMap(({ one, standing }) => {
    const last = one.usage.findLastIndex((used) => used !== undefined);
    if (standing.kind !== 'root' || standing.by !== 'silence') return [];
    return [
      `${nameOf(one)} was full when it was last read, at ${rate(windows[last]?.load ?? 0)}, and nothing is read of it at higher loads, where requests fail at once: what has nothing left to lend most likely turns its own exporter away too; a place kept for the exporter would show it`,
    ];
  });
  return [...new Set(texts)].map((text) => ({ about: 'analysis', text }));
}

const placeName = (one: Twin['also']): string =>
  Object.keys(one.at).length > 0 ? `${resourceName(one)} (${textOf(one.at)})` : resourceName(one);

/** That what is named has another name in another component. */
const twinNotes = (named: readonly Candidate[], twins: readonly Twin[] | undefined): Findings['notes'] =>
  named.flatMap((told) => {
    const others = [...new Set(alsoNamed(told, twins).map(placeName))];
    if (others.length === 0) return [];
    const text = `${others.join(' and ')} and ${resourceName(told)} are read from the very same series: they are one thing, and told as ${resourceName(told)}`;
    return [{ about: 'configuration', text }];
  });

/** Why a cache is named and not what is full behind it. */
const cacheNote = (judged: readonly Judged[]): Findings['notes'] =>
  judged.flatMap(({ one, standing }) =>
    standing.kind === 'symptom' && standing.by === 'misses'
      ? [
          {
            about: 'analysis',
            text: `${nameOf(standing.of)} drops what it has no room for, and the work of ${nameOf(one)} comes of its misses: half as much again of the cache most likely takes more of that work away than half as much again of ${nameOf(one)} would carry`,
          },
        ]
      : [],
  );

/** Why something is named below its ceiling. */
function underNote(judged: readonly Judged[]): Findings['notes'] {
  const texts = judged.flatMap(({ one, standing }) => {
    if (standing.kind !== 'root' || !standing.under) return [];
    const { hold, gains, isFull } = standing.under;
    const more = (gain: number): string => (gain < barely ? 'hardly anything' : `about ${Math.round(100 * gain)} %`);
    const hardly = `half as much again of ${nameOf(hold)} ${more(gains.hold)}`;
    return isFull
      ? [
          `${nameOf(one)} works all the time below its ceiling, since it does so few operations at once: if each took a third less, ${more(gains.leaf)} more would be carried, with ${hardly}`,
        ]
      : [
          `${nameOf(one)} is not full, but ${nameOf(hold)} above it keeps it from that: half as much again of ${nameOf(one)} would carry ${more(gains.leaf)} more, ${hardly}`,
        ];
  });
  return [...new Set(texts)].slice(0, 1).map((text) => ({ about: 'analysis', text }));
}

/** Why two are named of which neither is full. */
function turnsNote(judged: readonly Judged[]): Findings['notes'] {
  const texts = judged.flatMap(({ one, standing }) =>
    standing.kind === 'root' && standing.turns
      ? [
          `${nameOf(standing.turns)} and ${nameOf(one)} are not full on average, and yet much waits at both: they limit in turns, as where requests of different kinds come one after the other, and more of one alone gains only its part`,
        ]
      : [],
  );
  return [...new Set(texts)].slice(0, 1).map((text) => ({ about: 'analysis', text }));
}

/** That ever more waits before what is full at a ceiling nobody tells, where it is held longer by what cannot be seen and so not named. */
const outrunNote = (judged: readonly Judged[], view: View): Findings['notes'] =>
  judged.flatMap(({ one, standing, saturation }) => {
    const at = saturation.saturated.findLastIndex((is, i) => is && pilesUpAt(one, view, i));
    const [window, waiting, growth] = [view.windows[at], one.queue?.[at], one.backlog?.[at]];
    if (standing.kind !== 'held' || one.ceiling[at] !== undefined || !window) return [];
    if (waiting === undefined || growth === undefined) return [];
    const { unit } = one.resource;
    return {
      about: 'analysis',
      text: `before ${nameOf(one)} ever more waits while no more are in hand: ${amount(waiting, unit)} on average at ${rate(window.load)}, ${amount(growth, `${unit}/s`)} more all the time; whether more of it would help, or what it waits for is slow, no metric shows`,
    };
  });

/** That a ceiling was passed for as long as a window lasts. */
function lentNote(cases: readonly Case[], sustained: readonly boolean[]): Findings['notes'] {
  const names = [...new Set(cases.filter((one) => borrows(one, sustained)).map(nameOf))].join(', ');
  if (names === '') return [];
  const text = `${names} gave more than its ceiling while the target kept up: that was lent and ends, or the ceiling is stated too low`;
  return [{ about: 'analysis', text }];
}

/** Why something ends before its line does. */
function dearerNote(cases: readonly Case[]): Findings['notes'] {
  const names = [...new Set(cases.map(nameOf))];
  if (names.length === 0) return [];
  const text = `a request costs the more the more of them are inside, so ${names.join(' and ')} end sooner than where the line of each would`;
  return [{ about: 'analysis', text }];
}

/** For which requests a capacity is told. */
const driftNote: Findings['notes'][number] = {
  about: 'analysis',
  text: 'what a request costs rises with the load in several components alike, also where hardly anything is used: the mix of requests changed meanwhile, and what is carried is told for that of the highest load',
};

/** Why goodput is expected to stop following before anything is full. */
function failsNote(fails: Interval | undefined): Findings['notes'] {
  if (fails?.kind !== 'interval') return [];
  const text = `more failed the higher the load was, though less than ${percent(shortfall)}: if that goes on as what is lent at once or refused does, goodput follows up to ${rate(fails.value)}`;
  return [{ about: 'analysis', text }];
}

/** That nothing was carried whole, and what the number rests on then. */
function belowNote(carried: Interval | undefined, { windows }: View): Findings['notes'] {
  const lowest = Math.min(...windows.map(({ load }) => load));
  if (carried?.kind !== 'interval' || carried.high >= (1 - shortfall) * lowest) return [];
  const text = `already at ${rate(lowest)}, the lowest load, more than ${percent(shortfall)} failed: what is carried whole is told by how failures grew from there on; a load below would show it`;
  return [{ about: 'analysis', text }];
}

/** So far above the most that was answered a capacity is no reading of it any more. */
const clearlyMore = 1.05;

/** That the load went beyond what is carried and more is told than was ever answered in time, and what that rests on. */
function aboveNote(capacity: Capacity | undefined, { windows }: View): Findings['notes'] {
  const answered = Math.max(...windows.map(({ goodput }) => goodput));
  if (capacity?.provenance !== 'reached' || capacity.binds !== 'physical' || capacity.rate.kind !== 'interval')
    return [];
  const { value } = capacity.rate;
  if (value <= clearlyMore * answered) return [];
  const text = `never more than ${rate(answered)} were answered in time: that ${rate(value)} can be is concluded from what the resources did before the overload and in it, and was not seen`;
  return [{ about: 'analysis', text }];
}

const eitherOf = (one: Findings['notes'], other: Findings['notes']): Findings['notes'] =>
  one.length > 0 ? one : other;

/** That more was answered at higher loads than is carried whole. */
function beyondNote(capacity: Capacity | undefined, { windows }: View): Findings['notes'] {
  const answered = Math.max(...windows.map(({ goodput }) => goodput));
  if (capacity?.provenance !== 'reached' || capacity.binds !== 'physical' || capacity.rate.kind !== 'interval')
    return [];
  const { value, high } = capacity.rate;
  if (answered <= Math.max(high, clearlyMore * value)) return [];
  const text = `up to ${rate(answered)} were answered at higher loads, while more than ${percent(shortfall)} of what was asked for failed: ${rate(value)} is what is carried whole`;
  return [{ about: 'analysis', text }];
}

/** So few at a time, by the upper end of what is carried, are less than one also where the times were read a little short. */
const clearlyBelowOne = 0.8;

/**
 * How many at a time what nobody sees lets in: what is carried × how long a request takes where nobody waits (Little 1961), if it is there all that time.
 * A lock or a pool that stops goodput has one inside all the time, at least: less than that is a limit of another kind.
 */
function hiddenNote(capacity: Capacity | undefined, view: View): Findings['notes'] {
  const took = known(view.windows.map(latencyOf), view.low);
  if (capacity?.provenance !== 'reached' || capacity.rate.kind !== 'interval' || took.length === 0) return [];
  const [carried, seconds] = [capacity.rate.value, median(took)];
  const inside = `${number(carried * seconds)} at a time, if a request is there for all of its ${duration(seconds)} (${rate(carried)} × ${duration(seconds)})`;
  const text =
    capacity.rate.high * seconds < clearlyBelowOne
      ? `what limits and is not seen has about ${inside}; less than one at a time is a rate, as of a rate limit or a device, rather than a number that is let in`
      : `what limits and is not seen lets in about ${inside}; for a part of it, so much fewer`;
  return [{ about: 'analysis', text }];
}

/** Less than this of what is used of it is not worth a sentence. */
const clearlyLess = 0.95;

/** Why processors that are named, or expected first, end before they are full. */
function lateNote(meant: readonly Judged[], costs: Given['costs']): Findings['notes'] {
  const texts = meant.flatMap(({ one }) => {
    const share = costs.get(one)?.capacity?.inTime ?? 1;
    if (share > clearlyLess) return [];
    return `${nameOf(one)} cannot be filled: a request takes long there against its time-out, and from about ${percent(share)} of it on more than ${percent(shortfall)} of the answers come too late`;
  });
  return [...new Set(texts)].slice(0, 1).map((text) => ({ about: 'analysis', text }));
}

/** Why a device that is expected first ends far below its ceiling. */
function oneByOneNote(meant: readonly Judged[], costs: Given['costs']): Findings['notes'] {
  const texts = meant.flatMap(({ one, standing }) => {
    const alone = costs.get(one)?.capacity?.oneByOne;
    if (alone === undefined || standing.kind === 'root') return [];
    const ceiling = one.ceiling.findLast((most) => most !== undefined);
    const stated = ceiling === undefined ? '' : `, and not at ${amount(ceiling, one.resource.unit)}`;
    return `${nameOf(one)} does one operation after the other, as the times of its operations show: each takes ${duration(alone)} alone, so it ends at about ${amount(1 / alone, one.resource.unit)}${stated}`;
  });
  return texts.slice(0, 1).map((text) => ({ about: 'analysis', text }));
}

/** Named, or expected first. */
const isMeant = ({ one: { resource }, standing }: Judged, expected: Candidate | undefined): boolean =>
  (standing.kind === 'root' && standing.own > 0) ||
  (expected !== undefined && resource.component === expected.component && resource.resource === expected.resource);

/** Why space that is named, or expected first, ends before its mean is full, where it is known where. */
function peaksNote(judged: readonly Judged[], expected: Candidate | undefined, view: View): Findings['notes'] {
  const named = judged.filter((each) => isMeant(each, expected));
  const instancesOf = (name: string): number => named.filter(({ one }) => nameOf(one) === name).length;
  const namesOf = (is: (one: Case) => boolean): readonly string[] => [
    ...new Set(
      named
        .map(({ one }) => one)
        .filter(is)
        .map(nameOf),
    ),
  ];
  const inside = (name: string, deviations: number): string =>
    `what is inside at the peaks (n + ${number(deviations * scatter(instancesOf(name), view))} √n requests where n are on average)`;
  const texts = [
    ...namesOf(doesKill).map(
      (name) =>
        `${name} kills when it is full: what is carried leaves room for ${inside(name, peaks.rarely)}; for a while more may pass`,
    ),
    ...namesOf(isCollected).map(
      (name) =>
        `${name} ends before it is full: with ${inside(name, slowed.rarely)} collecting takes all that its processor has left; for a while more may pass`,
    ),
  ];
  return texts.map((text) => ({ about: 'analysis', text }));
}
