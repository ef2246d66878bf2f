import { duration, number, percent, rate } from '../model/in-words.ts';
import type { GeneratorHealth } from '../model/load-record.ts';
import { type PerSecond, ratio, type Seconds, seconds } from '../model/units.ts';
import type { Vitals } from './vitals-between.ts';

/** Everything that is known of how the generator fared in one measure phase. */
export type Measured = {
  readonly offered: PerSecond;
  /** Arrivals that were due, that were sent, and that were given up because the generator was late, or because of the cap on requests in flight. */
  readonly intended: number;
  readonly sent: number;
  readonly shedLate: number;
  readonly shedByCap: number;
  /** Requests of users that the limit on the rate held back. */
  readonly held?: number | undefined;
  /** How late requests were sent, and what the target took: the same lag matters less where answers take long. */
  readonly lagP99: Seconds | undefined;
  readonly responseP99: Seconds | undefined;
  /** Connections that the own machine refused: ports, file descriptors, buffers. */
  readonly localErrors: number;
  /** Requests that got no connection from the target, and those that were answered. */
  readonly notConnected: number;
  readonly answered: number;
  /** One a worker; undefined for one that did not report. */
  readonly workers: readonly (Vitals | undefined)[];
};

type Test = {
  /** The number, undefined where it could not be measured. */
  readonly read: (measured: Measured) => number | undefined;
  readonly suspect: (measured: Measured) => number;
  readonly limited: (measured: Measured) => number;
  readonly say: (value: number, measured: Measured) => string;
};

const always = (value: number) => (): number => value;
/** What makes a generator suspect, and nothing more. */
const never = always(Number.POSITIVE_INFINITY);
const lagAllowed = (least: number, share: number) => (measured: Measured) =>
  Math.max(least, share * (measured.responseP99 ?? 0));

/** Whether the target saw neither arrivals nor drops is looked at where its metrics are, and so is whether it was there at all: then the window is set aside. */
const path: Test = {
  read: ({ notConnected, answered, intended }) => (answered > 0 && intended > 0 ? notConnected / intended : 0),
  suspect: always(0.001),
  limited: never,
  say: (value) =>
    `${percent(value)} of the requests got no connection while others were answered: the way to the target may be the limit (ports of an address translation, a firewall), or its queue of new connections`,
};

/** One test a row: above the one number the step is suspect, above the other the generator was the limit. */
const tests: readonly Test[] = [
  {
    read: ({ shedLate, intended }) => (intended === 0 ? 0 : shedLate / intended),
    suspect: always(0.001),
    limited: always(0.01),
    say: (value) => `${percent(value)} of the requests were not sent because the generator was more than 250 ms late`,
  },
  {
    // 20 ms is the grain of the pacer: beyond it arrivals pile up and are caught up with, and the load has another shape than was asked for.
    read: ({ lagP99 }) => lagP99,
    suspect: lagAllowed(0.005, 0.03),
    limited: lagAllowed(0.02, 0.1),
    say: (value) => `requests were sent up to ${duration(value)} late (99th percentile)`,
  },
  {
    read: ({ workers }) => highest(workers, ({ loop }) => loop),
    suspect: always(0.7),
    limited: always(0.85),
    say: (value, measured) => `a worker's event loop was ${percent(value)} busy${ceiling(measured)}`,
  },
  {
    read: ({ workers }) => highest(workers, ({ cpu }) => cpu),
    suspect: always(0.7),
    limited: always(0.85),
    say: (value, measured) => `a worker's thread used ${percent(value)} of a core${ceiling(measured)}`,
  },
  {
    // A cause, not an effect: on a small shared machine a thread waits often and briefly, and is still in time. Lag and shedding say whether it was.
    read: ({ workers }) => highest(workers, ({ runQueue }) => runQueue),
    suspect: always(0.1),
    limited: always(0.5),
    say: (value) => `a worker waited for a core ${percent(value)} of the time`,
  },
  {
    read: ({ workers }) => highest(workers, ({ throttled }) => throttled),
    suspect: always(0),
    limited: always(0.01),
    say: (value) => `the generator's own CPU quota throttled it in ${percent(value)} of its periods`,
  },
  {
    read: ({ workers }) => highest(workers, ({ garbage }) => garbage),
    suspect: always(0.05),
    limited: never,
    say: (value) => `a worker collected garbage ${percent(value)} of the time`,
  },
  {
    read: ({ workers }) => highest(workers, ({ link }) => link),
    suspect: always(0.6),
    limited: always(0.8),
    say: (value) => `a network link of this machine carried ${percent(value)} of its speed`,
  },
  path,
  {
    read: ({ localErrors }) => localErrors,
    suspect: always(0),
    limited: always(0),
    say: (value) =>
      `${number(value)} connections failed on the generator's own machine (ports, file descriptors or buffers)`,
  },
  {
    read: ({ workers }) => workers.filter((worker) => worker === undefined).length,
    suspect: always(0),
    limited: always(0),
    say: (value) => `${number(value)} of its workers gave no account`,
  },
];

/**
 * What the generator's own numbers say of a step. limited: the generator, not the target, set what was seen; suspect: it may have;
 * capped: requests were held back by the cap on requests in flight, or those of users by the limit on the rate, while the generator itself was well; ok: neither.
 */
export function judge(measured: Measured): GeneratorHealth {
  const limited = tests.filter((test) => crossed(test, measured, test.limited));
  const suspect = tests.filter((test) => crossed(test, measured, test.suspect));
  const because = cappedBy(measured);
  const saying = (test: Test): string => test.say(test.read(measured) ?? 0, measured);
  const unconnected = suspect.find((test) => test === path);
  const capped = because.length > 0;
  return {
    verdict: limited.length > 0 ? 'limited' : capped ? 'capped' : suspect.length > 0 ? 'suspect' : 'ok',
    because: [...suspect.map(saying), ...because],
    ...(unconnected && { unconnected: saying(unconnected) }),
    sendRatio: ratio(measured.intended === 0 ? 1 : measured.sent / measured.intended),
    lagP99: measured.lagP99 ?? seconds(0),
    loopUtilisation: ratio(highest(measured.workers, ({ loop }) => loop) ?? 0),
    threadCpu: ratio(highest(measured.workers, ({ cpu }) => cpu) ?? 0),
    throttled: ratio(highest(measured.workers, ({ throttled }) => throttled) ?? 0),
    localErrors: measured.localErrors,
    ...whatElse(measured.workers),
  };
}

/** What not every system tells. */
function whatElse(workers: Measured['workers']): Pick<GeneratorHealth, 'runQueue' | 'garbage' | 'link'> {
  const runQueue = highest(workers, (vitals) => vitals.runQueue);
  const garbage = highest(workers, (vitals) => vitals.garbage);
  const link = highest(workers, (vitals) => vitals.link);
  return {
    ...(runQueue === undefined ? {} : { runQueue: ratio(runQueue) }),
    ...(garbage === undefined ? {} : { garbage: ratio(garbage) }),
    ...(link === undefined ? {} : { link: ratio(link) }),
  };
}

function crossed(test: Test, measured: Measured, allowed: (measured: Measured) => number): boolean {
  const value = test.read(measured);
  return value !== undefined && value > allowed(measured);
}

/** Users bunch by chance; more than this share of their requests is not chance. */
const mostHeld = 0.01;

function cappedBy({ shedByCap, held = 0, intended }: Measured): readonly string[] {
  const inFlight = `${number(shedByCap)} requests found all connections in use: the target answers too slowly for the cap on requests in flight`;
  const rate = `limits.rate held ${number(held)} requests of users back: they would have asked for more`;
  return [...(shedByCap > 0 ? [inFlight] : []), ...(held > mostHeld * intended ? [rate] : [])];
}

/** How far this generator could go, taken straight from how busy it is: its busiest number may reach 85 %. */
function ceiling(measured: Measured): string {
  const busiest = Math.max(
    highest(measured.workers, ({ loop }) => loop) ?? 0,
    highest(measured.workers, ({ cpu }) => cpu) ?? 0,
  );
  return busiest > 0 ? `; it can send about ${rate((measured.offered * 0.85) / busiest)}` : '';
}

function highest(workers: Measured['workers'], read: (vitals: Vitals) => number | undefined): number | undefined {
  const values = workers.flatMap((worker) => (worker === undefined ? [] : (read(worker) ?? [])));
  return values.length === 0 ? undefined : Math.max(...values);
}
