import { numberOf, type Reading } from '../model/reading.ts';
import type { Row } from '../model/sheet.ts';
import { isOf } from './belongs.ts';

/** So much above a ceiling, and it was lifted. */
const above = 1.02;

/**
 * A ceiling that was told before and is not now stands, as long as what is used is told and stays below it: an exporter that is itself short of something (descriptors, workers) tells the one and not the
 * other. Windows stand in the order of time.
 */
export function withCeilingsHeld(rows: readonly Row[]): readonly Row[] {
  return rows.map((row) => {
    if (row.role !== 'ceiling' || row.readings.every(({ kind }) => kind === 'value')) return row;
    const usages = rows.filter((one) => one.role === 'usage' && isOf(one, row));
    return usages.length === 0 ? row : { ...row, readings: heldIn(row.readings, usages) };
  });
}

function heldIn(readings: readonly Reading[], usages: readonly Row[]): readonly Reading[] {
  let last: Reading | undefined;
  return readings.map((reading, i) => {
    if (reading.kind === 'value') {
      last = reading;
      return reading;
    }
    const ceiling = numberOf(last);
    const used = usages.flatMap((usage) => numberOf(usage.readings[i]) ?? []);
    const stands = ceiling !== undefined && used.length > 0 && used.every((value) => value <= above * ceiling);
    if (!stands) last = used.length > 0 ? undefined : last;
    return stands && last ? last : reading;
  });
}
