/** What is known of a level over some time: its mean, how much it grew each second, and the standard error of the mean. */
export type LevelRead = { readonly mean: number; readonly growth: number; readonly error: number };

/** Mean, growth and scatter of a level that changes at known times, exactly and without keeping its history. */
export type Level = {
  /** The level is `value` from `time` (s since the beginning, never falling) on. */
  readonly set: (time: number, value: number) => void;
  /** Over the time up to the last `set`; undefined before any time has passed. */
  readonly read: () => LevelRead | undefined;
};

/** Into so many parts the time is cut for the error of the mean: work that comes in bursts shows as parts that differ (batch means, Conway 1963). */
const parts = 10;

/**
 * With A = ∫y dt and M = ∫t·y dt over [0, T] the mean is A / T, and the slope of the best line is 12 (M − A·T/2) / T³.
 *
 * @param length how long it will last (s); what comes later counts for the last part
 */
export function levelOf(length: number): Level {
  const areas = new Float64Array(parts);
  const width = length / parts;
  let at = 0;
  let level = 0;
  let area = 0;
  let moment = 0;
  function spread(until: number): void {
    for (let part = Math.min(parts - 1, Math.floor(at / width)); at < until; part += 1) {
      const end = part >= parts - 1 ? until : Math.min(until, (part + 1) * width);
      const place = Math.min(part, parts - 1);
      areas[place] = (areas[place] ?? 0) + level * Math.max(0, end - at);
      at = Math.max(at, end);
    }
  }
  return {
    set(time, value) {
      area += level * (time - at);
      moment += (level * (time ** 2 - at ** 2)) / 2;
      spread(time);
      at = time;
      level = value;
    },
    read() {
      if (at <= 0) return undefined;
      return { mean: area / at, growth: (12 * (moment - (area * at) / 2)) / at ** 3, error: errorOf(areas, width) };
    },
  };
}

function errorOf(areas: Float64Array, width: number): number {
  const mean = areas.reduce((sum, area) => sum + area, 0) / areas.length;
  const squares = areas.reduce((sum, area) => sum + (area - mean) ** 2, 0);
  return Math.sqrt(squares / (areas.length - 1) / areas.length) / width;
}
