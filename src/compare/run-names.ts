import { placesInWords } from '../model/in-words.ts';
import type { Report } from '../model/report.ts';

/** Names runs by their place among those compared: "run 1", "runs 1 and 2", "runs 1 to 3 and 7". */
export function runNames(reports: readonly Report[]): (some: readonly Report[]) => string {
  return (some) =>
    `${some.length > 1 ? 'runs' : 'run'} ${placesInWords(some.map((report) => reports.indexOf(report)))}`;
}
