import type { Think } from '../model/think.ts';
import { type PerSecond, perSecond, type Ratio, ratio, type Seconds, seconds } from '../model/units.ts';

const durations: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86400 };
const rates: Readonly<Record<string, number>> = { s: 1, min: 60, h: 3600 };
const bytes: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
};

/**
 * A duration as it is written, in seconds. The text has passed its schema.
 *
 * @example durationOf('1m30s') // => 90
 */
export function durationOf(text: string): Seconds {
  const parts = [...text.matchAll(/([0-9.]+)(ms|s|m|h|d)/g)];
  return seconds(parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (durations[unit ?? ''] ?? 0), 0));
}

/**
 * A pause as it is written. The text has passed its schema.
 *
 * @example thinkOf('1s..3s') // => { kind: 'uniform', from: 1, to: 3 }
 */
export function thinkOf(text: string): Think {
  const [shape, mean = '', deviation = ''] = text.split(' ');
  if (shape === 'exponential') return { kind: 'exponential', mean: durationOf(mean) };
  if (shape === 'lognormal') return { kind: 'lognormal', mean: durationOf(mean), deviation: durationOf(deviation) };
  const [from = '', to] = text.split('..');
  if (to === undefined) return { kind: 'fixed', for: durationOf(from) };
  return { kind: 'uniform', from: durationOf(from), to: durationOf(to) };
}

/** @example rateOf('120/min') // => 2 a second */
export function rateOf(text: string): PerSecond {
  const [amount = '', unit = 's'] = text.split('/');
  return perSecond(Number(amount) / (rates[unit] ?? 1));
}

/** @example shareOf('1%') // => 0.01 */
export const shareOf = (text: string): Ratio => ratio(Number(text.slice(0, -1)) / 100);

/**
 * A stated ceiling in the unit of its resource, or undefined where it is written in another unit.
 *
 * @example amountOf('2 cores', 'cores') // => 2
 * @example amountOf('3000/s', 'operations/s') // => 3000
 * @example amountOf('4 GiB', 'bytes') // => 4294967296
 * @example amountOf('125 MB/s', 'bytes/s') // => 125000000
 */
export function amountOf(text: string, unit: string): number | undefined {
  const [, amount, rest = ''] = /^([0-9.]+) ?(.*)$/.exec(text) ?? [];
  const written = rest.trim();
  const size = unit === 'bytes/s' && written.endsWith('/s') ? written.slice(0, -2) : unit === 'bytes' ? written : '';
  if (Object.hasOwn(bytes, size)) return Number(amount) * (bytes[size] ?? 1);
  const allowed = [unit, unit.replace(/s$/, ''), unit.replace(/^[^/]*(?=\/)/, '')];
  return allowed.includes(written) ? Number(amount) : undefined;
}

/** How a ceiling in this unit would be written, for a message. */
export const exampleOf = (unit: string): string =>
  unit === 'bytes' ? '4 GiB' : unit === 'bytes/s' ? '125 MB/s' : unit.endsWith('/s') ? '3000/s' : `2 ${unit}`;
