import type { Interval } from '../model/interval.ts';
import type { Report } from '../model/report.ts';
import type { Run } from '../model/run-state.ts';
import { type Label, labels, type Metric, metrics } from '../names.ts';

/** One number of a family, with the labels that the family has. */
export type Point = {
  readonly metric: Metric;
  readonly labels: Readonly<Partial<Record<Label, string>>>;
  readonly value: number;
};

/** What is known of a target when somebody looks. */
export type Standing = {
  readonly target: string;
  /** The newest report that gives an answer: the findings come from it. */
  readonly answer: Report | undefined;
  /**
   * Where the answer only knows a bound of the capacity: the newest report of the same fingerprint that reached it.
   * A capacity holds until the configuration that it was measured on changes.
   */
  readonly measured: Report | undefined;
  /** The newest complete report, answer or not. */
  readonly latest: Report | undefined;
  readonly lastEnded: Run | undefined;
  readonly running: boolean;
};

type Resource = Report['resources'][number];
type Bounds = { readonly value: Metric; readonly low: Metric; readonly high: Metric };

const resourceHeadroom = { value: metrics.headroom, low: metrics.headroomLow, high: metrics.headroomHigh };
const targetHeadroom = {
  value: metrics.targetHeadroom,
  low: metrics.targetHeadroomLow,
  high: metrics.targetHeadroomHigh,
};
const currentHeadroom = {
  value: metrics.currentHeadroom,
  low: metrics.currentHeadroomLow,
  high: metrics.currentHeadroomHigh,
};
const capacity = { value: metrics.capacity, low: metrics.capacityLow, high: metrics.capacityHigh };

/** Everything that a scrape shows of one target. Never a number that is not finite: absence is the absence of the series. */
export function pointsOfTarget(standing: Standing): readonly Point[] {
  const { answer, latest } = standing;
  const points = [
    ...runPoints(standing),
    ...(latest ? verdictPoints(latest) : []),
    ...(answer ? findings(answer, standing.measured ?? answer) : []),
  ];
  return points.filter((point) => Number.isFinite(point.value));
}

function runPoints({ target, lastEnded, running }: Standing): readonly Point[] {
  const of = { [labels.target]: target };
  const progress = { metric: metrics.runInProgress, labels: of, value: running ? 1 : 0 };
  if (lastEnded?.ended === undefined) return [progress];
  return [progress, { metric: metrics.lastRun, labels: of, value: lastEnded.ended }];
}

function verdictPoints({ run, verdict }: Report): readonly Point[] {
  const of = { [labels.target]: run.target, [labels.verdict]: verdict.kind };
  return [{ metric: metrics.verdict, labels: of, value: 1 }];
}

function findings(report: Report, measured: Report): readonly Point[] {
  const { run, verdict } = report;
  const { headroom } = measured;
  const of = { [labels.target]: run.target };
  return [
    { metric: metrics.lastSuccess, labels: of, value: Date.parse(run.to) / 1000 },
    { metric: metrics.runInfo, labels: { ...of, [labels.run]: run.id }, value: 1 },
    ...(verdict.probability === null ? [] : [{ metric: metrics.confidence, labels: of, value: verdict.probability }]),
    ...bounded(capacity, measured.capacity?.rate, of),
    ...(headroom === null ? [] : [{ metric: metrics.demand, labels: of, value: headroom.load }]),
    ...bounded(targetHeadroom, headroom?.ratio, of),
    ...bounded(currentHeadroom, currentShare(report, measured), of),
    ...firstSaturated(report),
    ...fullest(report.resources).flatMap((resource) => resourcePoints(resource, run.target)),
  ];
}

/** What is left at the load of now: 1 − load ÷ capacity, for the capacity that was measured; of a target that does not keep up nothing. */
function currentShare(report: Report, measured: Report): Interval | undefined {
  const [{ current }, { capacity: found }] = [report, measured];
  const isTold = report === measured || current?.because !== undefined;
  if (isTold || !current || found?.rate.kind !== 'interval') return current?.ratio;
  const share = (rate: number): number => Math.max(0, 1 - current.load / rate);
  const { value, low, high } = found.rate;
  return { kind: 'interval', value: share(value), low: share(low), high: share(high) };
}

function firstSaturated({ run, verdict, resources }: Report): readonly Point[] {
  const { first } = verdict;
  if (verdict.kind !== 'saturated' || first === null) return [];
  const found = resources.find((one) => one.component === first.component && one.resource === first.resource);
  const kind = found === undefined ? {} : { [labels.kind]: found.kind };
  const of = { [labels.component]: first.component, [labels.resource]: first.resource, ...kind };
  return [{ metric: metrics.firstSaturated, labels: { [labels.target]: run.target, ...of }, value: 1 }];
}

function resourcePoints({ component, resource, kind, headroom, peak }: Resource, target: string): readonly Point[] {
  const of = {
    [labels.target]: target,
    [labels.component]: component,
    [labels.resource]: resource,
    [labels.kind]: kind,
  };
  const used = peak?.ratio ?? undefined;
  return [
    ...bounded(resourceHeadroom, headroom?.ratio, of),
    ...(used === undefined ? [] : [{ metric: metrics.utilization, labels: of, value: used }]),
  ];
}

/** Pods, processes or pools of one resource are one series: the one that has least left, then the one that was fullest. */
function fullest(resources: readonly Resource[]): readonly Resource[] {
  const byName = new Map<string, Resource>();
  for (const one of resources) {
    const name = JSON.stringify([one.component, one.resource]);
    const other = byName.get(name);
    if (other === undefined || left(one) < left(other)) byName.set(name, one);
  }
  return [...byName.values()];
}

function left({ headroom, peak }: Resource): number {
  const ratio = headroom?.ratio;
  if (ratio === undefined) return 2 - (peak?.ratio ?? 0);
  return ratio.kind === 'interval' ? ratio.value : ratio.kind === 'at-least' ? ratio.low : ratio.high;
}

/** A number with its interval is three series; a bound is only the side that it bounds. */
function bounded(family: Bounds, interval: Interval | undefined, of: Point['labels']): readonly Point[] {
  if (interval === undefined) return [];
  const low = interval.kind === 'at-most' ? [] : [{ metric: family.low, labels: of, value: interval.low }];
  const high = interval.kind === 'at-least' ? [] : [{ metric: family.high, labels: of, value: interval.high }];
  const value = interval.kind === 'interval' ? [{ metric: family.value, labels: of, value: interval.value }] : [];
  return [...value, ...low, ...high];
}
