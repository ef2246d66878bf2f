import type { Change, Collected } from '../model/collected.ts';
import { further } from '../model/further.ts';
import { number, percent, rate } from '../model/in-words.ts';
import { fits } from '../model/labels.ts';
import type { LoadRecord, LoadWindow, StepRecord } from '../model/load-record.ts';
import type { Note } from '../model/note.ts';
import type { Aside } from '../model/sheet.ts';
import { shortfall } from '../model/shortfall.ts';
import type { SampleSeries, Signal } from '../model/signal.ts';
import { startsIn } from './started-anew.ts';

/** Some of a component that was away: from when it was last seen until it was seen again, be it never. */
export type Away = {
  readonly component: string;
  readonly from: number;
  readonly to: number;
  readonly text: string;
};

/** What was not seen for so many of its scrapes is gone. */
const unseen = 3;
/** What was killed for want of memory is told as that, and started anew within so long (s). */
const sameMoment = 120;

/** A load of our own and the samples that were read beside it. */
type Loaded = Pick<LoadRecord, 'span' | 'windows'>;

/** What was away in a load of our own: processes that were started anew in it, and what nobody answers for any more at its end. What its own memory limit killed is told as that. */
export function awaysIn(record: Loaded, collected: Collected): readonly Away[] {
  const { changes } = collected;
  // What a ceiling is need not be read from what it limits.
  const signals = collected.signals.filter(({ role }) => role !== 'ceiling');
  const killed = changes.filter(({ what }) => what === 'out-of-memory');
  const isKill = ({ component, at }: Change): boolean =>
    killed.some((kill) => kill.component === component && Math.abs(kill.at - at) <= sameMoment);
  const anew = startsIn(collected)
    .filter((start) => start.at > record.span.from && start.at <= record.span.to && !isKill(start))
    .map(
      (start): Away => ({
        component: start.component,
        from: lastSeen(start, signals),
        to: start.at,
        text: `${start.component}: ${start.text} at ${clock(start.at)} UTC`,
      }),
    );
  return [...anew, ...goneAtEnd(record, signals)].toSorted((a, b) => a.to - b.to);
}

/** When it was last seen before it was seen anew. */
function lastSeen({ component, labels, at }: Change, signals: readonly Signal[]): number {
  const own = signals.filter((signal) => signal.resource.component === component && fits(signal.at, labels));
  return lastOf(own, ({ times }) => times.findLast((time) => time < at)) ?? at;
}

function lastOf(signals: readonly Signal[], timeOf: (series: SampleSeries) => number | undefined): number | undefined {
  const times = signals.flatMap(({ parts }) => parts.flatMap((series) => timeOf(series) ?? []));
  return times.length === 0 ? undefined : Math.max(...times);
}

/** Of which components nothing is read any more since before a load ended that found no connection any more, while others are read on. */
function goneAtEnd({ span, windows }: Loaded, signals: readonly Signal[]): readonly Away[] {
  const last = windows.findLast(isStep);
  if (!last || last.throughput > 0 || 2 * countOf(last, unconnected) < last.completed) return [];
  const horizon = Math.max(span.to, lastOf(signals, ({ times }) => times.at(-1)) ?? span.to);
  return [...Map.groupBy(signals, ({ resource }) => resource.component)].flatMap(([component, own]) => {
    const from = lastOf(own, ({ times }) => times.findLast((time) => time <= span.to)) ?? horizon;
    const isReadAgain = own.some(({ parts }) => parts.some(({ times }) => (times.at(-1) ?? 0) > span.to));
    const interval = Math.max(...own.map((signal) => signal.interval));
    if ((isReadAgain ? span.to : horizon) - from <= unseen * interval) return [];
    const text = `${component} stopped answering at about ${clock(from)} UTC, and what tells of it was not read any more either: it ended, or cannot be reached`;
    return [{ component, from, to: Number.POSITIVE_INFINITY, text }];
  });
}

/** Why a window fell short of its load, where something was away in it and requests got no answer. */
export function awayIn(window: LoadWindow, aways: readonly Away[]): string | undefined {
  if (!isStep(window) || !fellShort(window) || countOf(window, unanswered) === 0) return undefined;
  const inside = aways.filter(({ from, to }) => window.span.from < to && window.span.to > from);
  return inside.length === 0 ? undefined : [...new Set(inside.map(({ text }) => text))].join('; ');
}

const fellShort = ({ goodput, offered }: LoadWindow): boolean => goodput < (1 - shortfall) * offered;

const isStep = (window: LoadWindow): window is StepRecord => 'errorsByClass' in window;

/** Outcomes in which no connection came about, or a new one was closed at once; and all in which the target did not answer. */
const unconnected: readonly string[] = ['refused', 'unreachable', 'reset_fresh'];
const unanswered: readonly string[] = [...unconnected, 'reset_reused', 'timeout', 'tls', 'protocol'];

const countOf = ({ errorsByClass }: StepRecord, names: readonly string[]): number =>
  names.reduce((sum, name) => sum + (errorsByClass[name] ?? 0), 0);

/** That connections did not come about while something of the target was away says nothing of the way to it. */
export function excused<T extends LoadWindow>(window: T, aways: readonly Away[]): T {
  const { unconnected: blamed, ...health } = window.health;
  if (blamed === undefined || awayIn(window, aways) === undefined) return window;
  const because = health.because.filter((text) => text !== blamed);
  const isWell = health.verdict === 'suspect' && because.length === 0;
  return { ...window, health: { ...health, because, verdict: isWell ? 'ok' : health.verdict } };
}

/** More load than in this window, plainly, was carried while nothing was away: its load alone did not end anything. */
export function carriedMore(window: LoadWindow, windows: readonly LoadWindow[]): LoadWindow | undefined {
  return windows
    .filter((other) => other.complete && other.offered > further * window.offered && !fellShort(other))
    .toSorted((a, b) => b.offered - a.offered)[0];
}

/** A window in which something of the target was away. */
type Hit = { readonly window: LoadWindow; readonly away: string | undefined; readonly windows: readonly LoadWindow[] };

/**
 * What the load may have ended is evidence; what its rate cannot have ended, since more was carried, makes a window incomparable. Where the generator fell behind as well, that is not the only
 * reason why the window supports no claim.
 */
export function besideAway(aside: Aside | undefined, { window, away, windows }: Hit): Aside | undefined {
  if (away === undefined) return aside;
  if (aside?.kind === 'generator-limited') return { kind: 'unstable-config', because: `${away}; ${aside.because}` };
  if (aside) return aside;
  const more = carriedMore(window, windows);
  return (
    more && {
      kind: 'unstable-config',
      because: `${away}, and not of the load alone: ${rate(more.offered)} were carried`,
    }
  );
}

/** What was away is told, whatever the verdict is: of each component how often and when, and in which windows requests failed of it. */
export function notesOfAways(aways: readonly Away[], windows: readonly LoadWindow[]): readonly Note[] {
  return [...Map.groupBy(aways, ({ component }) => component)].flatMap(([component, own]): readonly Note[] => {
    const [first, last] = [own[0], own.at(-1)];
    if (!first || !last) return [];
    const what =
      own.length === 1
        ? first.text
        : `${component} was away ${own.length} times, the last time from ${clock(last.from)} UTC on; the first: ${first.text}`;
    const hit = windows.filter((window) => awayIn(window, own) !== undefined);
    return [{ about: 'data', text: `${what}; ${harm(hit, windows)}` }];
  });
}

function harm(hit: readonly LoadWindow[], windows: readonly LoadWindow[]): string {
  const worst = hit.toSorted((a, b) => b.errors - a.errors)[0];
  if (!worst) return 'no window fell short of its load by it';
  const where = hit.length === 1 ? 'the window' : `the worst of ${number(hit.length)} windows, that`;
  const more = carriedMore(worst, windows);
  const cause = more
    ? `not of the load alone, since ${rate(more.offered)} were carried`
    : 'whether the load ended it cannot be told';
  return `${percent(worst.errors)} of the requests failed in ${where} at ${rate(worst.offered)}, and ${cause}`;
}

const clock = (at: number): string => new Date(at * 1000).toISOString().slice(11, 19);
