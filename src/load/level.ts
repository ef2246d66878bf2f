/** Mean and growth of a level that changes at known times, exactly and without keeping its history. */
export type Level = {
  /** The level is `value` from `time` (s since the beginning, never falling) on. */
  readonly set: (time: number, value: number) => void;
  /** Over the time up to the last `set`: the mean, and the least-squares slope a second; undefined before any time has passed. */
  readonly read: () => { readonly mean: number; readonly growth: number } | undefined;
};

/** With A = ∫y dt and M = ∫t·y dt over [0, T] the mean is A / T, and the slope of the best line is 12 (M − A·T/2) / T³. */
export function levelOf(): Level {
  let at = 0;
  let level = 0;
  let area = 0;
  let moment = 0;
  return {
    set(time, value) {
      area += level * (time - at);
      moment += (level * (time ** 2 - at ** 2)) / 2;
      at = time;
      level = value;
    },
    read: () => (at <= 0 ? undefined : { mean: area / at, growth: (12 * (moment - (area * at) / 2)) / at ** 3 }),
  };
}
