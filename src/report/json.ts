import type { Comparison } from '../model/comparison.ts';
import type { Report } from '../model/report.ts';

/** A report or a comparison as it is published, one value a line; reading it gives the same value back. */
export function json(document: Report | Comparison): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
