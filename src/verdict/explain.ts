import type { Backlog, Candidate, Capacity, Findings, ResourceFinding, SlowedUnseen } from '../model/finding.ts';
import { type Headroom, isNone, isOpen, knownCarried } from '../model/headroom.ts';
import { amount, interval, number, percent, rate, resourceName } from '../model/in-words.ts';
import type { Interval } from '../model/interval.ts';
import { onceEach } from '../model/once-each.ts';
import type { LimitClass, Verdict } from '../model/verdict.ts';
import { sum } from '../stats/sum.ts';
import { cause, leaksSentence } from './leaks-in-words.ts';

/** The verdict in one or two sentences that a person on call understands. */
export function explain(verdict: Verdict, findings: Findings, headroom: Headroom | undefined): string {
  const tail = [leaksSentence(verdict, findings), capacitySentence(verdict, findings), headroomSentence(headroom)]
    .filter((text) => text !== '')
    .join(' ');
  return `${first(verdict, findings)} ${tail}`.trim();
}

function first(verdict: Verdict, findings: Findings): string {
  switch (verdict.kind) {
    case 'saturated':
      return saturated(verdict.first, verdict.probability, findings);
    case 'near-tie':
      return tie(verdict.among, findings);
    case 'unobserved-limit':
      return unobserved(verdict, findings);
    case 'objective-limited':
      return objectiveLimited(verdict, findings);
    case 'not-reached':
      return `${notReached(verdict, findings)}${missedSentence(findings)}${expectedSentence(expectedBeside(verdict), findings, verdict.full ?? [])}`;
    case 'data-invalid':
      return `No answer: the data cannot carry one, because ${reasons(verdict.because)}.`;
    case 'generator-limited':
      return `No answer: the limit was on the side of the load generator (${reasons(verdict.because)}).`;
    case 'unstable-config':
      return `No answer: the target did not stay as it was under the load (${reasons(verdict.because)}).`;
  }
}

/** What was not good enough for a while is no good end, though nothing saturated. */
const missedSentence = ({ missed = [] }: Findings): string =>
  missed.length === 0 ? '' : ` But ${missed.join(', and ')}.`;

function objectiveLimited(
  { objective, fullest, doubtful = [] }: Verdict & { readonly kind: 'objective-limited' },
  findings: Findings,
): string {
  if (doubtful.length > 0)
    return `Nothing is sure to have saturated, but ${objective}; ${perhaps(doubtful, findings)}.`;
  return `Nothing saturated, but ${objective}${fullest ? `; the fullest resource is ${resourceName(fullest)}` : ''}.`;
}

/** "bouncer / server-pool may have, between 77/s and 90/s (51 %)" */
const perhaps = (doubtful: readonly Candidate[], findings: Findings): string =>
  doubtful
    .map((one) => `${resourceName(one)} may have${since(one, findings)} (${percent(one.probability)})`)
    .join(', ');

/** What may be saturated already is not expected to be first later. */
const expectedBeside = ({ expected, doubtful = [] }: Verdict & { readonly kind: 'not-reached' }) =>
  doubtful.length > 0 ? [] : expected;

/** Of what is not read at the top nobody knows whether it saturated. */
function notReached(verdict: Verdict & { readonly kind: 'not-reached' }, findings: Findings): string {
  const { upTo, unread = [], full = [], doubtful = [] } = verdict;
  const untold =
    full.length === 0
      ? ''
      : ` ${listed(full, 'and')} ${full.length > 1 ? 'are' : 'is'} full, and nobody tells what is refused there: it may limit already.`;
  const silent = unread.length === 0 ? '' : ` Hardly read there: ${listed(unread, 'and')}.`;
  if (doubtful.length > 0)
    return `Nothing is sure to have saturated up to ${rate(upTo)}: ${perhaps(doubtful, findings)}.${untold}${silent}`;
  if (unread.length === 0)
    return `${full.length > 0 ? 'Nothing is seen to have saturated' : 'Nothing saturated'} up to ${rate(upTo)}.${untold}`;
  return `Nothing that was read there saturated up to ${rate(upTo)}.${untold}${silent}`;
}

function saturated(first: Candidate, probability: number, findings: Findings): string {
  const found = findingOf(first, findings);
  const why = found?.leak ? ` ${cause(found, found.leak, findings)}` : '';
  return `${resourceName(first)} saturated first${since(first, findings)}, with probability ${percent(probability)}.${why}`;
}

const findingOf = (one: Candidate, { resources }: Findings): ResourceFinding | undefined =>
  resources.find(
    ({ resource, onset }) => onset && resource.component === one.component && resource.resource === one.resource,
  );

/** Each reason once; what several windows say alike is counted. */
const reasons = (because: readonly string[]): string =>
  onceEach(because.flatMap((text) => text.split('; '))).join('; ');

/** A tie of one is a likely answer whose rest is not observed, or what a cache feeds. */
function tie(among: readonly Candidate[], { resources }: Findings): string {
  const named = among.map(chance).join(' or ');
  if (among.length > 1) return `It cannot be told which was first: ${named}.`;
  const fed = [...new Set(resources.flatMap(({ resource, isFed }) => (isFed ? [resourceName(resource)] : [])))];
  if (fed.length > 0)
    return `Most likely ${named} was first, else ${listed(fed, 'or')}, whose work comes of its misses.`;
  return `Most likely ${named} was first; what is left may be something that no metric shows.`;
}

const chance = (one: Candidate): string => `${resourceName(one)} (${percent(one.probability)})`;

function since(one: Candidate, findings: Findings): string {
  const found = findingOf(one, findings);
  if (!found?.onset) return '';
  const { above, upTo } = found.onset;
  return above === undefined ? `, already at ${rate(upTo)}` : `, between ${rate(above)} and ${rate(upTo)}`;
}

const classWords: Readonly<Record<LimitClass, string>> = {
  'hidden-admission-limit': 'a hidden admission limit',
  'unmetered-pool': 'a pool of workers or connections without metrics',
  lock: 'a lock',
  'external-dependency': 'an external dependency',
  'unmetered-device': 'a device or a network path without metrics',
};

function unobserved(verdict: Verdict & { readonly kind: 'unobserved-limit' }, findings: Findings): string {
  const { below, likely, notIn, unread, always, moments = [], fits } = verdict;
  const { ended } = findings;
  const [doubted] = likely ? [] : doubtfulRoots(findings);
  const not = notIn.length > 0 ? ` It is not ${listed(notIn)}.` : '';
  const hardlyRead = unread.length > 0 ? ` Hardly read there: ${listed(unread, 'and')}.` : '';
  const silent = `${hardlyRead}${forMoments(moments)}`;
  if (ended !== undefined && !likely && below === undefined)
    return `Goodput stopped following the load, but something was away then: ${ended}. ${doubted ?? 'Nothing that is observed was saturated'}, and whether the load ended it cannot be told.${not}${silent}${alwaysFull(always)}${othersWork(likely, findings)}${unseen(findings)}`;
  const fit = `What fits: ${listed(fits.map((one) => classWords[one]))}.`;
  const may = likely || doubted || [unread, always, moments].some((names) => names.length > 0);
  return `${whereLimited(verdict, doubted, findings)}: the limit ${may ? 'may be' : 'is'} something that no metric shows.${not}${silent}${alwaysFull(always)}${othersWork(likely, findings)} ${fit}${unseen(findings)}`;
}

/** @param doubted what is saturated and hardly ever first */
function whereLimited(
  { below, likely }: Verdict & { readonly kind: 'unobserved-limit' },
  doubted: string | undefined,
  findings: Findings,
): string {
  if (likely)
    return `${chance(likely)} ${findingOf(likely, findings) ? 'is' : 'may be'} saturated, but it is not sure that it was first`;
  return below === undefined
    ? `Goodput stopped following the load, and ${doubted ?? 'nothing that is observed is saturated'}`
    : `${below}, and ${doubted ?? 'nothing observed below it is saturated'}`;
}

/** What the windows show as saturated, in however few of the draws it was first: nobody is told then that nothing is. */
function doubtfulRoots({ resources }: Findings): readonly string[] {
  const roots = resources.filter(({ state }) => state === 'root').map(({ resource }) => resourceName(resource));
  const names = [...new Set(roots)];
  if (names.length === 0) return [];
  const isOne = names.length === 1;
  return [
    `${listed(names, 'and')} ${isOne ? 'is' : 'are'} saturated, but it is not likely that ${isOne ? 'it' : 'one of them'} was first`,
  ];
}

/** What a mean hides may be the limit as well. */
const forMoments = (names: readonly string[]): string =>
  names.length === 0
    ? ''
    : ` ${listed(names, 'and')} had room on average and hardly any in a twentieth of the time: whether ${names.length > 1 ? 'they limit' : 'it limits'} then cannot be told.`;

/** What is full at any load may be the limit as well. */
const alwaysFull = (names: readonly string[]): string =>
  names.length === 0
    ? ''
    : ` ${listed(names, 'and')} ${names.length > 1 ? 'are' : 'is'} full at any load, so whether ${names.length > 1 ? 'they limit' : 'it limits'} cannot be told.`;

/** What is full of the work of others slows this load, and does not move with it. Of what may be the limit that is not said: it is full of this load in some of the draws. */
function othersWork(likely: Candidate | undefined, { resources }: Findings): string {
  const full = resources.filter(({ state }) => state === 'bystander').map(({ resource }) => resourceName(resource));
  const names = [...new Set(full)].filter((name) => !likely || name !== resourceName(likely));
  return names.length === 0
    ? ''
    : ` ${listed(names, 'and')} ${names.length > 1 ? 'are' : 'is'} full, but not of this load.`;
}

/** What should be looked at and cannot be: the first place to look. */
function unseen({ blind, blindBelow }: Findings): string {
  const spots = blindBelow.length > 0 ? blindBelow : blind;
  return spots.length === 0 ? '' : ` What cannot be seen: ${listed([...new Set(spots.map(resourceName))], 'and')}.`;
}

function listed(words: readonly string[], last = 'or'): string {
  const shown = words.slice(0, 5);
  const left = words.length - shown.length;
  const more = left > 0 ? ` ${last} ${left} ${left === 1 ? 'other' : 'others'}` : '';
  return `${shown.join(', ')}${more}`.replace(/, ([^,]*)$/, more === '' ? ` ${last} $1` : ', $1');
}

/** Less than this of all that there is in use says little of which ends first. */
const hardly = 0.1;
/** What is less likely than not is not expected. */
const even = 0.5;

/** Where none is more likely than not, those that are not much less likely than the first. */
const alternatives = (expected: readonly Candidate[]): readonly Candidate[] => {
  const most = expected[0]?.probability ?? 0;
  return most >= even ? expected.slice(0, 1) : expected.filter(({ probability }) => probability >= most / 2);
};

/** What cannot be seen may end sooner than all that can; and what is hardly used is expected by nothing but its lead. */
function expectedSentence(expected: readonly Candidate[], findings: Findings, full: readonly string[] = []): string {
  const [one] = expected;
  if (findings.slowed) return `${slowedSentence(findings.slowed, one)}${unseen(findings)}`;
  if (!one) return '';
  const among = findings.blind.length > 0 ? ' of what is seen' : '';
  const alike = findings.resources.filter(
    ({ resource }) => resource.component === one.component && resource.resource === one.resource,
  );
  const used = Math.max(...alike.map(({ peak }) => peak?.ratio ?? 1));
  // Beside what is full already nothing is said of what is hardly used.
  if (alike.length > 0 && used < hardly && full.length > 0) return unseen(findings);
  if (alike.length > 0 && used < hardly)
    return ` Nothing that is seen comes near its end; the nearest is ${resourceName(one)}, ${percent(used)} in use.${unseen(findings)}`;
  if (sum(expected.map(({ probability }) => probability)) < even)
    return ` What would be first cannot be told so far below; the nearest that is seen is ${chance(one)}.${unseen(findings)}`;
  return ` Expected to be first${among}: ${alternatives(expected).map(chance).join(' or ')}.${unseen(findings)}`;
}

/** Why nothing is claimed beyond what was carried. */
function slowedSentence({ times, from }: SlowedUnseen, nearest: Candidate | undefined): string {
  const seen = nearest ? ` Of what is seen the nearest to its end is ${chance(nearest)}.` : '';
  return ` From ${rate(from)} on answers take ${number(times)} times as long as at low load, and nothing that is seen makes them wait: most likely something that is not seen fills.${seen}`;
}

function capacitySentence(verdict: Verdict, findings: Findings): string {
  const { capacity, plateau, backlog } = findings;
  if (!capacity) return '';
  if (backlog && capacity.binds === 'backlog') return piledUp(backlog, capacity);
  if (verdict.kind === 'saturated' && capacity.rate.kind === 'at-least' && plateau === undefined)
    return `Goodput followed the load up to ${rate(capacity.rate.low)} all the same: capacity is at least that.`;
  if (capacity.provenance === 'extrapolated') return extrapolated(capacity.rate, findings);
  const binds = capacity.binds === 'objective' ? ' (the objective binds, not the machine)' : '';
  return `Capacity is ${interval(capacity.rate)}${binds}.`;
}

/** What is asked for and not worked off, where nobody waits for it. */
function piledUp({ growth, at, resource }: Backlog, capacity: Capacity): string {
  const more = `Goodput followed the load all the same, since no answer waits for that work, but it piles up: by ${amount(growth, `${resource.unit}/s`)} at ${rate(at)}.`;
  return capacity.rate.kind === 'interval'
    ? `${more} What is worked off, and so carried for long, is ${interval(capacity.rate)}.`
    : `${more} What is worked off nobody counts: capacity is ${interval(capacity.rate)}.`;
}

/** How far beyond what was seen a capacity lies stands beside it. */
function extrapolated(capacity: Interval, { carried }: Findings): string {
  if (capacity.kind !== 'interval' || carried === undefined)
    return `Capacity is ${interval(capacity)}, by extrapolation.`;
  const factor = number(capacity.value / carried);
  return `Capacity, if use goes on as it does, is ${interval(capacity)}: ${factor} times the ${rate(carried)} that were carried.`;
}

function headroomSentence(headroom: Headroom | undefined): string {
  if (!headroom) return '';
  const against =
    headroom.reference === 'current'
      ? 'the load now'
      : headroom.reference === 'expected'
        ? 'the expected load'
        : 'the usual peak';
  const at = `${against} of ${rate(headroom.load)}`;
  if (isNone(headroom)) return `At ${at} there is no headroom.`;
  if (isOpen(headroom)) return `Whether there is headroom at ${at} is not known: ${knownCarried(headroom)}.`;
  return `Headroom at ${at}: ${interval(headroom.ratio, percent)}.`;
}
