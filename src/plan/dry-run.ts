import { duration, number, percent, rate } from '../model/in-words.ts';
import type { Plan } from '../model/plan.ts';
import type { RequestClass, Script, Template } from '../model/script.ts';
import { type StopLimits, stopLimits } from './stop-rules.ts';
import { totals } from './totals.ts';

/** What a dry run tells besides plan and script: the guard queries (name → PromQL) and every query that would be made. */
export type DryRunQueries = { readonly guards: Readonly<Record<string, string>>; readonly promql: readonly string[] };

/** What would be done, line by line: where to, what, the steps, the sums, what would stop it, and the queries. */
export function tell(
  plan: Plan,
  script: Script,
  queries: DryRunQueries,
  limits: StopLimits = stopLimits,
): readonly string[] {
  const whole = totals(plan.steps);
  return [
    `Load for "${script.target}" would go to ${script.origin} (${script.address}) and nowhere else.`,
    'Requests:',
    ...script.classes.map((kind) => `  ${mix(kind, script)}`),
    `Steps of plan "${plan.name}" (${plan.arrivals} arrivals, seed ${plan.seed}, laid out for a scrape every ${duration(plan.scrape)}):`,
    ...plan.steps.map(
      (step) =>
        `  ${step.index + 1}. ${rate(step.rate)}: settle ${duration(step.settle)}, measure ${duration(step.measure)}`,
    ),
    `In all ${number(whole.requests)} requests in ${duration(whole.duration)}, and up to ${duration(script.timeout)} after each step for the last answers.`,
    `At most ${rate(script.caps.rate)}, ${number(script.caps.inFlight)} in flight, ${number(script.caps.requests)} requests, ${duration(script.caps.duration)}.`,
    'It would stop by itself when:',
    ...stopRulesInWords(queries.guards, limits).map((line) => `  ${line}`),
    'Queries:',
    ...queries.promql.map((query) => `  ${query}`),
  ];
}

function mix(kind: RequestClass, script: Script): string {
  const sum = script.classes.reduce((weights, one) => weights + one.weight, 0);
  return `${percent(kind.weight / sum)} ${kind.name}: ${kind.method} ${written(kind.path)}`;
}

function written(pieces: Template): string {
  return pieces.map((piece) => (piece.kind === 'text' ? piece.text : `{{random ${piece.low} ${piece.high}}}`)).join('');
}

/** What would stop a load by itself, one sentence a rule. */
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
