import type { Random } from '../model/random.ts';
import type { Reading } from '../model/reading.ts';
import type { Sheet } from '../model/sheet.ts';

/**
 * One bootstrap replicate of a sheet: in each window consecutive blocks are drawn with replacement, the same draw for every row,
 * so that what moved together stays together (analysis 3.3, joint bootstrap of time blocks within a step).
 */
export function resampled(sheet: Sheet, random: Random): Sheet {
  const draws = sheet.windows.map(() => Array.from({ length: blockCount(sheet) }, random));
  const rows = sheet.rows.map((row) => ({
    ...row,
    readings: row.readings.map((reading, i) => redrawn(reading, draws[i] ?? [])),
  }));
  return { ...sheet, rows };
}

function blockCount(sheet: Sheet): number {
  return Math.max(
    0,
    ...sheet.rows.flatMap((row) =>
      row.readings.map((reading) => (reading.kind === 'value' ? reading.blocks.length : 0)),
    ),
  );
}

function redrawn(reading: Reading, draw: readonly number[]): Reading {
  if (reading.kind === 'absent' || reading.blocks.length === 0) return reading;
  const picked = draw.map((share) => reading.blocks[Math.floor(share * reading.blocks.length)] ?? reading.value);
  return { ...reading, value: picked.reduce((sum, value) => sum + value, 0) / picked.length };
}
