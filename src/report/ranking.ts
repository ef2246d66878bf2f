import { percent, rate } from '../model/in-words.ts';
import type { Report } from '../model/report.ts';
import { namedAmong } from './naming.ts';
import { boundText, onsetText, peakText, pointOf, rangeText } from './wording.ts';

type Resource = Report['resources'][number];

/** One resource as every table of a report shows it; an empty text where nothing is known. */
export type Ranked = {
  readonly resource: Resource;
  readonly name: string;
  readonly peak: string;
  readonly onset: string;
  readonly capacity: string;
  /** What is left of it, 0 to 1: the number to rank by, between what it surely is and what it can be, and its words. */
  readonly left:
    | { readonly ratio: number; readonly low: number; readonly high: number; readonly text: string }
    | undefined;
};

/** The resources of a report, the one that limits first; `heading` says what is left of what. */
export type Ranking = { readonly heading: string; readonly rows: readonly Ranked[] };

const order = { root: 0, symptom: 1, starved: 2, busy: 3, bystander: 4, free: 5, blind: 6 } as const satisfies Record<
  Resource['state'],
  number
>;

/** Ranks by state, then by what is left, then by name. Without a reference load, what is left is counted at the peak. */
export function ranking(report: Report): Ranking {
  const isStated = report.resources.some(({ headroom }) => headroom !== null);
  const reference = isStated ? report.headroom?.load : undefined;
  const name = namedAmong(report.resources);
  const rows = report.resources.map((resource) => ranked(resource, name(resource), reference !== undefined));
  const heading = reference === undefined ? 'left at the peak' : `headroom at ${rate(reference)}`;
  return { heading, rows: rows.toSorted(byUrgency) };
}

function byUrgency(a: Ranked, b: Ranked): number {
  const states = order[a.resource.state] - order[b.resource.state];
  const left = (a.left?.ratio ?? 1) - (b.left?.ratio ?? 1);
  const full = (b.resource.peak?.ratio ?? 0) - (a.resource.peak?.ratio ?? 0);
  return states || left || full || (a.name < b.name ? -1 : 1);
}

function ranked(resource: Resource, name: string, againstReference: boolean): Ranked {
  const share = resource.peak?.ratio;
  const peak = peakText(resource.peak, resource.unit);
  return {
    resource,
    name,
    peak: typeof share === 'number' && resource.unit !== 'ratio' ? `${peak}, ${percent(share)}` : peak,
    onset: resource.onset === null ? '' : onsetText(resource.onset.load),
    capacity: resource.capacity === null ? '' : capacityIn(resource.capacity),
    left: againstReference ? headroomLeft(resource) : peakLeft(resource),
  };
}

function capacityIn({ rate: found, provenance }: NonNullable<Resource['capacity']>): string {
  const marks = {
    reached: '',
    extrapolated: ', extrapolated',
    'upper-bound': found.kind === 'at-most' ? '' : ', an upper bound',
  };
  return `${rangeText(found, rate)}${marks[provenance]}`;
}

function headroomLeft(resource: Resource): Ranked['left'] {
  if (resource.headroom === null) return undefined;
  const { ratio } = resource.headroom;
  return {
    ratio: inside(pointOf(ratio)),
    low: inside(ratio.kind === 'at-most' ? 0 : ratio.low),
    high: inside(ratio.kind === 'at-least' ? 1 : ratio.high),
    text: boundText(ratio, percent),
  };
}

function peakLeft(resource: Resource): Ranked['left'] {
  const share = resource.peak?.ratio ?? undefined;
  if (share === undefined) return undefined;
  const ratio = inside(1 - share);
  return { ratio, low: ratio, high: ratio, text: percent(ratio) };
}

const inside = (ratio: number): number => Math.min(1, Math.max(0, ratio));
