import type { Report } from '../model/report.ts';

/** Names runs by their place among those compared: "run 1", "runs 1 and 2", "runs 1, 2 and 3". */
export function runNames(reports: readonly Report[]): (some: readonly Report[]) => string {
  return (some) => {
    const places = some.map((report) => String(reports.indexOf(report) + 1));
    const last = places.at(-1) ?? '';
    return places.length < 2 ? `run ${last}` : `runs ${places.slice(0, -1).join(', ')} and ${last}`;
  };
}
