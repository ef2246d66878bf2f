import { duration, percent } from '../model/in-words.ts';
import { type StopLimits, stopLimits } from './stop-rules.ts';

/** What would stop a load by itself, one sentence a rule; `guards` are name → PromQL. */
export function stopRulesInWords(
  guards: Readonly<Record<string, string>>,
  { failing, connecting, prometheusLost }: StopLimits = stopLimits,
): readonly string[] {
  return [
    `more than ${percent(failing.share)} of at least ${failing.least} requests fail within ${duration(failing.over)}`,
    `at least ${connecting.least} connections fail within ${duration(connecting.over)} and nothing else happens`,
    `Prometheus does not answer for ${duration(prometheusLost)}`,
    ...Object.entries(guards).map(([name, promql]) => `the guard "${name}" turns true: ${promql}`),
  ];
}
