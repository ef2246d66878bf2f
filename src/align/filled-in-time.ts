import { partsOf } from '../model/cell.ts';
import type { LoadWindow } from '../model/load-record.ts';
import type { FilledInTime } from '../model/sheet.ts';
import type { Signal } from '../model/signal.ts';
import { lengthOf, type Span } from '../model/span.ts';
import { line } from '../stats/line.ts';
import { meanInterval } from '../stats/mean-interval.ts';
import { median } from '../stats/median.ts';
import { ratioInterval } from '../stats/ratio-interval.ts';
import { sum } from '../stats/sum.ts';
import { cutEvenly } from './measure.ts';
import { shownIn } from './reading-of.ts';

/** What lasts at one level of load is looked at in pieces no longer than this (s), and a slope is laid through so much time: load changes within a few of these. */
const piece = 1800;
const stretch = 2 * 3600;
const fewestPoints = 4;
const fewestStretches = 5;
/** Less than this of what there was just before is a new beginning. */
const emptyAgain = 0.5;
/** Many spaces are looked at: growth has to be that sure. */
const sure = 0.999;
/** What came with time must be this share of what is in use in the end, before one emptying at least or now. */
const ofUsage = 0.5;
/** In the later half of the time from one emptying to the next it fills by no less than this part of what it does on the whole. */
const goesOn = 0.5;

type Point = { readonly at: number; readonly load: number; readonly usage: number };

/** How fast it fills in a stretch of time, at which load, and whether that lies in the later half between two emptyings. */
type Stretch = { readonly slope: number; readonly load: number; readonly isLate: boolean };

/**
 * Whether space fills from each time that it was emptied (as by a restart) on, with time or with each request, and not with load: over days it grows at low load (at night) and at high, and later as at first. What goes
 * with load comes and goes with it, so its slopes cancel out over days; what warms up stops. Each day spends its time at many levels of load, so levels of load show nothing of it: here samples are taken in their order.
 *
 * @param windows of days; of single stretches their own slopes tell
 */
export function filledInTime(signal: Signal, windows: readonly LoadWindow[]): FilledInTime | undefined {
  if (signal.role !== 'usage' || signal.resource.kind !== 'space' || signal.form !== 'gauge') return undefined;
  if (windows.length === 0 || windows.some(({ cell }) => !cell)) return undefined;
  const teeth = teethOf(pointsOf(signal, windows));
  const last = teeth.at(-1)?.at(-1);
  const stretches = teeth.flatMap(stretchesOf);
  if (!last || teeth.length < 2 || !teeth.some(isRise) || stretches.length < fewestStretches) return undefined;
  const each = eachOf(stretches);
  if (!each || (eachOf(stretches, sure)?.each.low ?? 0) <= 0 || hasStopped(stretches, each)) return undefined;
  const empty = median(teeth.slice(1).flatMap((tooth) => tooth[0]?.usage ?? []));
  return { ...each, pace: meanOf(stretches.map(({ slope }) => slope)), empty, last: last.usage };
}

type Each = Pick<FilledInTime, 'goesWith' | 'each'>;

/** With time or with requests, whichever explains the slopes the better. */
function eachOf(stretches: readonly Stretch[], level = 0.95): Each | undefined {
  const inTime = meanInterval(
    stretches.map(({ slope }) => slope),
    level,
  );
  const byWork = ratioInterval(
    stretches.map(({ slope, load }) => ({ x: load, y: slope })),
    level,
  );
  if (!inTime || !byWork) return undefined;
  const isByWork = byWork.value > 0 && scatter(byWork) < scatter(inTime);
  const { value, low, high } = isByWork ? byWork : inTime;
  return {
    goesWith: isByWork ? 'requests' : 'time',
    each: { kind: 'interval', value, low: Math.max(0, low), high },
  };
}

/** How wide an interval is beside its value. */
const scatter = ({ value, low, high }: Omit<FilledInTime['each'], 'kind'>): number => (high - low) / value;

const meanOf = (values: readonly number[]): number => sum(values) / values.length;

/** In the later half it fills by far less than the time there, or the requests, would let it. */
function hasStopped(stretches: readonly Stretch[], { goesWith, each }: Each): boolean {
  const late = stretches.filter(({ isLate }) => isLate);
  const expected = each.value * sum(late.map(({ load }) => (goesWith === 'time' ? 1 : load)));
  return late.length === 0 || sum(late.map(({ slope }) => slope)) < goesOn * expected;
}

function pointsOf(signal: Signal, windows: readonly LoadWindow[]): readonly Point[] {
  return windows
    .flatMap((window) =>
      partsOf(window)
        .flatMap((part) => cutEvenly([part], Math.ceil(lengthOf(part) / piece)).flat())
        .flatMap((part: Span): readonly Point[] => {
          const usage = shownIn(signal, part)?.value;
          return usage === undefined ? [] : [{ at: (part.from + part.to) / 2, load: window.offered, usage }];
        }),
    )
    .toSorted((a, b) => a.at - b.at);
}

/** Cut where it was emptied; a piece in which that happened shows neither side. */
function teethOf(points: readonly Point[]): readonly (readonly Point[])[] {
  const isEmptied = (before: Point | undefined, after: Point | undefined): boolean =>
    before !== undefined && after !== undefined && after.usage < emptyAgain * before.usage;
  const whole = points.filter(
    ({ usage }, i) =>
      !isEmptied(points[i - 1], points[i + 1]) ||
      usage >= (points[i - 1]?.usage ?? 0) ||
      usage <= (points[i + 1]?.usage ?? 0),
  );
  const starts = [0, ...whole.flatMap((point, i) => (isEmptied(whole[i - 1], point) ? [i] : [])), whole.length];
  return starts.slice(1).map((end, i) => whole.slice(starts[i], end));
}

const isRise = (tooth: readonly Point[]): boolean => {
  const [first, last] = [tooth[0], tooth.at(-1)];
  return first !== undefined && last !== undefined && last.usage - first.usage >= ofUsage * last.usage;
};

function stretchesOf(tooth: readonly Point[]): readonly Stretch[] {
  const [begin = 0, end = 0] = [tooth[0]?.at, tooth.at(-1)?.at];
  const groups = Map.groupBy(tooth, ({ at }) => Math.floor((at - begin) / stretch));
  return [...groups.values()].flatMap((points): readonly Stretch[] => {
    const times = points.map(({ at }) => at);
    const middle = sum(times) / times.length;
    if (points.length < fewestPoints) return [];
    const { slope } = line(
      times,
      points.map(({ usage }) => usage),
    );
    return [{ slope, load: median(points.map(({ load }) => load)), isLate: middle > (begin + end) / 2 }];
  });
}
