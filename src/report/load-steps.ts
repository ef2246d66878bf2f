import { duration, number, percent, rate, users } from '../model/in-words.ts';
import type { Report } from '../model/report.ts';
import type { VerdictKind } from '../model/verdict.ts';
import { nameOf } from './naming.ts';

type Step = Report['load']['steps'][number];

/** One step of load in words; `remark` says what is special about it. */
export type StepRow = {
  /** Requests a second. */
  readonly load: number;
  readonly offered: string;
  readonly goodput: string;
  readonly p50: string;
  readonly p95: string;
  readonly p99: string;
  readonly errors: string;
  readonly inFlight: string;
  readonly remark: string;
  /** Whether goodput kept up with the load (97 % of it). */
  readonly isWell: boolean;
};

/** The steps of a report, in the order in which they were offered. */
export function loadSteps(report: Report): readonly StepRow[] {
  return report.load.steps.map((step) => ({
    load: step.offered,
    offered: step.users === undefined ? rate(step.offered) : users(step.users),
    goodput: rate(step.goodput),
    p50: latencyIn(step, 0.5, step.p50),
    p95: latencyIn(step, 0.95, step.p95 ?? null),
    p99: latencyIn(step, 0.99, step.p99),
    errors: percent(step.errors),
    inFlight: known(step.inFlight, number),
    remark: remarks(report, step).join('; '),
    isWell: step.goodput >= 0.97 * step.offered,
  }));
}

function known(value: number | null, say: (value: number) => string): string {
  return value === null ? '–' : say(value);
}

/** From this factor between its ends on, a quantile is told as a range. */
const wide = 1.5;

/** "41 ms"; "250 ms to 500 ms" where no more is known; "> 1 s" beyond the last bound of the histogram. */
export function latencyIn({ quantiles }: Pick<Step, 'quantiles'>, quantile: number, point: number | null): string {
  const range = quantiles?.find((one) => one.quantile === quantile)?.range;
  if (range?.kind === 'at-least') return range.low > 0 ? `> ${duration(range.low)}` : '–';
  if (range?.kind === 'interval' && range.high > wide * range.low)
    return range.low > 0 ? `${duration(range.low)} to ${duration(range.high)}` : `< ${duration(range.high)}`;
  return known(point, duration);
}

function remarks(report: Report, step: Step): readonly string[] {
  const shed = Object.values(step.shed).reduce((sum, count) => sum + count, 0);
  return [
    ...(step.aside === null ? [] : [`set aside: ${step.aside}`]),
    ...starts(report, step),
    ...(step.generator === 'ok' || step.generator === 'foreign' ? [] : [`generator ${step.generator}`]),
    ...(shed === 0 ? [] : [`${number(shed)} not sent`]),
  ];
}

/** The roots that saturate in this step: the lowest load that is not below the upper end of their onset. */
function starts(report: Report, step: Step): readonly string[] {
  const loads = report.load.steps.map((each) => each.offered);
  const begun = report.resources.filter(
    ({ state, onset }) => state === 'root' && onset !== null && lowestFrom(onset.load.upTo, loads) === step.offered,
  );
  const word = doubtful.includes(report.verdict.kind) ? 'may be saturated' : 'saturated';
  return [...new Set(begun.map(nameOf))].map((name) => `${name} ${word}`);
}

/** Verdicts by which nothing is sure to have saturated: what looks so may be chance. */
const doubtful: readonly VerdictKind[] = ['objective-limited', 'not-reached'];

function lowestFrom(bound: number, loads: readonly number[]): number {
  return Math.min(...loads.filter((load) => load >= bound));
}
