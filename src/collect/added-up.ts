import type { BlindSpot } from '../model/blind-spot.ts';
import type { Resource } from '../model/resource.ts';
import type { SampleSeries, Signal } from '../model/signal.ts';
import { lengthOf, type Span } from '../model/span.ts';
import { doubled } from './told-twice.ts';

/** No thread is busy for longer than the time that passes; scrapes that come late or early make it look so by a few percent. */
const beyondDoubt = 1.2;

/** A stretch is looked at as a whole: so many scrapes, so that one that came late hardly counts. */
const scrapes = 8;

/** The usage of one thing of which there is one, as a thread: from several series, and at times more than one thing can be used. So several are added up, though nothing told them apart. */
export function addedUp(signals: readonly Signal[], span: Span): readonly Signal[] {
  const most = mostOfOne(signals);
  if (most === undefined) return [];
  const isMany = (one: Signal): boolean =>
    one.role === 'usage' && isAlike(one.parts) && peakOf(one, span) > beyondDoubt * most;
  return signals.filter(isMany);
}

/** Whether one name is there several times: several names may be parts of the time of one thing. */
const isAlike = (parts: readonly SampleSeries[]): boolean =>
  new Set(parts.map(({ labels }) => labels.__name__)).size < parts.length;

/** What a pack says that there is of each, whatever its size. */
function mostOfOne(signals: readonly Signal[]): number | undefined {
  const ceiling = signals.find(({ role }) => role === 'ceiling');
  if (ceiling?.resource.kind !== 'servers' || ceiling.evidence.source === 'stated') return undefined;
  return ceiling.evidence.promql.startsWith('vector(') ? ceiling.parts[0]?.values[0] : undefined;
}

function peakOf(signal: Signal, span: Span): number {
  const width = scrapes * signal.interval;
  const count = Math.max(1, Math.floor(lengthOf(span) / width));
  const levels = Array.from({ length: count }, (_, index) =>
    levelIn(signal, span.from + index * width, span.from + (index + 1) * width),
  );
  return levels.reduce((most, level) => Math.max(most, level), 0);
}

function levelIn({ form, scale, parts, less }: Signal, from: number, to: number): number {
  const sum = (all: readonly SampleSeries[]): number =>
    all.reduce((total, one) => total + (form === 'counter' ? rise(one, from, to) : mean(one, from, to)), 0);
  return scale * (sum(parts) - sum(less));
}

/** How much a counter rises a second between the samples of a stretch; a fall is a reset, and that gap does not count. */
function rise({ times, values }: SampleSeries, from: number, to: number): number {
  const gaps = within(times, from, to)
    .slice(1)
    .map((at) => ({
      more: (values[at] ?? 0) - (values[at - 1] ?? 0),
      took: (times[at] ?? 0) - (times[at - 1] ?? 0),
    }))
    .filter(({ more }) => more >= 0);
  const took = gaps.reduce((sum, gap) => sum + gap.took, 0);
  return took > 0 ? gaps.reduce((sum, { more }) => sum + more, 0) / took : 0;
}

function mean({ times, values }: SampleSeries, from: number, to: number): number {
  const inside = within(times, from, to);
  return inside.reduce((sum, at) => sum + (values[at] ?? 0), 0) / Math.max(1, inside.length);
}

const within = (times: Float64Array, from: number, to: number): readonly number[] =>
  [...times.keys()].filter((at) => (times[at] ?? 0) >= from && (times[at] ?? 0) <= to);

/** The label that alone tells apart what is added up; undefined where none does. */
export const tellingApart = (signals: readonly Signal[]): string | undefined =>
  doubled(signals.flatMap(({ parts }) => parts.map(({ labels }) => labels)))[0];

/** That a usage is that of several, and not known of any of them. */
export function blindTo({ component, resource: id }: Resource): BlindSpot {
  return {
    component,
    resource: id,
    why: 'more of it is used than there can be of one, so several are added up, and no label is known that tells them apart',
    cure: `name the label that does: "replica: …" under component "${component}"`,
  };
}
