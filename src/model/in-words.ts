import type { Interval } from './interval.ts';

/** Numbers as people read them: three significant digits, no trailing zeros. */
export function number(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? 'unlimited' : String(value);
  if (Math.abs(value) >= 100) return String(Math.round(value));
  return String(Number(value.toPrecision(3)));
}

/** "193/s" */
export const rate = (value: number): string => `${number(value)}/s`;

/** "50 users", "1 user" */
export const users = (count: number): string => `${number(count)} ${count === 1 ? 'user' : 'users'}`;

/** "37 %" */
export const percent = (value: number): string => `${number(value * 100)} %`;

/** "12 ms", "1.2 s", "3 min", "5.5 h", "4 days" */
export function duration(value: number): string {
  if (value >= 172_800) return `${number(value / 86_400)} days`;
  if (value >= 10_800) return `${number(value / 3600)} h`;
  if (value >= 120) return `${number(value / 60)} min`;
  if (value >= 1) return `${number(value)} s`;
  if (value >= 0.001) return `${number(value * 1000)} ms`;
  if (value === 0) return '0 s';
  return `${number(value * 1e6)} µs`;
}

/** "p99", "p99.9" */
export const quantileName = (quantile: number): string => `p${Number((quantile * 100).toPrecision(4))}`;

/** An amount with its unit, as in "2 cores", "1.5 GiB", "125 MB/s". */
export const amount = (value: number, unit: string): string => sized(value, unit) ?? `${number(value)} ${unit}`;

/** An amount beside another of the same unit, which names it: "2" before "of 4 cores", but "1 GiB" before "of 4 GiB". */
export const beside = (value: number, unit: string): string => sized(value, unit) ?? number(value);

/** Units whose amounts are told in larger or smaller ones; undefined of all others. */
function sized(value: number, unit: string): string | undefined {
  if (unit === 'bytes') return bytes(value);
  if (unit === 'bytes/s') return bytesPerSecond(value);
  if (unit === 'seconds') return duration(value);
  return unit === 'ratio' ? percent(value) : undefined;
}

/** A value as a pack words it: `worded(0.004, '$seconds an operation') // => '4 ms an operation'`. */
export const worded = (value: number, reads: string): string =>
  reads.replace(/\$(\w+)/, (_, unit: string) => (unit === 'number' ? number(value) : amount(value, unit)));

function bytes(value: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, value)) / 10)));
  return `${number(value / 1024 ** power)} ${units[power]}`;
}

/** Networks and disks are rated in powers of ten. */
function bytesPerSecond(value: number): string {
  const units = ['B/s', 'kB/s', 'MB/s', 'GB/s', 'TB/s'];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, value)) / 3)));
  return `${number(value / 1000 ** power)} ${units[power]}`;
}

/** "193/s (191–195)", "at least 240/s", "at most 500/s"; `say` words one number. */
export function interval(value: Interval, say: (value: number) => string = rate): string {
  if (value.kind === 'at-least') return `at least ${say(value.low)}`;
  if (value.kind === 'at-most') return `at most ${say(value.high)}`;
  return `${say(value.value)} (${say(value.low)} to ${say(value.high)})`;
}

/** Places counted from 0, as people count them: "1", "1 and 2", "1 to 3 and 7". */
export function placesInWords(places: readonly number[]): string {
  const starts = places.map((_, i) => i).filter((i) => places[i] !== (places[i - 1] ?? Number.NaN) + 1);
  const stretches = starts.map((start, i) => places.slice(start, starts[i + 1]));
  const words = stretches.flatMap((stretch) => {
    const [first = 0, last = 0] = [stretch[0], stretch.at(-1)];
    return stretch.length > 2 ? [`${first + 1} to ${last + 1}`] : stretch.map((place) => String(place + 1));
  });
  const before = words.slice(0, -1);
  return before.length === 0 ? (words[0] ?? '') : `${before.join(', ')} and ${words.at(-1)}`;
}

/** A resource as a reader is told of it: "api / pool". */
export const resourceName = ({
  component,
  resource,
}: {
  readonly component: string;
  readonly resource: string;
}): string => `${component} / ${resource}`;
