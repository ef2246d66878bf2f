import { isOpen, knownCarried } from '../model/headroom.ts';
import { amount, beside, interval, number, percent, rate } from '../model/in-words.ts';
import type { Interval } from '../model/interval.ts';
import type { Report } from '../model/report.ts';

type Resource = Report['resources'][number];
type Headroom = NonNullable<Report['headroom']>;
type OwnCapacity = NonNullable<Resource['capacity']>;

const references = {
  expected: 'the expected load',
  history: 'the usual peak load',
  current: 'the load at the end of the window',
} as const satisfies Record<Headroom['reference'], string>;

const provenances = {
  reached: 'reached',
  'lower-bound': 'not reached',
  extrapolated: 'extrapolated',
} as const satisfies Record<NonNullable<Report['capacity']>['provenance'], string>;

const bindings = {
  physical: 'goodput follows no further',
  objective: 'an objective is crossed beyond it',
  backlog: 'beyond it work piles up',
} as const satisfies Record<NonNullable<Report['capacity']>['binds'], string>;

/** The one number to draw or to sort by: the point, else the side that is known. */
export function pointOf(value: Interval): number {
  if (value.kind === 'interval') return value.value;
  return value.kind === 'at-least' ? value.low : value.high;
}

/** "193/s (191/s to 195/s), reached: goodput follows no further"; "240/s (200/s to 270/s), extrapolated: if use goes on as it does"; "at least 240/s, not reached" */
export function capacityText({ rate: found, provenance, binds }: NonNullable<Report['capacity']>): string {
  const goesOn = provenance === 'extrapolated' && binds === 'physical';
  const why = provenance === 'lower-bound' ? '' : `: ${goesOn ? 'if use goes on as it does' : bindings[binds]}`;
  return `${rangeText(found, rate)}, ${provenances[provenance]}${why}`;
}

/** A number with its interval: "193/s (191/s to 195/s)", "at least 240/s"; an interval that words cannot tell from its point is left out. */
export function rangeText(value: Interval, say: (value: number) => string): string {
  const isPoint = value.kind === 'interval' && say(value.low) === say(value.high);
  return isPoint ? say(value.value) : interval(value, say);
}

/** "22 % (21 % to 23 %) at 150/s, the expected load; 43/s to spare, 1.29 times the load"; where a bound tells nothing of it: "not known at 150/s, the expected load: no more than 120/s is known to be carried" */
export function headroomText(headroom: Headroom): string {
  const { ratio, load, reference, spare, multiplier, because } = headroom;
  const at = `at ${rate(load)}, ${references[reference]}`;
  if (isOpen(headroom)) return `${headroomFigure(headroom)} ${at}: ${knownCarried(headroom)}`;
  if (because !== undefined) return `${headroomFigure(headroom)} ${at}: ${because}`;
  if (isFallenShort(ratio)) return `${headroomFigure(headroom)} ${at}; ${boundText(multiplier, number)} times the load`;
  return `${rangeText(ratio, percent)} ${at}; ${spareText(spare)}, ${boundText(multiplier, number)} times the load`;
}

/** What a headroom comes to, in the word or the number that its text begins with: "22 %", "at least 45 %", "not known", "none". */
export function headroomFigure(headroom: Headroom): string {
  if (isOpen(headroom)) return 'not known';
  return isFallenShort(headroom.ratio) ? 'none' : boundText(headroom.ratio, percent);
}

const isFallenShort = (ratio: Interval): boolean => ratio.kind === 'at-most' && ratio.high <= 0;

function spareText(spare: Interval): string {
  const short = pointOf(spare) < 0;
  if (short && spare.kind === 'interval') return `${rate(-spare.value)} too little`;
  return `${boundText(spare, rate)} to spare`;
}

/** A number without its interval: "43/s", "at least 43/s". */
export function boundText(value: Interval, say: (value: number) => string): string {
  return value.kind === 'interval' ? say(value.value) : interval(value, say);
}

/** "452/s (431/s to 476/s), 1.81 times the highest load"; "at least 123/s, and would end near 159/s if its use went on as it does"; what was reached is said by the number alone. */
export function ownCapacityText(capacity: OwnCapacity): string {
  const found = rangeText(capacity.rate, rate);
  if (capacity.provenance === 'reached') return found;
  if (capacity.provenance === 'upper-bound')
    return capacity.rate.kind === 'at-most' ? found : `${found}, an upper bound`;
  if (capacity.rate.kind === 'interval') return `${found}, ${number(capacity.extrapolation)} times the highest load`;
  if (capacity.indicative === undefined) return found;
  return `${found}, and would end near ${rate(capacity.indicative)} if its use went on as it does`;
}

/** "180/s to 210/s"; "up to 60/s" where it was saturated from the first window on. */
export function onsetText(load: { readonly above: number | null; readonly upTo: number }): string {
  return load.above === null ? `up to ${rate(load.upTo)}` : `${rate(load.above)} to ${rate(load.upTo)}`;
}

/** "2 of 2 connections"; "0.33 of 2 cores"; "46 requests" where no ceiling is known. */
export function peakText(peak: Resource['peak'], unit: string): string {
  if (peak === null) return 'no reading';
  if (peak.ceiling === null) return amount(peak.usage, unit);
  if (unit === 'ratio' && peak.ceiling === 1) return percent(peak.usage);
  return `${beside(peak.usage, unit)} of ${amount(peak.ceiling, unit)}`;
}
