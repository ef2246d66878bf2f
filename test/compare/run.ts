import type { Report } from '../../src/model/report.ts';
import { blank } from '../report/fixtures/parts.ts';

/** A run with nothing found but what is given. */
export function run(id: string, found: Partial<Report> = {}): Report {
  return { ...blank, run: { ...blank.run, id }, ...found };
}
