import type { Interval } from '../model/interval.ts';
import type { Report } from '../model/report.ts';
import { poissonInterval } from '../stats/poisson-interval.ts';
import { keptUp } from './kept-up.ts';
import { secondsOf } from './seconds-of.ts';

/**
 * The most good answers a second that any step which counts gave, with the interval of their count.
 * Where that step was given all that it was asked for, more might have come: only a lower bound.
 */
export function peakGoodput({ load }: Report): Interval | undefined {
  const steps = load.steps.filter((step) => step.aside === null && secondsOf(step) > 0);
  const [first, ...rest] = steps;
  if (!first) return undefined;
  const best = rest.reduce((top, step) => (step.goodput > top.goodput ? step : top), first);
  if (keptUp(best.goodput, best.offered)) return { kind: 'at-least', low: best.goodput };
  const seconds = secondsOf(best);
  const counted = poissonInterval(Math.round(best.goodput * seconds));
  return { kind: 'interval', value: best.goodput, low: counted.low / seconds, high: counted.high / seconds };
}
