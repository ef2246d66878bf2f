import { amount, duration, percent, quantileName, rate, resourceName } from '../model/in-words.ts';
import type { Interval } from '../model/interval.ts';
import type { Report } from '../model/report.ts';
import { answering } from './answering.ts';
import { demandOf, sharedResources } from './demand-of.ts';
import { equalLoad } from './equal-load.ts';
import { isFitted } from './is-fitted.ts';
import { latencyAt } from './latency-at.ts';
import { peakGoodput } from './peak-goodput.ts';
import type { Pair } from './set-ups.ts';

/** One quantity that set-ups are compared by. */
export type Quantity = {
  readonly what: string;
  /** As in the comparison: base units. */
  readonly unit: string;
  readonly say: (value: number) => string;
  /** The largest relative standard deviation from run to run that is plausible: what is held against one run each, which cannot show its own. */
  readonly scatter: number;
  /** That of most systems: for how many repeats are worth planning. */
  readonly typical: number;
  /** Quantities of one family are corrected for their number. */
  readonly family: string;
  readonly read: (report: Report) => Interval | undefined;
};

/**
 * Repeats of one application benchmark scattered by up to 3.7 % in a public cloud over three months (Henning et al., FSE 2025, 2366 runs);
 * nearly three times that is held to be the most that is plausible. A latency, and the more so its tail, repeats worse.
 */
const steady = { scatter: 0.1, typical: 0.03 };
const restless = [
  { quantile: 0.5, scatter: 0.15, typical: 0.05 },
  { quantile: 0.95, scatter: 0.25, typical: 0.08 },
  { quantile: 0.99, scatter: 0.3, typical: 0.1 },
] as const;

const always: readonly Quantity[] = [
  {
    what: 'capacity',
    unit: '1/s',
    say: rate,
    ...steady,
    family: 'capacity',
    read: ({ capacity }) => capacity?.rate,
  },
  { what: 'peak goodput', unit: '1/s', say: rate, ...steady, family: 'goodput', read: peakGoodput },
];

/** Told where each side has a run that carries them. */
const bends: readonly Quantity[] = (['contention', 'coherency'] as const).map(
  (what): Quantity => ({
    what,
    unit: 'ratio',
    say: percent,
    ...steady,
    family: what,
    read: ({ scalability }) => (scalability.kind === 'fitted' ? scalability[what] : undefined),
  }),
);

/**
 * Everything that two sides can be compared by: what every report has, latency at a load that all saw, how throughput bends, and what a request costs each
 * resource that matters. Runs without an answer take no part in the choice: that they saw less load and fewer resources says nothing of the others.
 */
export function quantities({ earlier, later }: Pick<Pair, 'earlier' | 'later'>): readonly Quantity[] {
  const reports = [...answering(earlier), ...answering(later)];
  const load = equalLoad(reports);
  const latency: readonly Quantity[] =
    load === undefined
      ? []
      : restless.map(({ quantile, ...repeat }) => ({
          what: `${quantileName(quantile)} at ${rate(load)}`,
          unit: 'seconds',
          say: duration,
          ...repeat,
          family: 'latency',
          read: (report) => latencyAt(report, quantile, load),
        }));
  const demands = sharedResources(reports).map((shared): Quantity => {
    const { unit } = shared;
    return {
      what: `demand of ${resourceName(shared)}`,
      unit,
      say: (value) => amount(value, unit),
      ...steady,
      family: 'demand',
      read: (report) => demandOf(report, shared)?.perRequest,
    };
  });
  const bending = [earlier, later].every((side) => side.some(isFitted)) ? bends : [];
  return [...always, ...latency, ...bending, ...demands];
}
