import type { Collected, Traffic } from '../../src/model/collected.ts';
import { seeded } from '../../src/model/random.ts';
import type { SampleSeries, Signal } from '../../src/model/signal.ts';
import { type Seconds, seconds } from '../../src/model/units.ts';

/** How a slower installation would have scraped: every so many seconds, each target at a phase of its own; containers' own counters come late. */
export type Slower = { readonly scrape: Seconds; readonly late: Seconds; readonly seed: number };

/** The same samples as a slower installation would have kept them. */
export function thinned(collected: Collected, { scrape, late, seed }: Slower): Collected {
  const random = seeded(seed);
  const phases = new Map<string, number>();
  const phaseOf = ({ labels }: SampleSeries): number => {
    const target = `${labels.job} ${labels.instance}`;
    const phase = phases.get(target) ?? random() * scrape;
    phases.set(target, phase);
    return phase;
  };
  const thin = (series: SampleSeries): SampleSeries =>
    delayed(everyNth(series, scrape, phaseOf(series)), isOfContainer(series) ? late : 0);
  return {
    ...collected,
    signals: collected.signals.map((signal) => thinSignal(signal, scrape, thin)),
    traffic: collected.traffic && thinTraffic(collected.traffic, scrape, thin),
  };
}

type Thin = (series: SampleSeries) => SampleSeries;

const thinSignal = (signal: Signal, interval: Seconds, thin: Thin): Signal => ({
  ...signal,
  interval,
  parts: signal.parts.map(thin),
  less: signal.less.map(thin),
  over: signal.over.map(thin),
});

const thinTraffic = (traffic: Traffic, interval: Seconds, thin: Thin): Traffic => ({
  ...traffic,
  interval: seconds(interval),
  completions: traffic.completions.map(thin),
  errors: traffic.errors.map(thin),
  durations: traffic.durations.map(thin),
  buckets: traffic.buckets.map(({ le, series }) => ({ le, series: thin(series) })),
  inFlight: traffic.inFlight.map(thin),
});

/** cAdvisor keeps what it read for some ten seconds; kube-state-metrics does not. */
const isOfContainer = ({ labels }: SampleSeries): boolean => /^container_/.test(labels.__name__ ?? '');

/** The first sample at or after each scrape. */
function everyNth(series: SampleSeries, scrape: number, phase: number): SampleSeries {
  const kept: number[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const [i, time] of series.times.entries()) {
    const turn = Math.floor((time - phase) / scrape);
    if (turn > last) kept.push(i);
    last = turn;
  }
  // The very first sample belongs to a scrape that may lie before it.
  const whole = kept.slice(1);
  return {
    labels: series.labels,
    times: Float64Array.from(whole, (i) => series.times[i] ?? 0),
    values: Float64Array.from(whole, (i) => series.values[i] ?? 0),
  };
}

const delayed = (series: SampleSeries, late: number): SampleSeries => ({
  ...series,
  times: series.times.map((time) => time + late),
});
