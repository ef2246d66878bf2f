/** An axis with everything said: where it ends, where its ticks are and what they say. */
export type Axis = {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly isLogarithmic: boolean;
  readonly ticks: readonly number[];
  readonly texts: readonly string[];
};

/** Ticks 1, 2 or 5 times a power of ten apart, about `count` of them, from `min` to `max`. */
export function evenTicks(min: number, max: number, count: number): readonly number[] {
  const rough = (max - min) / Math.max(1, count);
  if (!(rough > 0)) return [min];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5].findLast((each) => each * power <= rough * 1.1) ?? 1) * power;
  const first = Math.ceil(min / step - 1e-9);
  const last = Math.floor(max / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

/** An even axis from 0 that holds all values. */
export function evenAxis(label: string, values: readonly number[], say: (value: number) => string): Axis {
  return axisFrom(0, label, values, say);
}

/** An axis of loads: from 0, unless they all lie far from it, as those of an observed window may. */
export function loadAxis(label: string, loads: readonly number[], say: (value: number) => string): Axis {
  const highest = Math.max(0, ...loads);
  const lowest = Math.min(highest, ...loads);
  return axisFrom(lowest > 0.6 * highest ? lowest - 0.1 * (highest - lowest) : 0, label, loads, say);
}

function axisFrom(min: number, label: string, values: readonly number[], say: (value: number) => string): Axis {
  const highest = Math.max(min, ...values);
  const max = highest > min ? highest + 0.04 * (highest - min) : min + 1;
  const ticks = evenTicks(min, max, 5);
  return { label, min, max, isLogarithmic: false, ticks, texts: ticks.map((tick) => (tick === 0 ? '0' : say(tick))) };
}

/** An axis for what spans orders of magnitude: logarithmic from a factor of 20 on, else even. */
export function wideAxis(label: string, values: readonly number[], say: (value: number) => string): Axis {
  const above = values.filter((value) => value > 0);
  const [lowest, highest] = [Math.min(...above), Math.max(...above)];
  if (above.length === 0 || highest < 20 * lowest) return evenAxis(label, values, say);
  const [min, max] = [lowest / 1.5, highest * 1.5];
  const powers = Array.from({ length: 30 }, (_, index) => 10 ** (index - 12));
  const marks = max / min > 2000 ? [1] : [1, 3];
  const ticks = powers
    .flatMap((power) => marks.map((mark) => mark * power))
    .filter((tick) => tick >= min && tick <= max);
  return { label, min, max, isLogarithmic: true, ticks, texts: ticks.map((tick) => say(Number(tick.toPrecision(3)))) };
}

/** The axis of shares of a ceiling: 0 to 100 %, or further where something was beyond its ceiling. */
export function shareAxis(label: string, values: readonly number[], say: (value: number) => string): Axis {
  const highest = Math.max(1, ...values);
  const ticks = highest <= 1.2 ? [0, 0.25, 0.5, 0.75, 1] : evenTicks(0, highest, 5);
  return { label, min: 0, max: highest * 1.06, isLogarithmic: false, ticks, texts: ticks.map(say) };
}
