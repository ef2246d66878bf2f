import { further } from '../model/further.ts';
import { amount, duration, resourceName } from '../model/in-words.ts';
import type { Note } from '../model/note.ts';
import type { Sheet, Window } from '../model/sheet.ts';
import { seconds } from '../model/units.ts';
import { kendallTrend } from '../stats/kendall-trend.ts';
import { line } from '../stats/line.ts';
import { lowerMedian } from '../stats/lower-median.ts';
import { isPilingUp, untilEmptied } from './holds/leak.ts';
import { type Case, casesOf, isCollected } from './seen/cases.ts';
import type { View } from './seen/view.ts';

/** Many spaces are looked at in one run: a trend has to be that sure. */
const chance = 0.001;
/** What is in use at the end is so many times what was at the beginning. */
const grownBy = 2;
/** A collector lets a heap grow to so many times what it left of it before it empties it again (V8's largest growing factor; Go's is 2): less may be gone after the next collection. */
const grownPastCollections = 4;
/** In the later half of the time it grows by no less than this part of what it does on the whole: what warms up, or opens up to its highest peak, does not. */
const goesOn = 0.5;

/** A line through fewer says nothing. */
const fewestLater = 3;

type Point = { readonly at: number; readonly usage: number };

type Growth = { readonly one: Case; readonly perSecond: number; readonly first: Point; readonly last: Point };

/**
 * Space that grows with time at about one load, and of which nobody tells where it ends: no leak with a time that is left, but somebody should know of it.
 * Whether it grows is asked of the windows in their order (Mann 1945), since a heap goes up and down inside each.
 */
export function growthNotes(sheet: Sheet, view: View): readonly Note[] {
  const { unlimited = [] } = sheet;
  const steady = steadyOf(view);
  const growths = casesOf({ ...sheet, rows: unlimited }, view).flatMap((one) => growthOf(one, view, steady) ?? []);
  const resources = Map.groupBy(growths, ({ one }) => resourceName(one.resource));
  return [...resources].map(([name, alike]) => noteOf(name, alike));
}

/** The positions of the windows at about the load that most of them have, in which what is inside does not pile up. */
function steadyOf({ windows }: View): readonly number[] {
  if (windows.length === 0 || windows.some(({ cell }) => cell)) return [];
  const usual = lowerMedian(windows.map(({ load }) => load));
  const isUsual = ({ load }: Window): boolean => Math.max(load, usual) <= further * Math.min(load, usual);
  return [...windows.keys()].filter((i) => {
    const window = windows[i];
    return window !== undefined && isUsual(window) && !isPilingUp(window);
  });
}

function growthOf(one: Case, { windows }: View, steady: readonly number[]): Growth | undefined {
  const points = untilEmptied(
    steady
      .flatMap((i): readonly Point[] => {
        const [usage, span] = [one.usage[i], windows[i]?.span];
        return usage === undefined || span === undefined ? [] : [{ at: (span.from + span.to) / 2, usage }];
      })
      .toSorted((a, b) => a.at - b.at),
  );
  const [first, last] = [points[0], points.at(-1)];
  const trend = kendallTrend(points.map(({ usage }) => usage));
  if (!first || !last || !trend || trend.tau <= 0 || trend.p >= chance) return undefined;
  if (last.usage < (isCollected(one) ? grownPastCollections : grownBy) * first.usage) return undefined;
  const perSecond = slopeOf(points);
  const later = points.filter(({ at }) => at >= (first.at + last.at) / 2);
  return later.length >= fewestLater && slopeOf(later) >= goesOn * perSecond
    ? { one, perSecond, first, last }
    : undefined;
}

const slopeOf = (points: readonly Point[]): number =>
  line(
    points.map(({ at }) => at),
    points.map(({ usage }) => usage),
  ).slope;

/** Of several instances the one that grows fastest is told. */
function noteOf(name: string, alike: readonly Growth[]): Note {
  const [fastest] = alike.toSorted((a, b) => b.perSecond - a.perSecond);
  if (!fastest) throw new Error('a note is of one at least');
  const { one, perSecond, first, last } = fastest;
  const { unit } = one.resource;
  const many = alike.length > 1 ? ` in one of ${alike.length} instances that do` : '';
  const span = `from ${amount(first.usage, unit)} to ${amount(last.usage, unit)} in ${duration(seconds(last.at - first.at))}`;
  return {
    about: 'safety',
    text: `${name} grows by ${amount(perSecond, `${unit}/s`)}${many} at constant load, ${span}; where it ends no exporter tells`,
  };
}
