import type { Change } from '../model/collected.ts';
import { percent } from '../model/in-words.ts';
import type { LoadWindow } from '../model/load-record.ts';
import type { Aside, Row } from '../model/sheet.ts';

/** What the load itself causes is evidence; these changes come from people (or show only by what a request costs) and make a window incomparable. */
const byPeople: readonly Change['what'][] = ['rollout', 'configuration', 'replicas', 'shift'];

export const isByPeople = ({ what }: Change): boolean => byPeople.includes(what);

/** More than this share of what is usually readable must be readable, or the window is invalid. */
const leastReadable = 0.5;

/** Why a window supports no claim, or undefined where it does: the generator first, then the data, then the configuration. */
export function asideOf(
  window: LoadWindow,
  index: number,
  rows: readonly Row[],
  changes: readonly Change[],
): Aside | undefined {
  if (!window.complete) return { kind: 'data-invalid', because: 'the window was cut short', cut: true };
  if (window.health.verdict === 'limited') {
    return { kind: 'generator-limited', because: window.health.because.join('; ') || 'the generator was at its limit' };
  }
  if (window.unsteady !== undefined) return { kind: 'data-invalid', because: window.unsteady };
  return unreadable(index, rows) ?? changed(window, changes);
}

function unreadable(index: number, rows: readonly Row[]): Aside | undefined {
  const usage = rows.filter((row) => row.role === 'usage' && seenAnywhere(row));
  if (usage.length === 0) return undefined;
  const readable = usage.filter((row) => row.readings[index]?.kind === 'value').length;
  if (readable / usage.length > leastReadable) return undefined;
  const slowest = Math.max(...usage.map((row) => row.interval));
  return {
    kind: 'data-invalid',
    because: `only ${percent(readable / usage.length)} of the resources have enough samples here; they come every ${slowest} s`,
  };
}

function seenAnywhere(row: Row): boolean {
  return row.readings.some((reading) => reading.kind === 'value' || reading.why !== 'no-series');
}

function changed(window: LoadWindow, changes: readonly Change[]): Aside | undefined {
  const inside = changes.find(
    (change) => isByPeople(change) && change.at >= window.span.from && change.at <= window.span.to,
  );
  return inside && { kind: 'unstable-config', because: `${inside.component}: ${inside.text}` };
}
