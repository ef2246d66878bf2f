import { type Generator, type LoadResults, type Round, type Spread, spreadOf } from './results.ts';

/** One thing that the engine is held to, and what was measured of it. */
export type Target = {
  readonly name: string;
  readonly wanted: string;
  readonly measured: Spread | undefined;
  readonly met: boolean | undefined;
};

/** Requests a second of a whole core, ours divided by another's in the same round. */
const timesAs =
  (other: Generator) =>
  ({ saturated }: Round): number | undefined => {
    const [ours, theirs] = [saturated?.plimsoll, saturated?.[other]];
    return ours && theirs ? ours.perCpuSecond / theirs.perCpuSecond : undefined;
  };

const truthOf =
  (delay: number, read: (truth: NonNullable<Round['truth']>[number]) => number) =>
  ({ truth }: Round) => {
    const told = truth?.find((one) => one.delay === delay);
    return told && read(told);
  };

type Row = {
  readonly name: string;
  readonly unit: string;
  readonly bound: 'at least' | 'at most';
  readonly than: number;
  readonly read: (round: Round) => number | undefined;
};

const megabyte = 1e6;
const rows: readonly Row[] = [
  {
    name: 'requests a core against the bare undici ring',
    unit: '×',
    bound: 'at least',
    than: 0.8,
    read: timesAs('bare'),
  },
  { name: 'against autocannon', unit: '×', bound: 'at least', than: 1, read: timesAs('autocannon') },
  { name: 'against k6', unit: '×', bound: 'at least', than: 4, read: timesAs('k6') },
  { name: 'against Locust (FastHttpUser)', unit: '×', bound: 'at least', than: 5, read: timesAs('locust') },
  {
    name: 'walks in sessions against k6',
    unit: '×',
    bound: 'at least',
    than: 2,
    read: ({ sessions }) =>
      sessions?.plimsoll && sessions.k6 && sessions.plimsoll.perCpuSecond / sessions.k6.perCpuSecond,
  },
  {
    name: 'schedule lag p99 at 50 % of the maximum',
    unit: 'ms',
    bound: 'at most',
    than: 2,
    read: ({ steps }) => steps?.find(({ share }) => share === 0.5)?.lag[1],
  },
  {
    name: 'resident memory at 10 000/s',
    unit: 'MB',
    bound: 'at most',
    than: 150,
    read: ({ tenThousand }) => tenThousand && tenThousand.resident / megabyte,
  },
  {
    name: 'a request in flight, above the bare ring',
    unit: 'KB',
    bound: 'at most',
    than: 4,
    read: ({ perInFlight }) => perInFlight && (perInFlight.plimsoll - perInFlight.bare) / 1024,
  },
  ...[1, 20].flatMap((delay): readonly Row[] => [
    {
      name: `service time beyond an injected ${delay} ms (median)`,
      unit: 'ms',
      bound: 'at most',
      than: Math.max(0.2, 0.02 * delay),
      read: truthOf(delay, ({ service, injected }) => service[0] - injected[0]),
    },
    {
      name: `time from the intended start beyond ${delay} ms and the lag (median)`,
      unit: 'ms',
      bound: 'at most',
      than: Math.max(0.2, 0.02 * delay),
      read: truthOf(delay, ({ response, injected, lag }) => response[0] - injected[0] - lag[0]),
    },
  ]),
];

/** The targets in their order; what was not measured is neither met nor missed. */
export function targetsOf({ rounds }: LoadResults): readonly Target[] {
  return rows.map(({ name, unit, bound, than, read }) => {
    const measured = spreadOf(rounds.map(read));
    const met = measured && (bound === 'at least' ? measured.median >= than : measured.median <= than);
    return { name, wanted: `${bound} ${than} ${unit}`, measured, met };
  });
}
