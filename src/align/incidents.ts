import { further } from '../model/further.ts';
import type { Window } from '../model/sheet.ts';
import { median } from '../stats/median.ts';

/** More than this share of the answers fails, beyond what usually does. */
const failing = 0.03;
/** On so many other days or more a load must have been carried. */
const leastDays = 2;

/**
 * Of days: what failed on one of them alone, of a load that several others carried, is an incident of that day and nothing that the load tells of; it supports no claim about the load.
 * Where more failed on that day at a load that no other day carried, it is overload, whatever the answers fell to in it.
 */
export function withoutIncidents(windows: readonly Window[]): readonly Window[] {
  if (windows.length === 0 || windows.some(({ cell }) => !cell)) return windows;
  const usual = median(windows.map(({ errors }) => errors));
  const ofSetUp = Map.groupBy(windows, ({ aside }) => aside?.because);
  return windows.map((window) => {
    const own = ofSetUp.get(window.aside?.because) ?? [];
    return isIncident(window, own, (one) => one.errors > usual + failing)
      ? {
          ...window,
          aside: { kind: 'data-invalid', because: 'much failed of a load that other days carried', incident: true },
        }
      : window;
  });
}

function isIncident(window: Window, windows: readonly Window[], fails: (window: Window) => boolean): boolean {
  if (!fails(window)) return false;
  const today = window.cell?.block;
  const failed = windows.filter((one) => fails(one) && one.load * further >= window.load);
  if (failed.some(({ cell }) => cell?.block !== today)) return false;
  const most = Math.max(...failed.map(({ load }) => load));
  const carried = windows.filter((one) => !fails(one) && one.cell?.block !== today && one.load * further >= most);
  return new Set(carried.map(({ cell }) => cell?.block)).size >= leastDays;
}
