import type { Report } from '../model/report.ts';
import { nameOf } from './naming.ts';
import { capacityText, headroomText, ownCapacityText } from './wording.ts';

/** One line under the verdict: what it is about, and what was found. */
export type Fact = { readonly label: string; readonly text: string };

/** Capacity, headroom, what comes next and what lifting the limit gives; what is not known says so once. */
export function headline(report: Report): readonly Fact[] {
  const { capacity, headroom, current, next, remedy } = report;
  return [
    { label: 'capacity', text: capacity === null ? 'not known from this run' : capacityText(capacity) },
    { label: 'headroom', text: headroom === null ? withoutHeadroom(report) : headroomText(headroom) },
    ...(current === null ? [] : [{ label: 'now', text: headroomText(current) }]),
    ...(next === null ? [] : [{ label: 'next', text: `${nameOf(next)} at ${ownCapacityText(next.capacity)}` }]),
    ...(remedy === null ? [] : [{ label: 'remedy', text: remedy }]),
  ];
}

function withoutHeadroom(report: Report): string {
  if (report.capacity === null) return 'not known without a capacity';
  return 'not stated: no load is known to hold it against; "expect" in the configuration gives one';
}
