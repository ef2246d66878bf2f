import type { Component } from '../model/component.ts';
import type { Candidate, Findings } from '../model/finding.ts';
import { amount, percent, rate, resourceName } from '../model/in-words.ts';
import { textOf } from '../model/labels.ts';
import type { Twin } from '../model/twin.ts';
import { borrows } from './cost/borrows.ts';
import type { Work } from './cost/costing.ts';
import type { MixDrift } from './cost/mix-drift.ts';
import { type Ended, groundsOfCapacity } from './grounds-of-capacity.ts';
import type { Judged } from './roots/judged.ts';
import { alsoNamed } from './roots/told-as.ts';
import { mayCarry, muchOfIt, shareCollecting } from './saturation/full-of-collecting.ts';
import { type Case, fillOf, isCollected, nameOf } from './seen/cases.ts';
import { pilesUpAt } from './seen/overload.ts';
import type { View } from './seen/view.ts';

/** Less of a gain than this is not worth a number. */
const barely = 0.01;

type Given = Work &
  Ended & {
    /** Nobody says what calls what. */
    readonly undeclared: boolean;
    readonly sustained: readonly boolean[];
    /** What may be first. */
    readonly named: readonly Candidate[];
    readonly components: readonly Component[];
    readonly twins?: readonly Twin[] | undefined;
  };

/** On what grounds a resource is named or ends, where that is not its line or its waiting. */
export const groundsOf = (judged: readonly Judged[], given: Given): Findings['notes'] => [
  ...undeclaredNote(given.undeclared, judged),
  ...eliminationNote(judged),
  ...silenceNote(judged, given.view),
  ...twinNotes(given.named, given.twins),
  ...cacheNote(judged),
  ...underNote(judged),
  ...turnsNote(judged),
  ...outrunNote(judged, given.view),
  ...collectingNote(judged, given),
  ...lentNote(
    judged.map(({ one }) => one),
    given.sustained,
  ),
  ...judged.flatMap(({ one }) => given.inWork(one.resource)?.note ?? []),
  ...dearerNote([...given.dearer.keys()]),
  ...(given.drift ? [driftNote(given.drift)] : []),
  ...groundsOfCapacity(judged, given),
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

/** That much of what a processor is named for is collecting, which a larger heap does less often. */
function collectingNote(judged: readonly Judged[], { named, expected, view, components }: Given): Findings['notes'] {
  const told = [...named, ...expected].slice(0, 1);
  const top = view.windows.reduce((most, { load }, i) => (load > (view.windows[most]?.load ?? 0) ? i : most), 0);
  const texts = told.flatMap((first) => {
    const [processor] = judged.filter(({ one: { resource } }) => resourceName(resource) === resourceName(first));
    const heaps = judged.filter(({ one }) => isCollected(one) && processor && mayCarry(processor.one, one, components));
    const most = heaps.toSorted((a, b) => (fillOf(b.one, top) ?? 0) - (fillOf(a.one, top) ?? 0))[0]?.one;
    const [share, fill] = [processor && most && shareCollecting(processor.one, most, top), most && fillOf(most, top)];
    if (!processor || !most || share === undefined || share < muchOfIt || fill === undefined) return [];
    return [
      `collecting takes ${percent(share)} of ${nameOf(processor.one)} at ${rate(view.windows[top]?.load ?? 0)}, since ${nameOf(most)} is ${percent(fill)} full: with more of that it collects less often, and leaves more of the other`,
    ];
  });
  return texts.map((text) => ({ about: 'analysis', text }));
}

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
function driftNote({ asked }: MixDrift): Findings['notes'][number] {
  const shares = [...(asked?.shares ?? [])].toSorted(([a], [b]) => a - b).map(([, share]) => share);
  const [least = 0, most = 0] = [shares[0], shares.at(-1)];
  const why = asked
    ? `what a request costs rises with the share of "${asked.name}" in the answers, which is ${percent(least)} at the lowest load and ${percent(most)} at the highest: what is carried is told for the mix of the highest load`
    : 'what a request costs rises with the load in several components alike, also where hardly anything is used: the mix of requests changed meanwhile, and what is carried is told for that of the highest load';
  return { about: 'analysis', text: why };
}
