import { timeIn } from '../model/cell.ts';
import type { Change } from '../model/collected.ts';
import { duration, percent } from '../model/in-words.ts';
import { fits } from '../model/labels.ts';
import type { LoadWindow } from '../model/load-record.ts';
import type { Aside, Row } from '../model/sheet.ts';
import { lowerMedian } from '../stats/lower-median.ts';
import { sum } from '../stats/sum.ts';
import { toldAfter } from './with-refusals.ts';

/** What the load itself causes is evidence; these changes come from people (or show only by what a request costs) and make a window incomparable. */
const byPeople: readonly Change['what'][] = ['rollout', 'configuration', 'replicas', 'shift'];

export const isByPeople = ({ what }: Change): boolean => byPeople.includes(what);

/** More than this share of what is usually readable must be readable, or the window is invalid: of all resources, or of those of each component on average, since one exporter that falls silent may have most of them. */
const leastReadable = 0.5;

/** Where most of what is answered fails, the load is stopped for that: it was all that was asked for, though not for as long as was planned. */
const collapsed = 0.5;

/** A window in which fewer samples can come is short, whatever was read: plans are laid out for so many. */
const usualSamples = 5;

/** Why a window supports no claim, or undefined where it does: the generator first, then the data, then the configuration. */
export function asideOf(
  window: LoadWindow,
  index: number,
  rows: readonly Row[],
  changes: readonly Change[],
): Aside | undefined {
  if (!window.complete && window.errors < collapsed)
    return { kind: 'data-invalid', because: 'the window was cut short', cut: true };
  if (window.health.verdict === 'limited') {
    return { kind: 'generator-limited', because: window.health.because.join('; ') || 'the generator was at its limit' };
  }
  if (window.unsteady !== undefined) return { kind: 'data-invalid', because: window.unsteady };
  return unreadable(window, index, rows, killedIn(window, changes)) ?? changed(window, changes);
}

/** What its own limit killed tells nothing while it is away, and that it is away is no fault of the data. */
function killedIn({ span }: LoadWindow, changes: readonly Change[]): readonly Change[] {
  return changes.filter(({ what, at }) => what === 'out-of-memory' && at >= span.from && at <= span.to + toldAfter);
}

function unreadable(
  window: LoadWindow,
  index: number,
  rows: readonly Row[],
  killed: readonly Change[],
): Aside | undefined {
  const seen = rows.filter((row) => row.role === 'usage' && seenAnywhere(row));
  const isGone = ({ resource, at }: Row): boolean =>
    killed.some(({ component, labels }) => component === resource.component && fits(at, labels));
  const alive = seen.filter((row) => !isGone(row));
  const usage = alive.length > 0 ? alive : seen;
  if (usage.length === 0) return undefined;
  const shares = [...Map.groupBy(usage, ({ resource }) => resource.component).values()].map((own) =>
    readIn(own, index),
  );
  const [byComponent, all] = [sum(shares) / shares.length, readIn(usage, index)];
  if (Math.max(byComponent, all) > leastReadable) return undefined;
  const every = lowerMedian(usage.filter((row) => !isRead(row, index)).map(({ interval }) => interval));
  const because =
    timeIn(window) < usualSamples * every
      ? `the window is too short for samples that come every ${duration(every)}: it takes ${duration(usualSamples * every)}`
      : `only ${percent(all)} of the resources have enough samples here; they come every ${duration(every)}`;
  return { kind: 'data-invalid', because, unread: true };
}

/** Which share of some rows has a number in a window. */
const readIn = (rows: readonly Row[], index: number): number =>
  rows.filter((row) => isRead(row, index)).length / rows.length;

const isRead = ({ readings }: Row, index: number): boolean => readings[index]?.kind === 'value';

function seenAnywhere(row: Row): boolean {
  return row.readings.some((reading) => reading.kind === 'value' || reading.why !== 'no-series');
}

function changed(window: LoadWindow, changes: readonly Change[]): Aside | undefined {
  const inside = changes.find(
    (change) => isByPeople(change) && change.at >= window.span.from && change.at <= window.span.to,
  );
  return inside && { kind: 'unstable-config', because: `${inside.component}: ${inside.text}` };
}
