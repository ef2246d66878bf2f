import { partsOf, timeIn } from '../model/cell.ts';
import type { Change } from '../model/collected.ts';
import { fits } from '../model/labels.ts';
import type { LoadWindow } from '../model/load-record.ts';
import type { Reading } from '../model/reading.ts';
import type { Row } from '../model/sheet.ts';

/** What is killed comes back, and tells that it was killed, some seconds later. */
export const toldAfter = 30;

/**
 * The rows with those changes that a resource at its limit caused as its refusals, so many a second in each window. They stand instead of what its exporter
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
        component === resource.component && by.resource === resource.resource && fits(at, labels),
    );
  const added = rows.flatMap((row): readonly Row[] => {
    const [first, ...rest] = row.role === 'usage' ? of(row) : [];
    if (!first) return [];
    const times = [first, ...rest].map(({ at }) => at);
    const readings = readingsOf(times, windows);
    return [{ ...row, role: 'refusals', readings, floor: 0, atLimit: true, evidence: first.by.evidence }];
  });
  return [...rows.filter((row) => row.role !== 'refusals' || of(row).length === 0), ...added];
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
