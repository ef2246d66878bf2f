import { amount, duration, percent, rate } from '../model/in-words.ts';
import type { Interval } from '../model/interval.ts';
import type { Report } from '../model/report.ts';
import { demandOf, sharedResources } from './demand-of.ts';
import { equalLoad } from './equal-load.ts';
import { isFitted } from './is-fitted.ts';
import { p99At } from './p99-at.ts';
import { peakGoodput } from './peak-goodput.ts';
import type { Pair } from './set-ups.ts';

/** One quantity that set-ups are compared by. */
export type Quantity = {
  readonly what: string;
  /** As in the comparison: base units. */
  readonly unit: string;
  readonly say: (value: number) => string;
  /** The relative standard deviation from run to run that is assumed where one run each cannot show it. */
  readonly scatter: number;
  /** Quantities of one family are corrected for their number. */
  readonly family: string;
  readonly read: (report: Report) => Interval | undefined;
};

/** Throughput and demand repeat within a few percent on a quiet system; a p99 does not. */
const steady = 0.03;
const restless = 0.1;

const always: readonly Quantity[] = [
  {
    what: 'capacity',
    unit: '1/s',
    say: rate,
    scatter: steady,
    family: 'capacity',
    read: ({ capacity }) => capacity?.rate,
  },
  { what: 'peak goodput', unit: '1/s', say: rate, scatter: steady, family: 'goodput', read: peakGoodput },
];

/** Told where each side has a run that carries them. */
const bends: readonly Quantity[] = (['contention', 'coherency'] as const).map(
  (what): Quantity => ({
    what,
    unit: 'ratio',
    say: percent,
    scatter: steady,
    family: what,
    read: ({ scalability }) => (scalability.kind === 'fitted' ? scalability[what] : undefined),
  }),
);

/** Everything that two sides can be compared by: what every report has, p99 at a load that all saw, how throughput bends, and what a request costs each resource that matters. */
export function quantities({ earlier, later }: Pick<Pair, 'earlier' | 'later'>): readonly Quantity[] {
  const reports = [...earlier, ...later];
  const load = equalLoad(reports);
  const latency: readonly Quantity[] =
    load === undefined
      ? []
      : [
          {
            what: `p99 at ${rate(load)}`,
            unit: 'seconds',
            say: duration,
            scatter: restless,
            family: 'p99',
            read: (report) => p99At(report, load),
          },
        ];
  const demands = sharedResources(reports).map((shared): Quantity => {
    const { unit } = shared;
    return {
      what: `demand of ${shared.component} / ${shared.resource}`,
      unit,
      say: (value) => amount(value, unit),
      scatter: steady,
      family: 'demand',
      read: (report) => demandOf(report, shared)?.perRequest,
    };
  });
  const bending = [earlier, later].every((side) => side.some(isFitted)) ? bends : [];
  return [...always, ...latency, ...bending, ...demands];
}
