import { amount, number } from '../model/in-words.ts';
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

/** Bounds with their unit: "100 connections", "90 to 96 connections". */
export function saidWith(bounds: Bounds, unit: string): string {
  if (isExact(bounds)) return counted(bounds.low, unit);
  return unit === 'bytes' ? said(bounds, unit) : `${said(bounds)} ${unit}`;
}
