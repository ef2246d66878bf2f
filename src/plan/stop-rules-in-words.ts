import { duration, percent } from '../model/in-words.ts';
import { type StopLimits, stopLimits } from '../model/stop-limits.ts';

/** What would stop a load by itself, one sentence a rule; `guards` are name → PromQL. */
export function stopRulesInWords(
  guards: Readonly<Record<string, string>>,
  { failing, slow, connecting, prometheusLost }: StopLimits = stopLimits,
): readonly string[] {
  return [
    `more than ${percent(failing.share)} of at least ${failing.least} requests fail within ${duration(failing.over)}`,
    `at least ${connecting.least} connections fail within ${duration(connecting.over)} and nothing else happens`,
    ...(slow.p95 === undefined
      ? []
      : [
          `the 95th percentile is above ${duration(slow.p95)} in ${slow.windows} windows of ${duration(slow.over)} in a row`,
        ]),
    `Prometheus does not answer for ${duration(prometheusLost)}`,
    ...Object.entries(guards).map(
      ([name, promql]) =>
        `the guard "${name}" turns true, or cannot be asked for ${duration(prometheusLost)}: ${promql}`,
    ),
  ];
}
