import type { Random } from '../../model/random.ts';
import type { Reading } from '../../model/reading.ts';
import type { Sheet } from '../../model/sheet.ts';
import { sum } from '../../stats/sum.ts';

/**
 * One bootstrap replicate of a sheet: in each window consecutive blocks are drawn with replacement, the same draw for every row,
 * so that what moved together stays together (analysis 3.3, joint bootstrap of time blocks within a step).
 *
 * @param wanted positions of the rows to draw; the others stay as they are
 */
export function resampled(sheet: Sheet, random: Random, wanted: ReadonlySet<number>): Sheet {
  const length = blockCount(sheet);
  const draws = sheet.windows.map(() => Array.from({ length }, random));
  const rows = sheet.rows.map((row, position) =>
    wanted.has(position)
      ? { ...row, readings: row.readings.map((reading, i) => redrawn(reading, draws[i] ?? [])) }
      : row,
  );
  return { ...sheet, rows };
}

/** Every window is cut into the same number of blocks. */
function blockCount({ rows }: Sheet): number {
  for (const { readings } of rows) {
    const cut = readings.find((reading) => reading.kind === 'value' && reading.blocks.length > 0);
    if (cut?.kind === 'value') return cut.blocks.length;
  }
  return 0;
}

/** The mean of the window moves as that of its blocks does: blocks of a counter reach a little before the window, and their mean is not quite its own. */
function redrawn(reading: Reading, draw: readonly number[]): Reading {
  if (reading.kind === 'absent' || reading.blocks.length === 0) return reading;
  const { blocks, value } = reading;
  const picked = draw.map((share) => blocks[Math.floor(share * blocks.length)] ?? value);
  return { ...reading, value: Math.max(0, value + meanOf(picked) - usualOf(blocks)) };
}

/** The mean of the blocks themselves, which is asked for in every replicate. */
const usual = new WeakMap<readonly number[], number>();
function usualOf(blocks: readonly number[]): number {
  const found = usual.get(blocks) ?? meanOf(blocks);
  usual.set(blocks, found);
  return found;
}

const meanOf = (values: readonly number[]): number => sum(values) / values.length;
