import { amount, number } from '../model/in-words.ts';
import type { LimitTerm } from '../model/limit.ts';
import { type Bounds, isExact } from './bounds.ts';

/** An amount with its unit, one of it in the singular: "4 pods", "1 pod", "2 GiB". */
export function counted(value: number, unit: string): string {
  const text = amount(value, unit);
  return number(value) === '1' ? text.replace(/s$/, '') : text;
}

/** Bounds without their unit, unless they are bytes: "400", "400 to 450", "at least 400", "up to 37". */
export function said({ low, high }: Bounds, unit = ''): string {
  const say = (value: number): string => (unit === 'bytes' ? amount(value, unit) : number(value));
  if (isExact({ low, high })) return say(low);
  if (!Number.isFinite(high)) return `at least ${say(low)}`;
  return low === 0 ? `up to ${say(high)}` : `${say(low)} to ${say(high)}`;
}

/** Bounds as a report holds them. */
export const termBounds = ({ low, high }: Bounds): Pick<LimitTerm, 'value'> => ({
  value: { low, high: Number.isFinite(high) ? high : null },
});
