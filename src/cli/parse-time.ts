import { fault } from '../faults.ts';
import { type Epoch, epoch } from '../model/units.ts';

const secondsPer: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86400 };
const iso = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * A time as people write it on the command line: ISO 8601 (without a zone it is UTC), seconds since 1970, `now`, or how long ago (`-30m`).
 *
 * @example parseTime('-30m', epoch(1_800_000_000)) // => 1799998200
 */
export function parseTime(text: string, now: Epoch): Epoch {
  if (text === 'now') return now;
  const ago = /^-(\d+(?:\.\d+)?)([smhd])$/.exec(text);
  if (ago) return epoch(now - Number(ago[1]) * (secondsPer[ago[2] ?? ''] ?? 0));
  if (/^\d{9,11}(\.\d+)?$/.test(text)) return epoch(Number(text));
  const instant = iso.test(text) ? Date.parse(withZone(text)) : Number.NaN;
  if (Number.isFinite(instant)) return epoch(instant / 1000);
  throw fault('USAGE', [`"${text}" is not a time: write 2026-01-31T14:00:00Z, seconds since 1970, -30m, or now`]);
}

function withZone(text: string): string {
  if (!text.includes('T')) return `${text}T00:00:00Z`;
  return /(Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text}Z`;
}
