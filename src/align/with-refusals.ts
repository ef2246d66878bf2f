import { partsOf, timeIn } from '../model/cell.ts';
import type { Change } from '../model/collected.ts';
import { fits } from '../model/labels.ts';
import type { LoadWindow } from '../model/load-record.ts';
import type { Reading } from '../model/reading.ts';
import type { Row } from '../model/sheet.ts';
import { seconds } from '../model/units.ts';

/** What is killed comes back, and tells that it was killed, some seconds later. */
export const toldAfter = 30;

/**
 * The rows with those changes that a resource at its limit caused as its refusals, so many a second in each window, also of one that nobody reads. They stand instead of what its exporter
 * counts: the count of kills of a container goes with the container.
 */
export function withRefusals(
  rows: readonly Row[],
  windows: readonly LoadWindow[],
  changes: readonly Change[],
): readonly Row[] {
  const caused = changes.flatMap((change) => (change.refusedBy ? [{ ...change, by: change.refusedBy }] : []));
  if (caused.length === 0) return rows;
  const of = ({ resource, at }: Row): typeof caused =>
    caused.filter(
      ({ component, by, labels }) =>
        component === resource.component && by.resource.resource === resource.resource && fits(at, labels),
    );
  const added = rows.flatMap((row): readonly Row[] => {
    const [first, ...rest] = row.role === 'usage' ? of(row) : [];
    if (!first) return [];
    const times = [first, ...rest].map(({ at }) => at);
    const readings = readingsOf(times, windows);
    return [{ ...row, role: 'refusals', readings, floor: 0, atLimit: true, evidence: first.by.evidence }];
  });
  const unseen = caused.filter((change) => !rows.some((row) => row.role === 'usage' && of(row).includes(change)));
  return [
    ...rows.filter((row) => row.role !== 'refusals' || of(row).length === 0),
    ...added,
    ...[...Map.groupBy(unseen, ({ by }) => `${by.resource.component}/${by.resource.resource}`).values()].flatMap(
      (all) => refusedUnseen(all, windows),
    ),
  ];
}

type Caused = Change & { readonly by: NonNullable<Change['refusedBy']> };

/** What refused at its limit, of which nobody tells how full it was: all its instances as one. */
function refusedUnseen(changes: readonly Caused[], windows: readonly LoadWindow[]): readonly Row[] {
  const [first] = changes;
  if (!first) return [];
  const { resource, evidence } = first.by;
  const untold = windows.map((): Reading => ({ kind: 'absent', why: 'no-series' }));
  const usage: Row = { resource, at: {}, role: 'usage', readings: untold, interval: seconds(1), floor: 0, evidence };
  const readings = readingsOf(
    changes.map(({ at }) => at),
    windows,
  );
  return [usage, { ...usage, role: 'refusals', readings, atLimit: true }];
}

/** Of traffic that is watched nothing is told any more where all that tells of it are killed: that belongs to the last window before. */
const afterAll = <T>(begun: readonly T[], windows: readonly LoadWindow[]): T | undefined =>
  windows.every(({ health }) => health.verdict === 'foreign') ? begun.at(-1) : undefined;

/** Each belongs to the window that began last before it was told; or to the next one, whose load had begun, if that one was over by then. */
function readingsOf(times: readonly number[], windows: readonly LoadWindow[]): readonly Reading[] {
  const counts = windows.map(() => 0);
  const parts = windows
    .flatMap((window, i) => partsOf(window).map(({ from, to }) => ({ i, from, to })))
    .toSorted((a, b) => a.from - b.from);
  for (const time of times) {
    const begun = parts.filter(({ from }) => from <= time);
    const last = begun.findLast(({ to }) => time <= to + toldAfter);
    const found = last ?? (begun.length > 0 ? (parts[begun.length] ?? afterAll(begun, windows)) : undefined);
    if (found) counts[found.i] = (counts[found.i] ?? 0) + 1;
  }
  return windows.map((window, i) => {
    const value = (counts[i] ?? 0) / timeIn(window);
    return { kind: 'value', value, blocks: [value, value, value, value], samples: 1 };
  });
}
